package org.secolab.modelio.bundled;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.secolab.modelio.fixed.InputRange;
import org.secolab.modelio.graph.Model;
import org.secolab.modelio.graph.ModelFormatException;
import org.secolab.modelio.graph.Shape;
import org.secolab.modelio.input.InputFormatException;
import org.secolab.modelio.input.InputReader;
import org.secolab.modelio.input.Inputs;
import org.secolab.modelio.input.Preprocessing;
import org.secolab.modelio.onnx.OnnxReader;

/**
 * The bundled models and images. All models take 1×28×28 images, pixel/255, and return 10 logits.
 */
public final class BundledModels {
  private static final List<String> NAMES =
      List.of("mnist-mlp", "mnist-minionn", "mnist-minionn-maxpool", "mnist-lenet");
  private static final Shape IMAGE = new Shape(1, 28, 28);
  private static final int CLASSES = 10;

  private BundledModels() {}

  /** The names of the models, smallest first. */
  public static List<String> names() {
    return NAMES;
  }

  /**
   * Imports a model.
   *
   * @throws ModelFormatException if there is none of this name
   */
  public static Model open(String name) throws ModelFormatException {
    if (!NAMES.contains(name)) {
      throw new ModelFormatException(
          name, "expected one of the bundled models " + String.join(", ", NAMES));
    }
    try (InputStream in = resource(name + ".onnx")) {
      return OnnxReader.read(name, in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The float32 logits PyTorch computed with this model for the first 64 test images.
   *
   * @param name one of {@link #names}
   * @return 64 arrays of 10 numbers
   */
  public static List<float[]> referenceLogits(String name) {
    Preprocessing anything = Preprocessing.ofValues(new InputRange(-1000, 1000));
    return inputs(name + ".logits-first64.npy", Shape.vector(CLASSES), anything).tensors();
  }

  /**
   * A handwritten digit as a PNG picture of 28×28 grey pixels.
   *
   * @param digit 0 to 9
   */
  public static InputStream digit(int digit) {
    if (digit < 0 || digit > 9) {
      throw new IllegalArgumentException("expected a digit from 0 to 9, got " + digit);
    }
    return resource("digit-" + digit + ".png");
  }

  /** The first 100 images of the MNIST test set. */
  public static Inputs testImages() {
    return inputs("mnist-test-100-images-idx3-ubyte.gz", IMAGE, Preprocessing.UNIT);
  }

  /** The classes of {@link #testImages}. */
  public static int[] testLabels() {
    String name = "mnist-test-100-labels-idx1-ubyte.gz";
    try (InputStream in = resource(name)) {
      return InputReader.readLabels(name, in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InputFormatException e) {
      throw new AssertionError("bundled file", e);
    }
  }

  /** Where models and images come from, as Markdown. */
  public static String provenance() {
    try (InputStream in = resource("PROVENANCE.md")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Inputs inputs(String name, Shape shape, Preprocessing preprocessing) {
    try (InputStream in = resource(name)) {
      return InputReader.read(name, in, shape, preprocessing, 0, InputReader.ALL);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InputFormatException e) {
      throw new AssertionError("bundled file", e);
    }
  }

  private static InputStream resource(String name) {
    InputStream in = BundledModels.class.getResourceAsStream(name);
    if (in == null) {
      throw new AssertionError("missing resource " + name);
    }
    return in;
  }
}
