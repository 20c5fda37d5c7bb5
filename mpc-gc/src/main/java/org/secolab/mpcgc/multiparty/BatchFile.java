package org.secolab.mpcgc.multiparty;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.CRC32C;

/**
 * One party's part of one batch as a file: state, a text that says what it belongs to, arrays of
 * words, and a checksum of all but the state. The checksum finds damage, not forgery.
 *
 * <p>It serves once, also across a crash: {@link #take} turns the state from "fresh" to "taken" and
 * forces that to the disk before it reads anything, and deletes the file in the end. It holds
 * secrets in clear: keep it where the party keeps its keys.
 */
final class BatchFile {
  private static final long FRESH = 0x4853455246434753L; // "SGCFRESH"
  private static final long TAKEN = 0x4e454b4154434753L; // "SGCTAKEN"

  private BatchFile() {}

  private static FileAttribute<?>[] ownerOnly(Path file) {
    return file.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }

  /** Creates {@code file}, which must not exist yet; only its owner can read it. */
  static void write(Path file, String description, List<long[]> arrays) throws IOException {
    ChannelRows format = null;
    Files.createFile(file, ownerOnly(file));
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      Checked checked = new Checked(channel);
      format = new ChannelRows(checked, checked);
      format.write(channel, new long[] {FRESH});
      format.write(checked, words(description));
      format.write(checked, new long[] {arrays.size()});
      for (long[] array : arrays) {
        format.write(checked, array);
      }
      format.write(channel, new long[] {checked.sum()});
      channel.force(true);
    } finally {
      if (format != null) {
        format.close();
      }
    }
  }

  /**
   * Takes the arrays out, once and for all.
   *
   * @throws BatchFileException if the file was taken before, or belongs to something else
   */
  static List<long[]> take(Path file, String description, int count)
      throws IOException, BatchFileException {
    List<long[]> arrays = new ArrayList<>();
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      Checked checked = new Checked(channel);
      ChannelRows format = new ChannelRows(checked, checked, channel.size() / 8);
      long[] state = part(file, format, channel);
      if (state.length != 1 || (state[0] != FRESH && state[0] != TAKEN)) {
        throw new BatchFileException(file, "expected garbling material, got another kind of file");
      }
      if (state[0] == TAKEN) {
        throw new BatchFileException(file, "expected fresh material, got material used before");
      }
      if (!Arrays.equals(part(file, format, checked), words(description))) {
        throw new BatchFileException(file, "expected material of " + description + ", got other");
      }
      // Behind the count of the first part stands its only word: the state.
      ByteBuffer taken = ByteBuffer.allocate(8).order(java.nio.ByteOrder.LITTLE_ENDIAN);
      channel.write(taken.putLong(0, TAKEN), 8);
      channel.force(true);
      long[] number = part(file, format, checked);
      if (number.length != 1 || number[0] != count) {
        throw new BatchFileException(file, "expected " + count + " arrays");
      }
      for (int i = 0; i < count; i++) {
        arrays.add(part(file, format, checked));
      }
      long sum = checked.sum();
      long[] expected = part(file, format, channel);
      if (expected.length != 1 || expected[0] != sum || channel.position() != channel.size()) {
        throw new BatchFileException(
            file, "expected a file that matches its checksum, got a damaged one");
      }
      format.close();
    }
    Files.delete(file);
    return arrays;
  }

  /** A file whose bytes are summed as they pass, in whichever direction. */
  private static final class Checked implements ByteChannel {
    private final FileChannel channel;
    private final CRC32C checksum = new CRC32C();

    Checked(FileChannel channel) {
      this.channel = channel;
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
      int from = target.position();
      int count = channel.read(target);
      checksum.update(target.duplicate().flip().position(from));
      return count;
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
      int from = source.position();
      int count = channel.write(source);
      checksum.update(source.duplicate().limit(source.position()).position(from));
      return count;
    }

    long sum() {
      return checksum.getValue();
    }

    @Override
    public boolean isOpen() {
      return channel.isOpen();
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }

  private static long[] part(Path file, ChannelRows format, ReadableByteChannel channel)
      throws BatchFileException {
    try {
      return format.read(channel);
    } catch (IOException e) {
      throw new BatchFileException(
          file, String.format(Locale.ROOT, "cannot be read: %s", e.getMessage()));
    }
  }

  /** Names as words, in an order of their own. */
  static long[] words(Set<String> names) {
    return words(String.join("\n", new TreeSet<>(names)));
  }

  /** The names of {@link #words(Set)}. */
  static Set<String> names(long[] words) {
    return Set.of(text(words).split("\n"));
  }

  static long[] words(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    ByteBuffer padded = ByteBuffer.allocate((bytes.length + 7) / 8 * 8).put(bytes);
    long[] words = new long[padded.capacity() / 8];
    padded.rewind().asLongBuffer().get(words);
    return words;
  }

  /** The text of {@link #words}. */
  static String text(long[] words) {
    ByteBuffer bytes = ByteBuffer.allocate(8 * words.length);
    bytes.asLongBuffer().put(words);
    return new String(bytes.array(), StandardCharsets.UTF_8).replace("\0", "");
  }

  /** Everything that must be equal for a stored batch to be used. */
  static String description(
      String role, GarblingParties parties, GarblingOptions options, byte[] name, Layout layout) {
    HexFormat hex = HexFormat.of();
    return String.join(
        "; ",
        role,
        parties.toString(),
        options.toString(),
        "batch " + hex.formatHex(name),
        layout.instances + " instances",
        "circuit " + hex.formatHex(layout.circuit.digest()));
  }
}
