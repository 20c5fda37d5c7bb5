package org.secolab.modelio.input;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.secolab.modelio.graph.Shape;

/**
 * Comma-separated numbers: one input per line, optionally with its label in front, as MNIST is
 * often passed around; a first line of names is left out. Numbers are pixels, whole and 0 to 255,
 * unless the preprocessing keeps values as they are.
 */
final class Csv {
  /** Characters per number, comma included; longer lines are refused. */
  private static final int NUMBER_LENGTH = 32;

  private Csv() {}

  /** Whether it starts like text. */
  static boolean matches(byte[] start) {
    for (byte b : start) {
      if (!(b >= ' ' && b < 127) && b != '\n' && b != '\r' && b != '\t') {
        return false;
      }
    }
    return start.length > 0;
  }

  static Inputs read(
      String file,
      InputStream in,
      Shape shape,
      Preprocessing preprocessing,
      int firstIndex,
      int count)
      throws IOException, InputFormatException {
    BufferedReader reader = reader(in);
    int limit = Math.multiplyExact(shape.size() + 1, NUMBER_LENGTH);
    List<float[]> tensors = new ArrayList<>();
    int row = 0;
    String line = firstRow(file, reader, limit);
    while (line != null && (count == InputReader.ALL || tensors.size() < count)) {
      if (row >= firstIndex) {
        if ((long) (tensors.size() + 1) * shape.size() > InputReader.MAXIMUM_VALUES) {
          throw new InputFormatException(file, "expected fewer inputs at once");
        }
        float[] tensor = tensor(file, row, line, shape, preprocessing);
        InputReader.requireInRange(file, row, tensor, preprocessing);
        tensors.add(tensor);
      }
      row++;
      line = nextRow(file, reader, limit);
    }
    if (tensors.isEmpty() || (count != InputReader.ALL && tensors.size() < count)) {
      InputReader.requireInside(file, firstIndex, count, row);
    }
    return new Inputs(tensors, firstIndex, preprocessing.range());
  }

  /** The first column of every line. */
  static int[] readLabels(String file, InputStream in, int maximum)
      throws IOException, InputFormatException {
    BufferedReader reader = reader(in);
    int limit = Shape.MAXIMUM_SIZE;
    List<Integer> labels = new ArrayList<>();
    String line = firstRow(file, reader, limit);
    while (line != null) {
      String cell = line.substring(0, line.indexOf(',') < 0 ? line.length() : line.indexOf(','));
      double label = number(file, labels.size(), cell);
      if (!(label >= 0 && label <= Integer.MAX_VALUE && label == Math.rint(label))) {
        throw new InputFormatException(
            file, "expected labels of at least 0, found " + label + " in row " + labels.size());
      }
      if (labels.size() == maximum) {
        throw new InputFormatException(file, "expected at most " + maximum + " labels, found more");
      }
      labels.add((int) label);
      line = nextRow(file, reader, limit);
    }
    return labels.stream().mapToInt(Integer::intValue).toArray();
  }

  private static BufferedReader reader(InputStream in) {
    return new BufferedReader(new InputStreamReader(in, StandardCharsets.ISO_8859_1));
  }

  private static float[] tensor(
      String file, int row, String line, Shape shape, Preprocessing preprocessing)
      throws InputFormatException {
    List<String> cells = List.of(line.split(",", -1));
    int size = shape.size();
    if (cells.size() != size && cells.size() != size + 1) {
      throw new InputFormatException(
          file,
          "expected "
              + size
              + " numbers per row for inputs of "
              + shape
              + ", or a label more, found "
              + cells.size()
              + " in row "
              + row);
    }
    int plane = shape.height() * shape.width();
    float[] tensor = new float[size];
    for (int i = 0; i < size; i++) {
      double value = number(file, row, cells.get(cells.size() - size + i));
      if (preprocessing.keepsValues()) {
        tensor[i] = (float) value;
      } else if (value >= 0 && value <= 255 && value == Math.rint(value)) {
        tensor[i] = preprocessing.apply((int) value, i / plane);
      } else {
        throw new InputFormatException(
            file, "expected whole pixels from 0 to 255, found " + value + " in row " + row);
      }
    }
    return tensor;
  }

  private static double number(String file, int row, String cell) throws InputFormatException {
    try {
      return Double.parseDouble(cell.strip());
    } catch (NumberFormatException e) {
      throw new InputFormatException(
          file, "expected a number, found \"" + cell.strip() + "\" in row " + row);
    }
  }

  /** The first line, or the second if the first holds names. */
  private static @Nullable String firstRow(String file, BufferedReader reader, int limit)
      throws IOException, InputFormatException {
    String line = nextRow(file, reader, limit);
    boolean holdsNames =
        line != null && (Character.isLetter(line.strip().charAt(0)) || line.startsWith("\""));
    return holdsNames ? nextRow(file, reader, limit) : line;
  }

  /** The next line that is not blank; null at the end. */
  private static @Nullable String nextRow(String file, BufferedReader reader, int limit)
      throws IOException, InputFormatException {
    StringBuilder line = new StringBuilder();
    while (true) {
      int c = reader.read();
      if (c == '\n' || c < 0) {
        if (!line.toString().isBlank()) {
          return line.toString();
        }
        if (c < 0) {
          return null;
        }
        line.setLength(0);
      } else if (line.length() < limit) {
        line.append((char) c);
      } else {
        throw new InputFormatException(
            file, "expected lines of at most " + limit + " characters, found a longer one");
      }
    }
  }
}
