package org.secolab.modelio.input;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.secolab.modelio.fixed.InputRange;

/**
 * A small JSON file that declares the preprocessing of a model, beside it ({@code net.json} for
 * {@code net.onnx}) or named on its own. All fields are optional:
 *
 * <ul>
 *   <li>{@code "pixels"}: {@code "unit"} for pixel/255 (the default), {@code "symmetric"} for
 *       pixel/127.5 − 1, {@code "none"} for values as they are;
 *   <li>{@code "mean"} and {@code "deviation"}, instead: lists of one number for all channels, or
 *       one per channel, for (pixel/255 − mean) / deviation;
 *   <li>{@code "range"}: two numbers between which every value lies; needed with {@code "none"};
 *   <li>{@code "resize"}: whether pictures are brought to the size of the input.
 * </ul>
 */
public final class PreprocessingFile {
  private static final int MAXIMUM_BYTES = 1 << 16;
  private static final List<String> FIELDS =
      List.of("pixels", "mean", "deviation", "range", "resize");

  private PreprocessingFile() {}

  /**
   * What the file beside a model declares; empty if there is none.
   *
   * @throws InputFormatException if it is malformed
   */
  public static Optional<Preprocessing> beside(Path model) throws InputFormatException {
    String name = String.valueOf(model.getFileName()).replaceFirst("\\.onnx$", "") + ".json";
    Path file = model.resolveSibling(name);
    return Files.isRegularFile(file) ? Optional.of(read(file)) : Optional.empty();
  }

  /**
   * Reads a file.
   *
   * @throws InputFormatException if it is missing or malformed
   */
  public static Preprocessing read(Path file) throws InputFormatException {
    try (InputStream in = Files.newInputStream(file)) {
      return parse(file.toString(), in.readNBytes(MAXIMUM_BYTES));
    } catch (IOException e) {
      throw new InputFormatException(file.toString(), "cannot be read: " + e.getMessage());
    }
  }

  private static Preprocessing parse(String file, byte[] json)
      throws IOException, InputFormatException {
    JsonNode root;
    try {
      root = new ObjectMapper().readTree(json);
    } catch (JsonProcessingException e) {
      throw new InputFormatException(file, "expected JSON: " + e.getOriginalMessage());
    }
    if (!root.isObject()) {
      throw new InputFormatException(file, "expected a JSON object, found something else");
    }
    for (Iterator<String> names = root.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      if (!FIELDS.contains(name)) {
        throw new InputFormatException(file, "expected the fields " + FIELDS + ", found " + name);
      }
    }
    JsonNode resize = root.path("resize");
    if (!resize.isMissingNode() && !resize.isBoolean()) {
      throw new InputFormatException(file, "expected resize true or false, found " + resize);
    }
    try {
      Preprocessing preprocessing = ranged(file, root, pixels(file, root));
      return resize.asBoolean(false) ? preprocessing.withResizing() : preprocessing;
    } catch (IllegalArgumentException e) {
      throw new InputFormatException(file, String.valueOf(e.getMessage()));
    }
  }

  private static Preprocessing pixels(String file, JsonNode root) throws InputFormatException {
    if (root.has("mean") || root.has("deviation")) {
      if (root.has("pixels")) {
        throw new InputFormatException(file, "expected pixels, or mean and deviation, found both");
      }
      return Preprocessing.ofPixels(
          inPixels(numbers(file, root, "mean")), inPixels(numbers(file, root, "deviation")));
    }
    String pixels = root.path("pixels").asText("unit");
    return switch (pixels) {
      case "unit" -> Preprocessing.UNIT;
      case "symmetric" -> Preprocessing.SYMMETRIC;
      case "none" -> {
        if (!root.has("range")) {
          throw new InputFormatException(file, "expected a range beside pixels none, found none");
        }
        yield Preprocessing.ofValues(InputRange.UNIT);
      }
      default ->
          throw new InputFormatException(
              file, "expected pixels unit, symmetric or none, found " + pixels);
    };
  }

  private static Preprocessing ranged(String file, JsonNode root, Preprocessing preprocessing)
      throws InputFormatException {
    if (!root.has("range")) {
      return preprocessing;
    }
    List<Double> range = numbers(file, root, "range");
    if (range.size() != 2) {
      throw new InputFormatException(file, "expected a range of two numbers, found " + range);
    }
    return new Preprocessing(
        preprocessing.means(),
        preprocessing.deviations(),
        new InputRange(range.get(0), range.get(1)),
        false);
  }

  private static List<Double> numbers(String file, JsonNode root, String field)
      throws InputFormatException {
    List<Double> numbers = new ArrayList<>();
    for (JsonNode node : root.path(field)) {
      if (!node.isNumber()) {
        throw new InputFormatException(file, "expected numbers in " + field + ", found " + node);
      }
      numbers.add(node.asDouble());
    }
    if (numbers.isEmpty()) {
      throw new InputFormatException(file, "expected a list of numbers " + field + ", found none");
    }
    return numbers;
  }

  /** From units of 0..1 to 0..255. */
  private static List<Double> inPixels(List<Double> values) {
    return values.stream().map(value -> 255 * value).toList();
  }
}
