package org.secolab.repro.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BenchmarkRowTest {
  /** What JMH's annotation processor found. */
  private static List<String> knownToJmh() throws IOException {
    try (InputStream in = BenchmarkRow.class.getResourceAsStream("/META-INF/BenchmarkList")) {
      assertTrue(in != null, "expected JMH's list of benchmarks");
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
  }

  @Test
  void everyRow_isABenchmark() throws IOException {
    List<String> known = knownToJmh();
    for (BenchmarkRow row :
        Stream.of(
                BenchmarkRow.CALIBRATION,
                BenchmarkRow.LATTICE,
                BenchmarkRow.GARBLING,
                BenchmarkRow.OT,
                BenchmarkRow.INFERENCE)
            .flatMap(List::stream)
            .toList()) {
      String[] parts = row.benchmark().split("\\.", -1);
      assertEquals(2, parts.length, row.benchmark());
      assertEquals(
          1,
          known.stream()
              .filter(line -> line.contains("." + parts[0] + " "))
              .filter(line -> line.contains(" " + parts[1] + " "))
              .count(),
          row.benchmark());
    }
  }

  @Test
  void garblingAndTransferSets_haveTheNamesThatOthersCompareBy() {
    Set<String> names =
        Stream.concat(BenchmarkRow.GARBLING.stream(), BenchmarkRow.OT.stream())
            .map(BenchmarkRow::name)
            .collect(Collectors.toSet());
    assertTrue(
        names.containsAll(
            Set.of(
                "garble.and",
                "garble.and.total",
                "evaluate.and",
                "relu.garble",
                "relu.evaluate",
                "cot.softspoken")),
        names.toString());
  }

  @Test
  void latticeSet_hasTheNamesThatOthersCompareBy() {
    Set<String> names =
        Stream.concat(BenchmarkRow.CALIBRATION.stream(), BenchmarkRow.LATTICE.stream())
            .map(BenchmarkRow::name)
            .collect(Collectors.toSet());
    assertTrue(
        names.containsAll(
            Set.of(
                "aes.permutation",
                "ntt.forward.reference",
                "ntt.inverse.reference",
                "ntt.forward",
                "ntt.inverse",
                "encrypt.collective",
                "decrypt",
                "multiplyPlain",
                "multiplyRelinearise",
                "rotate",
                "ckg",
                "rkg",
                "gkg",
                "cks",
                "pcks",
                "encryptionToShares",
                "refresh")));
  }

  @Test
  void unknownSet_isRefused() {
    assertThrows(IllegalArgumentException.class, () -> BenchmarkMain.rows("nothing"));
  }
}
