package org.secolab.modelio.input;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * An array in a file whose header was read: row-major elements follow in the stream. Nothing is
 * allocated by what the header says, only by what is asked for.
 *
 * @param dimensions each at least 0, their product below 2^40
 */
record ArrayStream(
    String file, ElementType type, ByteOrder order, List<Integer> dimensions, InputStream in) {

  private static final int MAXIMUM_RANK = 8;
  private static final long MAXIMUM_ELEMENTS = 1L << 40;

  /** Checks dimensions while they are read. */
  static List<Integer> dimensions(String file, List<Long> declared) throws InputFormatException {
    long size = 1;
    List<Integer> dimensions = new ArrayList<>();
    if (declared.size() > MAXIMUM_RANK) {
      throw new InputFormatException(
          file, "expected at most " + MAXIMUM_RANK + " dimensions, found " + declared.size());
    }
    for (long dimension : declared) {
      boolean isModerate = dimension >= 0 && dimension <= Integer.MAX_VALUE;
      if (!isModerate || (dimension > 0 && size > MAXIMUM_ELEMENTS / dimension)) {
        throw new InputFormatException(
            file, "expected dimensions of moderate size, found " + declared);
      }
      size *= dimension;
      dimensions.add((int) dimension);
    }
    return List.copyOf(dimensions);
  }

  /** The number of elements. */
  long size() {
    return dimensions.stream().mapToLong(d -> d).reduce(1, (a, b) -> a * b);
  }

  /** Leaves out elements. */
  void skip(long elements) throws IOException, InputFormatException {
    try {
      in.skipNBytes(elements * type.width());
    } catch (EOFException e) {
      throw tooShort();
    }
  }

  /** The next elements as numbers. */
  double[] read(int count) throws IOException, InputFormatException {
    byte[] bytes = in.readNBytes(Math.multiplyExact(count, type.width()));
    if (bytes.length != count * type.width()) {
      throw tooShort();
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(order);
    double[] values = new double[count];
    for (int i = 0; i < count; i++) {
      values[i] = type.decode(buffer);
    }
    return values;
  }

  /** Behind the last element: nothing may follow. For gzip this also compares the checksum. */
  void requireEnd() throws IOException, InputFormatException {
    if (in.read() >= 0) {
      throw new InputFormatException(
          file, "expected " + size() + " elements of " + type + " as declared, found more");
    }
  }

  private InputFormatException tooShort() {
    return new InputFormatException(
        file, "expected " + size() + " elements of " + type + " as declared, found fewer");
  }

  /** The dimensions as people write them, 10×28×28. */
  static String text(List<Integer> dimensions) {
    return String.join("×", dimensions.stream().map(String::valueOf).toList());
  }
}
