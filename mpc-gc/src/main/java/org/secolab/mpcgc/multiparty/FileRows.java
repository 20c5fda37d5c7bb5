package org.secolab.mpcgc.multiparty;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Rows in a file of their own, which is deleted when this is closed. */
public final class FileRows implements RowStore {
  private final Path file;
  private final FileChannel out;
  private final FileChannel in;
  private final ChannelRows rows;

  /** Creates {@code file}, which must not exist yet. */
  public FileRows(Path file) throws IOException {
    this(file, StandardOpenOption.CREATE_NEW);
  }

  private FileRows(Path file, StandardOpenOption create) throws IOException {
    this.file = file;
    out = FileChannel.open(file, create, StandardOpenOption.WRITE);
    in = FileChannel.open(file, StandardOpenOption.READ);
    rows = new ChannelRows(out, in);
  }

  /**
   * Rows in a temporary file that only its owner can read. Its name is taken off the disk at once,
   * so that its space is free again when this process ends, whatever ends it.
   */
  public static FileRows temporary() throws IOException {
    // For its owner only, by the contract of createTempFile.
    Path file = Files.createTempFile("seco", ".rows");
    FileRows rows = new FileRows(file, StandardOpenOption.CREATE);
    Files.delete(file);
    return rows;
  }

  Path file() {
    return file;
  }

  @Override
  public void put(RowPass pass) {
    rows.put(pass);
  }

  @Override
  public RowPass take() {
    return rows.take();
  }

  @Override
  public long heapBytes() {
    return 0;
  }

  @Override
  public long storedBytes() {
    return rows.storedBytes();
  }

  @Override
  public void close() {
    try {
      out.close();
      in.close();
      rows.close();
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String toString() {
    return "FileRows";
  }
}
