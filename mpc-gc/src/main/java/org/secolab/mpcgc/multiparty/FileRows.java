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
    this.file = file;
    out = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    in = FileChannel.open(file, StandardOpenOption.READ);
    rows = new ChannelRows(out, in);
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
