package org.secolab.modelio.input;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.secolab.modelio.graph.Shape;

/** Pictures: their pixels as bytes, without colour management. Transparency is ignored. */
final class Images {
  private static final int MAXIMUM_BYTES = 1 << 26;

  /** "IEND". */
  private static final int END_CHUNK = 0x49454e44;

  private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G'};

  private Images() {}

  static boolean matches(byte[] start) {
    return start.length >= 4 && java.util.Arrays.equals(start, 0, 4, PNG, 0, 4);
  }

  /** The pixels, {@code [channel][row][column]}, 0..255, of a picture that has this shape. */
  static int[] read(String file, InputStream in, Shape shape)
      throws IOException, InputFormatException {
    if (shape.channels() != 1 && shape.channels() != 3) {
      throw new InputFormatException(
          file, "expected an array for a model with input " + shape + ", found a picture");
    }
    BufferedImage image = decode(file, in, shape);
    return shape.channels() == 1 ? grey(image) : colour(image);
  }

  private static BufferedImage decode(String file, InputStream in, Shape shape)
      throws IOException, InputFormatException {
    byte[] bytes = in.readNBytes(MAXIMUM_BYTES + 1);
    if (bytes.length > MAXIMUM_BYTES) {
      throw new InputFormatException(
          file, "expected a picture of at most " + MAXIMUM_BYTES + " bytes, found more");
    }
    requireComplete(file, bytes);
    try (ImageInputStream data = new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes))) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(data);
      if (!readers.hasNext()) {
        throw new InputFormatException(file, "expected a PNG picture, found something else");
      }
      ImageReader reader = readers.next();
      try {
        reader.setInput(data, true, true);
        // The header alone decides, before any memory is taken for pixels.
        int height = reader.getHeight(0);
        int width = reader.getWidth(0);
        if (height != shape.height() || width != shape.width()) {
          throw new InputFormatException(
              file,
              "expected a picture of "
                  + shape.height()
                  + "×"
                  + shape.width()
                  + " pixels (height × width), found "
                  + height
                  + "×"
                  + width);
        }
        return reader.read(0);
      } catch (IOException | RuntimeException e) {
        // The decoders of javax.imageio also throw unchecked exceptions at damaged data.
        throw new InputFormatException(file, "not a readable picture: " + e.getMessage());
      } finally {
        reader.dispose();
      }
    }
  }

  /**
   * Walks the chunks (length, type, data, checksum) to the last one; decoders do not insist on it.
   */
  private static void requireComplete(String file, byte[] png) throws InputFormatException {
    ByteBuffer chunks = ByteBuffer.wrap(png);
    long at = 8;
    while (at + 12 <= png.length) {
      if (chunks.getInt((int) at + 4) == END_CHUNK) {
        return;
      }
      at += 12 + Integer.toUnsignedLong(chunks.getInt((int) at));
    }
    throw new InputFormatException(file, "expected a complete PNG picture, found a truncated one");
  }

  private static int[] grey(BufferedImage image) {
    Raster raster = image.getRaster();
    // One or two bands that are not indices are grey (and alpha): take the band as it is, because
    // getRGB would convert it from a linear grey space.
    boolean isGrey =
        raster.getNumBands() <= 2 && !(image.getColorModel() instanceof IndexColorModel);
    int excessBits = isGrey ? raster.getSampleModel().getSampleSize(0) - 8 : 0;
    int[] pixels = new int[image.getHeight() * image.getWidth()];
    for (int y = 0, i = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++, i++) {
        if (isGrey) {
          pixels[i] = raster.getSample(x, y, 0) >> excessBits;
        } else {
          int rgb = image.getRGB(x, y);
          int red = rgb >> 16 & 255;
          int green = rgb >> 8 & 255;
          int blue = rgb & 255;
          // Luma of ITU-R BT.601, rounded; exact where all three are equal.
          pixels[i] = (299 * red + 587 * green + 114 * blue + 500) / 1000;
        }
      }
    }
    return pixels;
  }

  private static int[] colour(BufferedImage image) {
    if (image.getRaster().getNumBands() <= 2
        && !(image.getColorModel() instanceof IndexColorModel)) {
      int[] grey = grey(image);
      int[] pixels = new int[3 * grey.length];
      for (int c = 0; c < 3; c++) {
        System.arraycopy(grey, 0, pixels, c * grey.length, grey.length);
      }
      return pixels;
    }
    int plane = image.getHeight() * image.getWidth();
    int[] pixels = new int[3 * plane];
    for (int y = 0, i = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++, i++) {
        int rgb = image.getRGB(x, y);
        pixels[i] = rgb >> 16 & 255;
        pixels[plane + i] = rgb >> 8 & 255;
        pixels[2 * plane + i] = rgb & 255;
      }
    }
    return pixels;
  }
}
