package org.secolab.modelio.input;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.secolab.modelio.fixed.InputRange;
import org.secolab.modelio.graph.Shape;

class InputReaderTest {
  private static final Shape GREY = new Shape(1, 2, 3);

  @TempDir Path directory;

  @Test
  void idx_isReadFromTheChosenIndex() throws Exception {
    Inputs inputs = InputReader.read(file("a", idx(3, 2, 3)), GREY, Preprocessing.UNIT, 1, 2);
    assertEquals(2, inputs.tensors().size());
    assertEquals(1, inputs.firstIndex());
    assertEquals(InputRange.UNIT, inputs.range());
    assertArrayEquals(
        new float[] {6 / 255f, 7 / 255f, 8 / 255f, 9 / 255f, 10 / 255f, 11 / 255f},
        inputs.tensors().get(0));
    assertEquals(17 / 255f, inputs.tensors().get(1)[5]);
  }

  @Test
  void gzippedIdx_isTheSame() throws Exception {
    Inputs plain = InputReader.read(file("a", idx(3, 2, 3)), GREY, Preprocessing.UNIT, 0, 3);
    Inputs zipped =
        InputReader.read(
            file("a.gz", gzip(idx(3, 2, 3))), GREY, Preprocessing.UNIT, 0, InputReader.ALL);
    assertEquals(3, zipped.tensors().size());
    for (int i = 0; i < 3; i++) {
      assertArrayEquals(plain.tensors().get(i), zipped.tensors().get(i));
    }
  }

  @Test
  void npyOfBytes_isPreprocessedAndNpyOfFloatsIsNot() throws Exception {
    byte[] pixels = npy("|u1", "(2, 1, 2, 3)", new byte[] {0, 51, 102, 1, 2, 3, 4, 5, 6, 7, 8, 9});
    Inputs bytes = InputReader.read(file("b.npy", pixels), GREY, Preprocessing.SYMMETRIC, 0, 1);
    assertArrayEquals(
        new float[] {-1, -0.6f, -0.2f}, java.util.Arrays.copyOf(bytes.tensors().getFirst(), 3));
    ByteBuffer data = ByteBuffer.allocate(48).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < 6; i++) {
      data.putDouble(i / 8.0);
    }
    Inputs doubles =
        InputReader.read(
            file("c.npy", npy("<f8", "(2, 3)", data.array())), GREY, Preprocessing.UNIT, 0, 1);
    assertArrayEquals(
        new float[] {0, 0.125f, 0.25f, 0.375f, 0.5f, 0.625f}, doubles.tensors().getFirst());
  }

  @Test
  void bigEndianNpy_isReadInItsOrder() throws Exception {
    byte[] data = ByteBuffer.allocate(8).putFloat(0.25f).putFloat(1).array();
    Inputs inputs =
        InputReader.read(
            file("d.npy", npy(">f4", "(2,)", data)), Shape.vector(2), Preprocessing.UNIT, 0, 1);
    assertArrayEquals(new float[] {0.25f, 1}, inputs.tensors().getFirst());
  }

  @Test
  void greyAndColourPictures_keepTheirPixels() throws Exception {
    BufferedImage grey = new BufferedImage(3, 2, BufferedImage.TYPE_BYTE_GRAY);
    BufferedImage colour = new BufferedImage(3, 2, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 6; i++) {
      grey.getRaster().setSample(i % 3, i / 3, 0, 40 * i);
      colour.setRGB(i % 3, i / 3, 40 * i << 16 | 10 * i << 8 | i);
    }
    float[] one = InputReader.readImage(png(grey), "p", GREY, Preprocessing.UNIT);
    float[] three = InputReader.readImage(png(colour), "p", new Shape(3, 2, 3), Preprocessing.UNIT);
    for (int i = 0; i < 6; i++) {
      assertEquals(40 * i / 255f, one[i]);
      assertEquals(40 * i / 255f, three[i]);
      assertEquals(10 * i / 255f, three[6 + i]);
      assertEquals(i / 255f, three[12 + i]);
    }
    float[] tripled = InputReader.readImage(png(grey), "p", new Shape(3, 2, 3), Preprocessing.UNIT);
    assertEquals(200 / 255f, tripled[17]);
    float[] luma = InputReader.readImage(png(colour), "p", GREY, Preprocessing.UNIT);
    assertEquals(Math.round(0.299 * 200 + 0.587 * 50 + 0.114 * 5) / 255f, luma[5]);
  }

  @Test
  void perChannelPreprocessing_isApplied() throws Exception {
    Preprocessing preprocessing =
        Preprocessing.ofPixels(List.of(0.0, 100.0, 50.0), List.of(1.0, 10.0, 2.0));
    assertEquals(new InputRange(-25, 255), preprocessing.range());
    Inputs inputs =
        InputReader.read(
            file("e.npy", npy("|u1", "(3, 1, 1)", new byte[] {9, 110, 60})),
            Shape.vector(3),
            preprocessing,
            0,
            1);
    assertArrayEquals(new float[] {9, 1, 5}, inputs.tensors().getFirst());
    assertThrows(
        InputFormatException.class,
        () -> InputReader.read(file("e", idx(3, 2, 3)), GREY, preprocessing, 0, 1));
  }

  @Test
  void labels_areReadFromIdxAndNpy() throws Exception {
    assertArrayEquals(new int[] {0, 1, 2}, InputReader.readLabels(file("l", idx(3))));
    byte[] data =
        ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN).putLong(7).putLong(3).array();
    assertArrayEquals(
        new int[] {7, 3}, InputReader.readLabels(file("l.npy", npy("<i8", "(2,)", data))));
  }

  @Test
  void labelsThatAreNone_areRefused() throws Exception {
    assertRefused("expected a vector", () -> InputReader.readLabels(file("l", idx(3, 2))));
    byte[] negative = npy("|i1", "(2,)", new byte[] {1, -1});
    assertRefused("found -1", () -> InputReader.readLabels(file("m.npy", negative)));
    byte[] floats = npy("<f4", "(1,)", new byte[4]);
    assertRefused("integers", () -> InputReader.readLabels(file("n.npy", floats)));
  }

  @Test
  void wrongShape_namesFileExpectedAndFound() throws Exception {
    InputFormatException e =
        assertThrows(
            InputFormatException.class,
            () -> InputReader.read(file("w", idx(3, 3, 2)), GREY, Preprocessing.UNIT, 0, 1));
    assertTrue(e.getMessage().contains(directory.resolve("w").toString()), e.getMessage());
    assertTrue(e.getMessage().contains("1×2×3"), e.getMessage());
    assertTrue(e.getMessage().contains("3×3×2"), e.getMessage());
    // Channels last is not silently taken for channels first.
    byte[] last = npy("|u1", "(1, 2, 3, 3)", new byte[18]);
    assertRefused(
        "expected inputs of shape 3×2×3",
        () -> InputReader.read(file("x", last), new Shape(3, 2, 3), Preprocessing.UNIT, 0, 1));
    byte[] picture = pngBytes(new BufferedImage(5, 4, BufferedImage.TYPE_BYTE_GRAY));
    assertRefused("found 4×5", () -> readFirst("p.png", picture));
  }

  @Test
  void indexBehindTheEnd_isRefused() throws Exception {
    assertRefused(
        "inputs 2 to 3 (counted from 0), found 3",
        () -> InputReader.read(file("i", idx(3, 2, 3)), GREY, Preprocessing.UNIT, 2, 2));
    assertRefused(
        "found 3",
        () ->
            InputReader.read(
                file("i", idx(3, 2, 3)), GREY, Preprocessing.UNIT, 3, InputReader.ALL));
  }

  @Test
  void truncatedFiles_areRefusedAtEveryLength() throws Exception {
    byte[] whole = idx(1, 2, 3);
    byte[] array = npy("|u1", "(1, 2, 3)", new byte[6]);
    byte[] picture = pngBytes(new BufferedImage(3, 2, BufferedImage.TYPE_BYTE_GRAY));
    byte[] zipped = gzip(whole);
    for (byte[] bytes : List.of(whole, array, zipped, picture)) {
      readFirst("whole", bytes);
      for (int length = 0; length < bytes.length; length++) {
        byte[] cut = java.util.Arrays.copyOf(bytes, length);
        assertThrows(InputFormatException.class, () -> readFirst("cut", cut));
      }
    }
  }

  @Test
  void hugeDeclaredSizes_takeNoMemory() throws Exception {
    byte[] idx = {0, 0, 8, 3, 127, -1, -1, -1, 0, 0, 0, 2, 0, 0, 0, 3, 1, 2};
    assertRefused(
        "fewer", () -> InputReader.read(file("h", idx), GREY, Preprocessing.UNIT, 0, 1000));
    byte[] wide = {0, 0, 8, 3, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1};
    assertRefused("moderate", () -> readFirst("h", wide));
    byte[] labels = {0, 0, 8, 1, 0, 127, -1, -1, 1};
    assertRefused("fewer", () -> InputReader.readLabels(file("h", labels)));
    assertRefused(
        "moderate", () -> readFirst("h", npy("|u1", "(99999999999999, 2, 3)", new byte[6])));
    // A picture's header is checked before its pixels.
    byte[] picture = pngBytes(new BufferedImage(3, 2, BufferedImage.TYPE_BYTE_GRAY));
    picture[16] = 0x7f;
    assertRefused("h", () -> readFirst("h", picture));
  }

  @Test
  void otherFiles_areRefused() throws Exception {
    assertRefused("expected PNG, JPEG", () -> readFirst("t.txt", new byte[] {5, 4, 3, 2, 1}));
    assertRefused(
        "expected a file, found none",
        () -> InputReader.read(directory.resolve("none"), GREY, Preprocessing.UNIT, 0, 1));
    assertRefused(
        "C order",
        () ->
            readFirst(
                "f.npy", header("{'descr': '|u1', 'fortran_order': True, 'shape': (2, 3), }")));
    assertRefused("found c8", () -> readFirst("c.npy", npy("<c8", "(2, 3)", new byte[48])));
  }

  @Test
  void jpeg_isReadAndAPictureOfAnotherSizeResizedOnlyIfDeclared() throws Exception {
    BufferedImage image = new BufferedImage(6, 4, BufferedImage.TYPE_BYTE_GRAY);
    for (int i = 0; i < 24; i++) {
      image.getRaster().setSample(i % 6, i / 6, 0, 120);
    }
    ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
    ImageIO.write(image, "jpg", jpeg);
    assertRefused("found 4×6", () -> readFirst("a.jpg", jpeg.toByteArray()));
    float[] resized =
        InputReader.readImage(
            new ByteArrayInputStream(jpeg.toByteArray()),
            "a.jpg",
            GREY,
            Preprocessing.UNIT.withResizing());
    assertEquals(6, resized.length);
    for (float value : resized) {
      assertEquals(120 / 255f, value, 2 / 255f);
    }
  }

  @Test
  void resizing_isBilinearBetweenPixelCentres() throws Exception {
    BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_BYTE_GRAY);
    image.getRaster().setSample(1, 0, 0, 200);
    float[] wide =
        InputReader.readImage(
            png(image), "p", new Shape(1, 1, 4), Preprocessing.UNIT.withResizing());
    // Centres at −1/4 (clamped), 1/4, 3/4 and 5/4 (clamped).
    assertArrayEquals(new float[] {0, 50 / 255f, 150 / 255f, 200 / 255f}, wide);
  }

  @Test
  void npz_givesTheFirstArrayThatFits() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry("y.npy"));
      zip.write(npy("|u1", "(2,)", new byte[] {8, 9}));
      zip.putNextEntry(new ZipEntry("x.npy"));
      zip.write(npy("|u1", "(2, 2, 3)", new byte[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11}));
    }
    byte[] npz = bytes.toByteArray();
    Inputs inputs = InputReader.read(file("d.npz", npz), GREY, Preprocessing.UNIT, 1, 1);
    assertEquals(11 / 255f, inputs.tensors().getFirst()[5]);
    assertArrayEquals(new int[] {8, 9}, InputReader.readLabels(file("d.npz", npz)));
    assertRefused(
        "found [y.npy (2), x.npy (2×2×3)]",
        () -> InputReader.read(file("d.npz", npz), Shape.vector(5), Preprocessing.UNIT, 0, 1));
  }

  @Test
  void csv_isReadWithOrWithoutLabelsAndNames() throws Exception {
    byte[] labelled = text("label,a,b,c,d,e,f\n7,0,51,102,3,4,5\n\n3,1,2,3,4,5,255\n");
    Inputs inputs =
        InputReader.read(file("l.csv", labelled), GREY, Preprocessing.UNIT, 0, InputReader.ALL);
    assertEquals(2, inputs.tensors().size());
    assertEquals(0.2f, inputs.tensors().get(0)[1]);
    assertEquals(1f, inputs.tensors().get(1)[5]);
    assertArrayEquals(new int[] {7, 3}, InputReader.readLabels(file("l.csv", labelled)));
    Preprocessing values = Preprocessing.ofValues(new InputRange(-2, 2));
    byte[] plain = text("0.5,-1,0,1e-1,1,2\r\n");
    float[] tensor =
        InputReader.read(file("p.csv", plain), GREY, values, 0, 1).tensors().getFirst();
    assertArrayEquals(new float[] {0.5f, -1, 0, 0.1f, 1, 2}, tensor);
    assertRefused("whole pixels", () -> readFirst("p.csv", plain));
    assertRefused("found 2 in row 0", () -> readFirst("s.csv", text("1,2\n")));
    assertRefused("found \"x\" in row 0", () -> readFirst("x.csv", text("1,2,3,x,5,6\n")));
    assertRefused("found 1", () -> InputReader.read(file("p.csv", plain), GREY, values, 1, 1));
    assertRefused("longer", () -> readFirst("w.csv", text("1".repeat(1 << 20))));
    assertRefused("found -1", () -> InputReader.readLabels(file("n.csv", text("-1\n"))));
  }

  @Test
  void preprocessingFile_saysWhatPixelsMean() throws Exception {
    Files.write(directory.resolve("net.json"), text("{\"pixels\": \"symmetric\"}"));
    assertEquals(
        Preprocessing.SYMMETRIC,
        PreprocessingFile.beside(directory.resolve("net.onnx")).orElseThrow());
    assertTrue(PreprocessingFile.beside(directory.resolve("other.onnx")).isEmpty());
    Preprocessing channels =
        declared("{\"mean\": [0.5, 0, 1], \"deviation\": [0.5, 1, 2], \"resize\": true}");
    assertTrue(channels.resizes());
    assertEquals(-1f, channels.apply(0, 0));
    assertEquals(1f, channels.apply(255, 1));
    assertEquals(-0.5f, channels.apply(0, 2));
    assertEquals(new InputRange(-1, 1), channels.range());
    Preprocessing none = declared("{\"pixels\": \"none\", \"range\": [-3, 3]}");
    assertEquals(Preprocessing.ofValues(new InputRange(-3, 3)), none);
    for (String bad :
        List.of(
            "{",
            "[1]",
            "{\"mean\": [1]}",
            "{\"mean\": [1], \"deviation\": [0]}",
            "{\"mean\": [1], \"deviation\": [1], \"pixels\": \"unit\"}",
            "{\"pixels\": \"none\"}",
            "{\"pixels\": \"bgr\"}",
            "{\"range\": [1, 0]}",
            "{\"range\": [1]}",
            "{\"range\": [\"a\", 1]}",
            "{\"resize\": 1}",
            "{\"means\": [1]}")) {
      assertRefused("p.json: ", () -> declared(bad));
    }
  }

  private Preprocessing declared(String json) throws Exception {
    return PreprocessingFile.read(file("p.json", text(json)));
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void valuesOutsideTheRange_areRefused() throws Exception {
    byte[] data = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putFloat(1.5f).array();
    byte[] nan = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putFloat(Float.NaN).array();
    for (byte[] bytes : List.of(data, nan)) {
      assertRefused(
          "[0.0, 1.0]",
          () ->
              InputReader.read(
                  file("r.npy", npy("<f4", "(1,)", bytes)),
                  Shape.vector(1),
                  Preprocessing.UNIT,
                  0,
                  1));
    }
  }

  private Inputs readFirst(String name, byte[] bytes) throws IOException, InputFormatException {
    return InputReader.read(file(name, bytes), GREY, Preprocessing.UNIT, 0, 1);
  }

  private interface Attempt {
    void run() throws Exception;
  }

  private static void assertRefused(String part, Attempt attempt) {
    InputFormatException e = assertThrows(InputFormatException.class, attempt::run);
    assertTrue(e.getMessage().contains(part), e.getMessage());
    assertTrue(e.getMessage().lines().count() == 1, e.getMessage());
  }

  private Path file(String name, byte[] bytes) throws IOException {
    return Files.write(directory.resolve(name), bytes);
  }

  /** Elements 0, 1, 2, … */
  private static byte[] idx(int... dimensions) {
    int size = 1;
    for (int dimension : dimensions) {
      size *= dimension;
    }
    ByteBuffer bytes = ByteBuffer.allocate(4 + 4 * dimensions.length + size);
    bytes.putShort((short) 0).put((byte) 8).put((byte) dimensions.length);
    for (int dimension : dimensions) {
      bytes.putInt(dimension);
    }
    for (int i = 0; i < size; i++) {
      bytes.put((byte) i);
    }
    return bytes.array();
  }

  private static byte[] npy(String type, String shape, byte[] data) {
    byte[] header =
        header("{'descr': '" + type + "', 'fortran_order': False, 'shape': " + shape + ", }");
    return ByteBuffer.allocate(header.length + data.length).put(header).put(data).array();
  }

  private static byte[] header(String dictionary) {
    byte[] text = (dictionary + "\n").getBytes(StandardCharsets.US_ASCII);
    return ByteBuffer.allocate(10 + text.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0})
        .putShort((short) text.length)
        .put(text)
        .array();
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    }
    return out.toByteArray();
  }

  private static ByteArrayInputStream png(BufferedImage image) throws IOException {
    return new ByteArrayInputStream(pngBytes(image));
  }

  private static byte[] pngBytes(BufferedImage image) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(image, "png", out);
    return out.toByteArray();
  }
}
