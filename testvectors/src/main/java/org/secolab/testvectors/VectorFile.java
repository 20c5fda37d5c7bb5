package org.secolab.testvectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * The vectors of one file: a JSON object with {@code format} (1), {@code area}, {@code name},
 * {@code source}, {@code count} and {@code vectors}, an array of exactly {@code count} objects. A
 * file that holds fewer than it declares, or none, is refused: a test that runs over no vectors
 * would pass.
 *
 * @param source who computed them, a heading of SOURCES.md
 * @param vectors at least one
 */
public record VectorFile<T>(String source, List<T> vectors) {
  private static final int FORMAT = 1;

  public VectorFile {
    vectors = List.copyOf(vectors);
  }

  /**
   * Loads {@code vectors/<area>/<name>.v1.json}.
   *
   * @param parser makes a vector of each object
   * @throws IllegalArgumentException if there is no such file, or it is not what it declares
   */
  public static <T> VectorFile<T> load(String area, String name, Function<JsonNode, T> parser) {
    String path = "/vectors/" + area + "/" + name + ".v1.json";
    try (InputStream in = VectorFile.class.getResourceAsStream(path)) {
      if (in == null) {
        throw new IllegalArgumentException("expected a file of vectors, got nothing at " + path);
      }
      return parse(path, area, name, new ObjectMapper().readTree(in), parser);
    } catch (IOException e) {
      throw new UncheckedIOException(path + " cannot be read", e);
    }
  }

  static <T> VectorFile<T> parse(
      String path, String area, String name, JsonNode root, Function<JsonNode, T> parser) {
    expect(path, "format", FORMAT, root.path("format").asInt(-1));
    expect(path, "area", area, root.path("area").asText());
    expect(path, "name", name, root.path("name").asText());
    JsonNode vectors = root.path("vectors");
    expect(path, "count", root.path("count").asInt(-1), vectors.size());
    if (!vectors.isArray() || vectors.isEmpty() || root.path("source").asText().isEmpty()) {
      throw new IllegalArgumentException(
          path + ": expected at least one vector and a source, got none");
    }
    List<T> parsed = new ArrayList<>();
    vectors.forEach(vector -> parsed.add(parser.apply(vector)));
    return new VectorFile<>(root.path("source").asText(), parsed);
  }

  private static void expect(String path, String field, Object expected, Object found) {
    if (!expected.equals(found)) {
      throw new IllegalArgumentException(
          path + ": expected " + field + " " + expected + ", got " + found);
    }
  }

  /** An array of integers; those beyond 53 bits may be written as strings. */
  public static long[] longs(JsonNode array) {
    if (!array.isArray()) {
      throw new IllegalArgumentException("expected an array of integers, got " + array);
    }
    long[] values = new long[array.size()];
    for (int i = 0; i < values.length; i++) {
      JsonNode value = array.get(i);
      values[i] = value.isTextual() ? Long.parseLong(value.asText()) : value.longValue();
    }
    return values;
  }
}
