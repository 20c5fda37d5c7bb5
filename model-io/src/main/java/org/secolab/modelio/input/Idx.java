package org.secolab.modelio.input;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * The IDX format of the MNIST files: two zero bytes, type, rank, big-endian dimensions, elements.
 */
final class Idx {
  private Idx() {}

  static boolean matches(byte[] start) {
    return start.length >= 4 && start[0] == 0 && start[1] == 0 && start[2] >= 8 && start[2] <= 14;
  }

  static ArrayStream open(String file, InputStream in) throws IOException, InputFormatException {
    try {
      DataInputStream data = new DataInputStream(in);
      data.readShort();
      int code = data.readUnsignedByte();
      ElementType type =
          switch (code) {
            case 0x08 -> ElementType.UINT8;
            case 0x09 -> ElementType.INT8;
            case 0x0b -> ElementType.INT16;
            case 0x0c -> ElementType.INT32;
            case 0x0d -> ElementType.FLOAT32;
            case 0x0e -> ElementType.FLOAT64;
            default ->
                throw new InputFormatException(file, "expected an IDX element type, found " + code);
          };
      int rank = data.readUnsignedByte();
      List<Long> dimensions = new ArrayList<>();
      for (int i = 0; i < rank; i++) {
        dimensions.add(Integer.toUnsignedLong(data.readInt()));
      }
      return new ArrayStream(
          file, type, ByteOrder.BIG_ENDIAN, ArrayStream.dimensions(file, dimensions), in);
    } catch (EOFException e) {
      throw new InputFormatException(file, "expected an IDX header, found the end of the file");
    }
  }
}
