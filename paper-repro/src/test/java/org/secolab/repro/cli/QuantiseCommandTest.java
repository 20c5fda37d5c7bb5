package org.secolab.repro.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.secolab.modelio.bundled.BundledModels;

class QuantiseCommandTest {
  private static final Path BUNDLED =
      Path.of("../model-io/src/main/resources/org/secolab/modelio/bundled");

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir Path directory;

  private int run(String... arguments) {
    return Seco.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
  }

  @Test
  void models_listsEveryBundledModelWithItsProvenance() {
    assertEquals(ExitCodes.DONE, run("models"), err.toString());
    BundledModels.names().forEach(name -> assertTrue(out.toString().contains(name), name));
    assertTrue(out.toString().contains("MNIST"), out.toString());
    assertTrue(out.toString().contains("431,080"), out.toString());
  }

  @Test
  void bundledModel_getsTableCsvAndPlot() throws Exception {
    int code = run("quantise", "--model", "mnist-mlp", "--count", "20", "--report", "" + directory);
    assertEquals(ExitCodes.DONE, code, err.toString());
    assertTrue(out.toString().contains("mnist-mlp, 20 inputs"), out.toString());
    List<String> csv = Files.readAllLines(directory.resolve("quantise.csv"));
    assertEquals(1 + 9 * 9, csv.size());
    // At f = 4 and ring 2^48 all 20 images stay as float has them, at f = 12 and 2^16 few do.
    double wide = Double.parseDouble(row(csv, "4,48,").split(",")[2]);
    double narrow = Double.parseDouble(row(csv, "12,16,").split(",")[2]);
    assertTrue(wide >= 95 && narrow <= 60, wide + " and " + narrow);
    DocumentBuilderFactory parsers = DocumentBuilderFactory.newInstance();
    // The document type names a file in the network.
    parsers.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
    var svg = parsers.newDocumentBuilder().parse(directory.resolve("quantise.svg").toFile());
    assertEquals("svg", svg.getDocumentElement().getTagName());
  }

  private static String row(List<String> csv, String start) {
    return csv.stream().filter(line -> line.startsWith(start)).findFirst().orElseThrow();
  }

  @Test
  void preprocessingBesideTheModel_isUsed() throws Exception {
    Path model = directory.resolve("net.onnx");
    Files.copy(BUNDLED.resolve("mnist-mlp.onnx"), model);
    Path rows = Files.writeString(directory.resolve("x.csv"), "3" + ",0".repeat(784) + "\n");
    String[] command = {
      "quantise", "--model", "" + model, "--input", "" + rows, "--labels", "" + rows
    };
    assertEquals(ExitCodes.DONE, run(command), err.toString());
    Files.writeString(directory.resolve("net.json"), "{\"pixels\": \"none\", \"range\": [5, 6]}");
    assertEquals(ExitCodes.BAD_FILE, run(command), out.toString());
    assertTrue(err.toString().contains("[5.0, 6.0]"), err.toString());
  }

  @Test
  void missingLabels_areUsageErrors() throws Exception {
    Path image = Files.write(directory.resolve("x.npy"), new byte[] {1, 2, 3});
    assertEquals(
        ExitCodes.USAGE, run("quantise", "--model", "mnist-mlp", "--index", "100"), "" + err);
    assertEquals(
        ExitCodes.BAD_FILE,
        run("quantise", "--model", "mnist-mlp", "--input", "" + image, "--labels", "" + image));
    assertEquals(ExitCodes.BAD_FILE, run("quantise", "--model", "no-such-model"));
    assertFalse(err.toString().contains("\tat "), err.toString());
  }
}
