package org.secolab.repro.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.secolab.foundation.transport.Phase;
import org.secolab.modelio.input.InputFormatException;

final class SweepTest {
  private static final Point MLP = Point.of("clear", "mnist-mlp", 0, 2);

  @TempDir private Path folder;

  @Test
  void example_runsAndSaysWhatItFound() throws Exception {
    Experiment experiment = new RemoteServersExperiment();
    Runs runs = Sweep.run(experiment.points(Scale.SMALL), new Results(folder), 2, (_, _, _) -> {});
    assertEquals(2, runs.all().size());
    for (Measurement run : runs.all()) {
      assertTrue(run.equalsPlaintext());
      assertTrue(run.isPredictedExactly(), run.point().id());
      assertTrue(run.serversWallMillis(Phase.SETUP_PER_INFERENCE) > 0);
    }
    var files = ReproPage.of(List.of(experiment), Scale.SMALL, runs).files("index.html");
    assertEquals(List.of("remote-servers.svg", "index.html"), List.copyOf(files.keySet()));
    assertTrue(files.get("index.html").contains("More remote servers"));
  }

  @Test
  void finishedPoints_areNotRunAgain() throws Exception {
    List<Point> points = List.of(MLP, Point.of("clear", "mnist-minionn", 0, 2));
    Results results = new Results(folder);
    Runs first = Sweep.run(points.subList(0, 1), results, 1, (_, _, _) -> {});
    List<Point> ran = new ArrayList<>();
    Runs both = Sweep.run(points, results, 1, (run, _, _) -> ran.add(run.point()));
    assertEquals(points.subList(1, 2), ran);
    assertEquals(first.all().getFirst(), both.find(MLP).orElseThrow());
    assertEquals(2, results.all().size());
  }

  @Test
  void failedPoint_leavesNothingAndKeepsTheOthers() throws Exception {
    Results results = new Results(folder);
    List<Point> points = List.of(MLP, Point.of("clear", "mnist-mlp", 3, 2));
    assertThrows(
        IllegalArgumentException.class, () -> Sweep.run(points, results, 1, (_, _, _) -> {}));
    assertEquals(List.of(MLP), results.all().stream().map(Measurement::point).toList());
    try (var files = Files.walk(folder)) {
      assertEquals(1, files.filter(Files::isRegularFile).count());
    }
  }

  @Test
  void jobAndResult_surviveJson() throws Exception {
    Results results = new Results(folder);
    assertEquals(MLP, Results.readJob(results.writeJob(MLP)));
    Measurement measurement = Measurement.of(MLP);
    results.keep(measurement);
    assertEquals(measurement, results.find(MLP).orElseThrow());
  }

  @Test
  void badJob_isRefusedByName() throws Exception {
    Path job = folder.resolve("job.json");
    for (String text :
        List.of("", "[]", "{\"protocol\":\"seco\"}", "{\"protocol\":\"seco\",\"split\":-1}")) {
      Files.writeString(job, text);
      InputFormatException failure =
          assertThrows(InputFormatException.class, () -> Results.readJob(job));
      assertTrue(String.valueOf(failure.getMessage()).contains("job.json"), text);
    }
  }

  @Test
  void ids_tellPointsApart() {
    Point other = new Point("clear", "mnist-mlp", 0, 2, 8, 0, "100Mbit,20ms");
    assertNotEquals(MLP.id(), other.id());
    assertTrue(other.id().matches("[A-Za-z0-9._-]+"), other.id());
    assertFalse(Point.of("clear", "dir/net.onnx", 0, 2).id().contains("/"));
  }
}
