package org.secolab.modelio.input;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.secolab.modelio.Choices;
import org.secolab.modelio.graph.Shape;

/** Damaged input files: an orderly refusal in one line, or inputs of the right shape. */
class MutatedInputsProperties {
  private static final Shape SHAPE = new Shape(1, 2, 3);
  private static final List<byte[]> FILES = files();

  @Property(tries = 3000, edgeCases = EdgeCasesMode.NONE)
  void damagedBytes(@ForAll long seed) {
    Choices choices = new Choices(seed);
    byte[] file = choices.of(FILES).clone();
    for (int i = choices.between(1, 4); i > 0; i--) {
      file[choices.between(0, file.length - 1)] = (byte) choices.bits();
    }
    if (choices.coin()) {
      file = java.util.Arrays.copyOf(file, choices.between(0, file.length));
    }
    Preprocessing preprocessing =
        choices.coin() ? Preprocessing.UNIT : Preprocessing.UNIT.withResizing();
    try {
      Inputs inputs =
          InputReader.read(
              "damaged", new ByteArrayInputStream(file), SHAPE, preprocessing, 0, InputReader.ALL);
      inputs.tensors().forEach(tensor -> assertEquals(6, tensor.length));
    } catch (InputFormatException e) {
      assertTrue(e.getMessage().startsWith("damaged"), e.getMessage());
      assertFalse(e.getMessage().contains("\n"), e.getMessage());
    } catch (IOException e) {
      // Of a damaged gzip or ZIP stream; reading a file wraps it.
      assertFalse(String.valueOf(e.getMessage()).isEmpty());
    }
    try {
      InputReader.readLabels("damaged", new ByteArrayInputStream(file));
    } catch (InputFormatException | IOException e) {
      assertFalse(String.valueOf(e.getMessage()).isEmpty());
    }
  }

  private static List<byte[]> files() {
    byte[] idx = {
      0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0, 3, 1, 2, 3, 4, 5, 6, 7, 8, 9, 1, 2, 3
    };
    String header = "{'descr': '|u1', 'fortran_order': False, 'shape': (2, 2, 3), }\n";
    byte[] start = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, (byte) header.length(), 0};
    try {
      ByteArrayOutputStream npy = new ByteArrayOutputStream();
      npy.write(start);
      npy.write(header.getBytes(StandardCharsets.US_ASCII));
      npy.write(new byte[12]);
      ByteArrayOutputStream npz = new ByteArrayOutputStream();
      try (ZipOutputStream zip = new ZipOutputStream(npz)) {
        zip.putNextEntry(new ZipEntry("x.npy"));
        zip.write(npy.toByteArray());
      }
      ByteArrayOutputStream gzip = new ByteArrayOutputStream();
      try (GZIPOutputStream out = new GZIPOutputStream(gzip)) {
        out.write(idx);
      }
      BufferedImage image = new BufferedImage(3, 2, BufferedImage.TYPE_INT_RGB);
      ByteArrayOutputStream png = new ByteArrayOutputStream();
      ImageIO.write(image, "png", png);
      ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
      ImageIO.write(image, "jpg", jpeg);
      byte[] csv = "l,a,b,c,d,e,f\n1,2,3,4,5,6,7\n".getBytes(StandardCharsets.US_ASCII);
      return List.of(
          idx,
          npy.toByteArray(),
          npz.toByteArray(),
          gzip.toByteArray(),
          png.toByteArray(),
          jpeg.toByteArray(),
          csv);
    } catch (IOException e) {
      throw new AssertionError("writing to memory", e);
    }
  }
}
