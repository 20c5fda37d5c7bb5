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

/**
 * Pictures, PNG or JPEG: their pixels as bytes, without colour management. Transparency is ignored.
 */
final class Images {
  private static final int MAXIMUM_BYTES = 1 << 26;

  /** A picture to be resized may have this many pixels: 2^24. */
  private static final long MAXIMUM_PIXELS = 1 << 24;

  /** "IEND". */
  private static final int END_CHUNK = 0x49454e44;

  private static final int PNG = 0x89504e47;
  private static final int JPEG = 0xffd8ff00;

  private Images() {}

  static boolean matches(byte[] start) {
    return isPng(start) || isJpeg(start);
  }

  private static boolean isPng(byte[] start) {
    return start.length >= 4 && ByteBuffer.wrap(start).getInt() == PNG;
  }

  private static boolean isJpeg(byte[] start) {
    return start.length >= 4 && (ByteBuffer.wrap(start).getInt() & 0xffffff00) == JPEG;
  }

  /**
   * The pixels, {@code [channel][row][column]}, 0..255, of a picture.
   *
   * @param resizes whether a picture of another size is brought to the shape's; else it is refused
   */
  static int[] read(String file, InputStream in, Shape shape, boolean resizes)
      throws IOException, InputFormatException {
    if (shape.channels() != 1 && shape.channels() != 3) {
      throw new InputFormatException(
          file, "expected an array for a model with input " + shape + ", found a picture");
    }
    byte[] bytes = in.readNBytes(MAXIMUM_BYTES + 1);
    if (bytes.length > MAXIMUM_BYTES) {
      throw new InputFormatException(
          file, "expected a picture of at most " + MAXIMUM_BYTES + " bytes, found more");
    }
    if (isPng(bytes)) {
      requireComplete(file, bytes);
    }
    BufferedImage image = decode(file, bytes, shape, resizes);
    int[] pixels = shape.channels() == 1 ? grey(image) : colour(image);
    return resized(pixels, image.getHeight(), image.getWidth(), shape);
  }

  private static BufferedImage decode(String file, byte[] bytes, Shape shape, boolean resizes)
      throws IOException, InputFormatException {
    try (ImageInputStream data = new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes))) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(data);
      if (!readers.hasNext()) {
        throw new InputFormatException(file, "expected a picture, found something else");
      }
      ImageReader reader = readers.next();
      try {
        reader.setInput(data, true, true);
        // The header alone decides, before any memory is taken for pixels.
        checkSize(file, reader.getHeight(0), reader.getWidth(0), shape, resizes);
        return reader.read(0);
      } catch (IOException | RuntimeException e) {
        // The decoders of javax.imageio also throw unchecked exceptions at damaged data.
        throw new InputFormatException(file, "not a readable picture: " + e.getMessage());
      } finally {
        reader.dispose();
      }
    }
  }

  private static void checkSize(String file, int height, int width, Shape shape, boolean resizes)
      throws InputFormatException {
    boolean fits =
        resizes
            ? (long) height * width <= MAXIMUM_PIXELS
            : height == shape.height() && width == shape.width();
    if (!fits) {
      String expected =
          resizes ? "at most " + MAXIMUM_PIXELS : shape.height() + "×" + shape.width();
      throw new InputFormatException(
          file,
          "expected a picture of "
              + expected
              + " pixels (height × width), found "
              + height
              + "×"
              + width);
    }
  }

  /** Bilinear interpolation between pixel centres, rounded; the edge continues outside. */
  private static int[] resized(int[] pixels, int height, int width, Shape shape) {
    if (height == shape.height() && width == shape.width()) {
      return pixels;
    }
    int[] result = new int[shape.size()];
    int o = 0;
    for (int c = 0; c < shape.channels(); c++) {
      int plane = c * height * width;
      for (int oy = 0; oy < shape.height(); oy++) {
        double y = Math.clamp((oy + 0.5) * height / shape.height() - 0.5, 0, height - 1.0);
        int row = (int) y;
        int upper = plane + row * width;
        int lower = plane + Math.min(row + 1, height - 1) * width;
        for (int ox = 0; ox < shape.width(); ox++, o++) {
          double x = Math.clamp((ox + 0.5) * width / shape.width() - 0.5, 0, width - 1.0);
          int left = (int) x;
          int right = Math.min(left + 1, width - 1);
          double top = mix(pixels[upper + left], pixels[upper + right], x - left);
          double bottom = mix(pixels[lower + left], pixels[lower + right], x - left);
          result[o] = (int) Math.round(mix(top, bottom, y - row));
        }
      }
    }
    return result;
  }

  private static double mix(double a, double b, double share) {
    return a + (b - a) * share;
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
