package org.secolab.protocol.material;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import org.secolab.foundation.wire.MalformedMessageException;
import org.secolab.foundation.wire.WireReader;
import org.secolab.foundation.wire.WireWriter;

/**
 * A small file of a store: magic, version, what it is, content, SHA-256 of all that.
 *
 * <p>The checksum finds damage and mistakes, not forgery: whoever can write here can read the
 * secrets anyway.
 */
final class SealedFile {
  private static final byte[] MAGIC = {'S', 'E', 'C', 'O', 'S', 'T', 'O', 'R'};
  private static final int VERSION = 1;
  private static final int CHECKSUM = 32;
  private static final long MAXIMUM_SIZE = 1L << 30;

  private SealedFile() {}

  /** The whole of a file with this content. */
  private static byte[] seal(String kind, WireWriter content) {
    WireWriter out = new WireWriter(content.size() + 64);
    byte[] inside = content.toByteArray();
    out.bytes(MAGIC).u8(VERSION).text(kind).bytes(inside);
    Arrays.fill(inside, (byte) 0);
    byte[] bytes = out.toByteArray();
    out.bytes(sha256().digest(bytes));
    Arrays.fill(bytes, (byte) 0);
    byte[] whole = out.toByteArray();
    out.wipe();
    return whole;
  }

  /** Writes a file, and zeroises the content here. */
  static void write(Disk disk, Path file, String kind, WireWriter content) throws IOException {
    byte[] whole = seal(kind, content);
    try {
      disk.write(file, whole);
    } finally {
      Arrays.fill(whole, (byte) 0);
      content.wipe();
    }
  }

  /**
   * Reads the content of a file that {@link #write} made.
   *
   * @throws StoreException if it is of another kind, damaged, or missing
   */
  static <T> T read(Path file, String kind, MaterialStore.Contents<T> reader)
      throws StoreException {
    byte[] bytes = bytes(file, kind);
    try {
      if (bytes.length < MAGIC.length + CHECKSUM
          || !Arrays.equals(MAGIC, Arrays.copyOf(bytes, MAGIC.length))) {
        throw new StoreException(file, "expected " + kind + " of a store, got another file");
      }
      int end = bytes.length - CHECKSUM;
      MessageDigest digest = sha256();
      digest.update(bytes, 0, end);
      if (!Arrays.equals(digest.digest(), Arrays.copyOfRange(bytes, end, bytes.length))) {
        throw new StoreException(
            file, "expected a file that matches its checksum, got a truncated or damaged one");
      }
      WireReader in = new WireReader(bytes, MAGIC.length, end - MAGIC.length);
      int version = in.u8();
      if (version != VERSION) {
        throw new StoreException(
            file, "expected format version " + VERSION + ", got version " + version);
      }
      String found = in.text();
      if (!found.equals(kind)) {
        throw new StoreException(file, "expected " + kind + ", got " + found);
      }
      T content = reader.read(in);
      in.end();
      return content;
    } catch (MalformedMessageException | IllegalArgumentException | ArithmeticException e) {
      throw new StoreException(file, String.valueOf(e.getMessage()), e);
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  /**
   * Reads what a file's content begins with, without looking at the rest or its checksum.
   *
   * @param size how many bytes of the content are read
   * @throws StoreException if it is of another kind, too short, or missing
   */
  static <T> T peek(Path file, String kind, int size, MaterialStore.Contents<T> reader)
      throws StoreException {
    byte[] start = new WireWriter(64).bytes(MAGIC).u8(VERSION).text(kind).toByteArray();
    byte[] bytes;
    try (InputStream in = Files.newInputStream(file)) {
      bytes = in.readNBytes(start.length + size);
    } catch (NoSuchFileException e) {
      throw new StoreException(file, "expected " + kind + " of a store, got no file", e);
    } catch (IOException e) {
      throw new StoreException(file, "cannot be read: " + e, e);
    }
    if (bytes.length < start.length + size
        || !Arrays.equals(start, Arrays.copyOf(bytes, start.length))) {
      throw new StoreException(file, "expected " + kind + " of a store, got another file");
    }
    try {
      return reader.read(new WireReader(bytes, start.length, size));
    } catch (MalformedMessageException e) {
      throw new StoreException(file, String.valueOf(e.getMessage()), e);
    }
  }

  private static byte[] bytes(Path file, String kind) throws StoreException {
    try {
      long size = Files.size(file);
      if (size > MAXIMUM_SIZE) {
        throw new StoreException(file, "expected at most " + MAXIMUM_SIZE + " bytes, got " + size);
      }
      return Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      throw new StoreException(file, "expected " + kind + " of a store, got no file", e);
    } catch (StoreException e) {
      throw e;
    } catch (IOException e) {
      throw new StoreException(file, "cannot be read: " + e, e);
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }
}
