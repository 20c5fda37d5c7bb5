package org.secolab.modelio.input;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * NumPy's array format, versions 1 to 3: a magic string, the version, and a Python dictionary with
 * type, order and shape. <a
 * href="https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html">numpy.lib.format</a>
 */
final class Npy {
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
  private static final int MAXIMUM_HEADER = 1 << 16;

  private static final Pattern TYPE = Pattern.compile("'descr'\\s*:\\s*'([<>|=]?)([a-z]\\d+)'");
  private static final Pattern ORDER = Pattern.compile("'fortran_order'\\s*:\\s*(True|False)");
  private static final Pattern SHAPE = Pattern.compile("'shape'\\s*:\\s*\\(([\\d,\\s]*)\\)");

  private Npy() {}

  static boolean matches(byte[] start) {
    return start.length >= MAGIC.length
        && Arrays.equals(start, 0, MAGIC.length, MAGIC, 0, MAGIC.length);
  }

  static ArrayStream open(String file, InputStream in) throws IOException, InputFormatException {
    byte[] prefix = in.readNBytes(MAGIC.length + 2);
    int version = prefix.length == MAGIC.length + 2 ? prefix[MAGIC.length] : 0;
    if (version < 1 || version > 3) {
      throw new InputFormatException(file, "expected NPY version 1 to 3, found " + version);
    }
    // The header's length: two bytes in version 1, four afterwards, little-endian.
    byte[] lengthBytes = in.readNBytes(version == 1 ? 2 : 4);
    long length = 0;
    for (int i = lengthBytes.length - 1; i >= 0; i--) {
      length = length << 8 | Byte.toUnsignedInt(lengthBytes[i]);
    }
    if (length > MAXIMUM_HEADER) {
      throw new InputFormatException(
          file, "expected an NPY header of at most " + MAXIMUM_HEADER + " bytes, found " + length);
    }
    String header = new String(in.readNBytes((int) length), StandardCharsets.UTF_8);
    Matcher type = find(file, TYPE, header, "an element type");
    ByteOrder order = type.group(1).equals(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    if (find(file, ORDER, header, "an element order").group(1).equals("True")) {
      throw new InputFormatException(file, "expected elements in C order, found Fortran order");
    }
    List<Long> dimensions = new ArrayList<>();
    for (String part : find(file, SHAPE, header, "a shape").group(1).split(",", -1)) {
      if (!part.isBlank()) {
        dimensions.add(dimension(file, part.strip()));
      }
    }
    return new ArrayStream(
        file, type(file, type.group(2)), order, ArrayStream.dimensions(file, dimensions), in);
  }

  private static Matcher find(String file, Pattern pattern, String header, String what)
      throws InputFormatException {
    Matcher matcher = pattern.matcher(header);
    if (!matcher.find()) {
      throw new InputFormatException(file, "expected " + what + " in the NPY header, found none");
    }
    return matcher;
  }

  private static long dimension(String file, String text) throws InputFormatException {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new InputFormatException(file, "expected an NPY dimension, found " + text);
    }
  }

  private static ElementType type(String file, String code) throws InputFormatException {
    return switch (code) {
      case "u1" -> ElementType.UINT8;
      case "i1" -> ElementType.INT8;
      case "u2" -> ElementType.UINT16;
      case "i2" -> ElementType.INT16;
      case "u4" -> ElementType.UINT32;
      case "i4" -> ElementType.INT32;
      case "i8" -> ElementType.INT64;
      case "f2" -> ElementType.FLOAT16;
      case "f4" -> ElementType.FLOAT32;
      case "f8" -> ElementType.FLOAT64;
      default ->
          throw new InputFormatException(
              file, "expected NPY elements of type u1, i1 to i8 or f2 to f8, found " + code);
    };
  }
}
