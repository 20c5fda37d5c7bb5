package org.secolab.repro.experiment;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.secolab.modelio.input.InputFormatException;

/**
 * Jobs and finished points as files of one folder: {@code jobs/ID.json} holds a {@link Point},
 * {@code points/ID.json} its {@link Measurement}. A file is whole or not there, so a broken-off
 * sweep goes on where it stopped, and shards from several machines are put together by copying.
 */
public final class Results {
  // A method such as isPredictedExactly is no part of a record.
  private static final ObjectMapper MAPPER =
      JsonMapper.builder().disable(MapperFeature.AUTO_DETECT_IS_GETTERS).build();

  private final Path folder;

  /** The results in {@code folder}, which need not exist yet. */
  public Results(Path folder) {
    this.folder = folder;
  }

  private Path pointFile(Point point) {
    return folder.resolve("points").resolve(point.id() + ".json");
  }

  /** A finished point, if it is there. */
  public Optional<Measurement> find(Point point) throws InputFormatException {
    Path file = pointFile(point);
    return Files.exists(file) ? Optional.of(read(file, Measurement.class)) : Optional.empty();
  }

  /** Everything that is finished, in the order of the files' names. */
  public List<Measurement> all() throws IOException, InputFormatException {
    Path points = folder.resolve("points");
    List<Path> files;
    if (!Files.isDirectory(points)) {
      return List.of();
    }
    try (Stream<Path> list = Files.list(points)) {
      files = list.filter(file -> file.toString().endsWith(".json")).sorted().toList();
    }
    List<Measurement> all = new ArrayList<>();
    for (Path file : files) {
      all.add(read(file, Measurement.class));
    }
    return all;
  }

  /** Keeps a finished point. */
  public void keep(Measurement measurement) throws IOException {
    write(pointFile(measurement.point()), json(measurement));
  }

  /** Writes a point as a job for some machine; returns the file. */
  public Path writeJob(Point point) throws IOException {
    Path file = folder.resolve("jobs").resolve(point.id() + ".json");
    write(file, json(point));
    return file;
  }

  /**
   * Reads a job.
   *
   * @throws InputFormatException naming the file
   */
  public static Point readJob(Path file) throws InputFormatException {
    return read(file, Point.class);
  }

  /** As JSON, for {@link #write}. */
  public static String json(Record value) {
    try {
      return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(value) + "\n";
    } catch (JsonProcessingException e) {
      throw new AssertionError("a record of numbers and texts", e);
    }
  }

  private static <T> T read(Path file, Class<T> type) throws InputFormatException {
    try {
      return Objects.requireNonNull(MAPPER.readValue(file.toFile(), type));
    } catch (IOException e) {
      String what = Objects.requireNonNullElse(e.getMessage(), e.toString());
      throw new InputFormatException(
          file.toString(),
          "expected a "
              + type.getSimpleName()
              + " as JSON: "
              + what.lines().findFirst().orElse(""));
    }
  }

  /** Writes a file that is either whole or not there; makes its folder. */
  public static void write(Path file, String text) throws IOException {
    write(file, text.getBytes(StandardCharsets.UTF_8));
  }

  /** The same for what is no text. */
  public static void write(Path file, byte[] content) throws IOException {
    Path parent = Objects.requireNonNull(file.toAbsolutePath().getParent(), "a file has a folder");
    Files.createDirectories(parent);
    Path draft = Files.createTempFile(parent, ".", ".draft");
    try {
      Files.write(draft, content);
      Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(draft);
    }
  }
}
