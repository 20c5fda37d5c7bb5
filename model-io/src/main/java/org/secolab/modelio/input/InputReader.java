package org.secolab.modelio.input;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.zip.GZIPInputStream;
import org.secolab.modelio.graph.Shape;

/** Reads inputs and labels. The format is told by the first bytes, not by the name. */
public final class InputReader {

  /** As {@code count}: everything from the first index to the end of the file. */
  public static final int ALL = Integer.MAX_VALUE;

  private static final int MAXIMUM_LABELS = 1 << 24;

  /** All tensors of one reading together: 2^28 values, one gigabyte. */
  static final long MAXIMUM_VALUES = 1L << 28;

  private InputReader() {}

  /**
   * Reads inputs of a network from a file.
   *
   * @param shape what the network expects
   * @param firstIndex of the first input in the file, from 0
   * @param count how many, or {@link #ALL}
   * @throws InputFormatException if the file is missing or malformed, does not hold that many
   *     inputs of that shape, or a value outside the range
   */
  public static Inputs read(
      Path file, Shape shape, Preprocessing preprocessing, int firstIndex, int count)
      throws InputFormatException {
    try (InputStream in = open(file)) {
      return read(file.toString(), in, shape, preprocessing, firstIndex, count);
    } catch (IOException e) {
      throw unreadable(file.toString(), e);
    }
  }

  /**
   * Reads inputs of a network from a stream.
   *
   * @param name of the file, for error messages
   * @throws IOException if the stream cannot be read
   * @throws InputFormatException as {@link #read(Path, Shape, Preprocessing, int, int)}
   */
  public static Inputs read(
      String name,
      InputStream in,
      Shape shape,
      Preprocessing preprocessing,
      int firstIndex,
      int count)
      throws IOException, InputFormatException {
    if (firstIndex < 0 || count < 1) {
      throw new IllegalArgumentException(
          "expected an index of at least 0 and a count of at least 1, got "
              + firstIndex
              + " and "
              + count);
    }
    if (!preprocessing.fits(shape.channels())) {
      throw new InputFormatException(
          name,
          "expected preprocessing for "
              + shape.channels()
              + " channels, found "
              + preprocessing.means().size());
    }
    InputStream plain = unzipped(in);
    byte[] start = peek(plain);
    if (Images.matches(start)) {
      requireInside(name, firstIndex, count, 1);
      int[] pixels = Images.read(name, plain, shape, preprocessing.resizes());
      float[] tensor = new float[pixels.length];
      int plane = shape.height() * shape.width();
      for (int i = 0; i < tensor.length; i++) {
        tensor[i] = preprocessing.apply(pixels[i], i / plane);
      }
      requireInRange(name, 0, tensor, preprocessing);
      return new Inputs(List.of(tensor), 0, preprocessing.range());
    }
    if (Csv.matches(start)) {
      return Csv.read(name, plain, shape, preprocessing, firstIndex, count);
    }
    ArrayStream array =
        openArray(name, plain, start, dimensions -> fits(dimensions, shape), "inputs of " + shape);
    return read(array, shape, preprocessing, firstIndex, count);
  }

  /**
   * One picture, for example a bundled digit.
   *
   * @param name of the file, for error messages
   * @throws IOException if the stream cannot be read
   * @throws InputFormatException if it is no picture of that shape
   */
  public static float[] readImage(
      InputStream in, String name, Shape shape, Preprocessing preprocessing)
      throws IOException, InputFormatException {
    return read(name, in, shape, preprocessing, 0, 1).tensors().getFirst();
  }

  /**
   * Reads class labels: an IDX, NPY or NPZ vector of non-negative integers, or the first column of
   * a CSV file.
   *
   * @throws InputFormatException if the file is missing, malformed or something else
   */
  public static int[] readLabels(Path file) throws InputFormatException {
    try (InputStream in = open(file)) {
      return readLabels(file.toString(), in);
    } catch (IOException e) {
      throw unreadable(file.toString(), e);
    }
  }

  /**
   * Reads class labels from a stream.
   *
   * @param name of the file, for error messages
   * @throws IOException if the stream cannot be read
   * @throws InputFormatException as {@link #readLabels(Path)}
   */
  public static int[] readLabels(String name, InputStream in)
      throws IOException, InputFormatException {
    InputStream plain = unzipped(in);
    byte[] start = peek(plain);
    if (Csv.matches(start)) {
      return Csv.readLabels(name, plain, MAXIMUM_LABELS);
    }
    ArrayStream array =
        openArray(name, plain, start, dimensions -> dimensions.size() == 1, "a vector of labels");
    if (array.dimensions().size() != 1
        || array.size() > MAXIMUM_LABELS
        || !array.type().isInteger()) {
      throw new InputFormatException(
          name,
          "expected a vector of at most " + MAXIMUM_LABELS + " integers, found " + describe(array));
    }
    double[] values = array.read((int) array.size());
    array.requireEnd();
    int[] labels = new int[values.length];
    for (int i = 0; i < labels.length; i++) {
      if (!(values[i] >= 0 && values[i] <= Integer.MAX_VALUE)) {
        throw new InputFormatException(
            name, "expected labels of at least 0, found " + values[i] + " at index " + i);
      }
      labels[i] = (int) values[i];
    }
    return labels;
  }

  private static InputStream open(Path file) throws IOException, InputFormatException {
    if (!Files.isRegularFile(file)) {
      throw new InputFormatException(file.toString(), "expected a file, found none");
    }
    return Files.newInputStream(file);
  }

  private static InputFormatException unreadable(String name, IOException e) {
    return new InputFormatException(name, "cannot be read: " + e.getMessage());
  }

  private static InputStream unzipped(InputStream in) throws IOException {
    InputStream buffered = new BufferedInputStream(in);
    byte[] start = peek(buffered);
    boolean isGzip = start.length >= 2 && start[0] == 0x1f && start[1] == (byte) 0x8b;
    return isGzip ? new BufferedInputStream(new GZIPInputStream(buffered)) : buffered;
  }

  private static byte[] peek(InputStream in) throws IOException {
    in.mark(16);
    byte[] start = in.readNBytes(8);
    in.reset();
    return start;
  }

  /**
   * Reads an array's header.
   *
   * @param fits which array of an NPZ file is meant: the first with such dimensions
   * @param what that is, for error messages
   */
  private static ArrayStream openArray(
      String name, InputStream in, byte[] start, Predicate<List<Integer>> fits, String what)
      throws IOException, InputFormatException {
    if (Npy.matches(start)) {
      return Npy.open(name, in);
    }
    if (Idx.matches(start)) {
      return Idx.open(name, in);
    }
    if (Npz.matches(start)) {
      return Npz.open(name, in, fits, what);
    }
    throw new InputFormatException(
        name,
        "expected PNG, JPEG, NPY, NPZ, IDX or CSV, or one of them gzipped, found something else");
  }

  private static Inputs read(
      ArrayStream array, Shape shape, Preprocessing preprocessing, int firstIndex, int count)
      throws IOException, InputFormatException {
    int available = tensors(array, shape);
    int wanted = count == ALL ? available - firstIndex : count;
    requireInside(array.file(), firstIndex, wanted, available);
    if ((long) wanted * shape.size() > MAXIMUM_VALUES) {
      throw new InputFormatException(
          array.file(),
          "expected at most " + MAXIMUM_VALUES / shape.size() + " inputs at once, found " + wanted);
    }
    array.skip((long) firstIndex * shape.size());
    List<float[]> tensors = new ArrayList<>();
    int plane = shape.height() * shape.width();
    for (int n = 0; n < wanted; n++) {
      double[] values = array.read(shape.size());
      float[] tensor = new float[values.length];
      for (int i = 0; i < tensor.length; i++) {
        tensor[i] =
            array.type().isPixel()
                ? preprocessing.apply((int) values[i], i / plane)
                : (float) values[i];
      }
      requireInRange(array.file(), firstIndex + n, tensor, preprocessing);
      tensors.add(tensor);
    }
    if (firstIndex + wanted == available) {
      array.requireEnd();
    }
    return new Inputs(tensors, firstIndex, preprocessing.range());
  }

  /**
   * How many tensors of the shape the array is: its first extent, or one if there is no such axis.
   */
  private static int tensors(ArrayStream array, Shape shape) throws InputFormatException {
    List<Integer> dimensions = array.dimensions();
    if (isShape(dimensions, shape)) {
      return 1;
    }
    if (!dimensions.isEmpty() && isShape(dimensions.subList(1, dimensions.size()), shape)) {
      return dimensions.getFirst();
    }
    throw new InputFormatException(
        array.file(), "expected inputs of shape " + shape + ", found " + describe(array));
  }

  private static boolean fits(List<Integer> dimensions, Shape shape) {
    return isShape(dimensions, shape)
        || (!dimensions.isEmpty() && isShape(dimensions.subList(1, dimensions.size()), shape));
  }

  /** Whether the dimensions are the shape, leaving out extents of 1, or flat. */
  private static boolean isShape(List<Integer> dimensions, Shape shape) {
    List<Integer> proper = dimensions.stream().filter(d -> d != 1).toList();
    List<Integer> expected =
        List.of(shape.channels(), shape.height(), shape.width()).stream()
            .filter(d -> d != 1)
            .toList();
    return proper.equals(expected) || (shape.size() > 1 && proper.equals(List.of(shape.size())));
  }

  private static String describe(ArrayStream array) {
    return array.dimensions().isEmpty()
        ? "one " + array.type()
        : ArrayStream.text(array.dimensions()) + " of " + array.type();
  }

  static void requireInside(String name, int firstIndex, int count, int available)
      throws InputFormatException {
    if (firstIndex >= available || (count != ALL && count > available - firstIndex)) {
      throw new InputFormatException(
          name,
          "expected inputs "
              + firstIndex
              + " to "
              + Math.max(firstIndex, (long) firstIndex + count - 1)
              + " (counted from 0), found "
              + available);
    }
  }

  static void requireInRange(String name, int index, float[] tensor, Preprocessing preprocessing)
      throws InputFormatException {
    for (float value : tensor) {
      if (!preprocessing.range().contains(value)) {
        throw new InputFormatException(
            name,
            "expected values in "
                + preprocessing.range()
                + ", found "
                + value
                + " in input "
                + index);
      }
    }
  }
}
