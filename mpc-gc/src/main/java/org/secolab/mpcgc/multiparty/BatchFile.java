package org.secolab.mpcgc.multiparty;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/**
 * One party's part of one batch as a file: state, a text that says what it belongs to, and arrays
 * of words.
 *
 * <p>It serves once, also across a crash: {@link #take} turns the state from "fresh" to "taken" and
 * forces that to the disk before it reads anything, and deletes the file in the end. It holds
 * secrets in clear: keep it where the party keeps its keys.
 */
final class BatchFile {
  private static final long FRESH = 0x4853455246434753L; // "SGCFRESH"
  private static final long TAKEN = 0x4e454b4154434753L; // "SGCTAKEN"

  private BatchFile() {}

  /** Creates {@code file}, which must not exist yet. */
  static void write(Path file, String description, List<long[]> arrays) throws IOException {
    ChannelRows format = null;
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      format = new ChannelRows(channel, channel);
      format.write(channel, new long[] {FRESH});
      format.write(channel, words(description));
      format.write(channel, new long[] {arrays.size()});
      for (long[] array : arrays) {
        format.write(channel, array);
      }
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
      ChannelRows format = new ChannelRows(channel, channel);
      long[] state = part(file, format, channel);
      if (state.length != 1 || (state[0] != FRESH && state[0] != TAKEN)) {
        throw new BatchFileException(file, "expected garbling material, got another kind of file");
      }
      if (state[0] == TAKEN) {
        throw new BatchFileException(file, "expected fresh material, got material used before");
      }
      if (!Arrays.equals(part(file, format, channel), words(description))) {
        throw new BatchFileException(file, "expected material of " + description + ", got other");
      }
      // Behind the count of the first part stands its only word: the state.
      ByteBuffer taken = ByteBuffer.allocate(8).order(java.nio.ByteOrder.LITTLE_ENDIAN);
      channel.write(taken.putLong(0, TAKEN), 8);
      channel.force(true);
      long[] number = part(file, format, channel);
      if (number.length != 1 || number[0] != count) {
        throw new BatchFileException(file, "expected " + count + " arrays");
      }
      for (int i = 0; i < count; i++) {
        arrays.add(part(file, format, channel));
      }
      format.close();
    }
    Files.delete(file);
    return arrays;
  }

  private static long[] part(Path file, ChannelRows format, FileChannel channel)
      throws BatchFileException {
    try {
      return format.read(channel);
    } catch (IOException e) {
      throw new BatchFileException(
          file, String.format(Locale.ROOT, "cannot be read: %s", e.getMessage()));
    }
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
