package org.secolab.modelio.input;

import java.nio.ByteBuffer;

/** The number types of NPY and IDX files. */
enum ElementType {
  UINT8(1) {
    @Override
    double decode(ByteBuffer bytes) {
      return Byte.toUnsignedInt(bytes.get());
    }
  },
  INT8(1) {
    @Override
    double decode(ByteBuffer bytes) {
      return bytes.get();
    }
  },
  UINT16(2) {
    @Override
    double decode(ByteBuffer bytes) {
      return Short.toUnsignedInt(bytes.getShort());
    }
  },
  INT16(2) {
    @Override
    double decode(ByteBuffer bytes) {
      return bytes.getShort();
    }
  },
  UINT32(4) {
    @Override
    double decode(ByteBuffer bytes) {
      return (double) Integer.toUnsignedLong(bytes.getInt());
    }
  },
  INT32(4) {
    @Override
    double decode(ByteBuffer bytes) {
      return bytes.getInt();
    }
  },
  INT64(8) {
    @Override
    double decode(ByteBuffer bytes) {
      return (double) bytes.getLong();
    }
  },
  FLOAT16(2) {
    @Override
    double decode(ByteBuffer bytes) {
      return Float.float16ToFloat(bytes.getShort());
    }
  },
  FLOAT32(4) {
    @Override
    double decode(ByteBuffer bytes) {
      return bytes.getFloat();
    }
  },
  FLOAT64(8) {
    @Override
    double decode(ByteBuffer bytes) {
      return bytes.getDouble();
    }
  };

  private final int width;

  ElementType(int width) {
    this.width = width;
  }

  /** Bytes per element. */
  int width() {
    return width;
  }

  /** Whether elements of this type are pixels, to be preprocessed. */
  boolean isPixel() {
    return this == UINT8;
  }

  boolean isInteger() {
    return this != FLOAT16 && this != FLOAT32 && this != FLOAT64;
  }

  /** The next element, exact but for 64-bit integers above 2^53. */
  abstract double decode(ByteBuffer bytes);
}
