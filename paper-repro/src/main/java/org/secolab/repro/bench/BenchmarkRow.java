package org.secolab.repro.bench;

import java.util.List;

/**
 * One figure of a report: which benchmark it comes from and what it is called there. The names are
 * a contract: other runs are compared by them.
 *
 * @param benchmark simple name of the class and the method, with a dot between
 * @param name in reports
 * @param rate for figures per second what is counted, such as {@code AND}; empty: time
 * @param operations how many operations of the benchmark make one of the row
 */
record BenchmarkRow(String benchmark, String name, String rate, int operations) {
  /** A time. */
  BenchmarkRow(String benchmark, String name) {
    this(benchmark, name, "");
  }

  /** What the benchmark counts. */
  BenchmarkRow(String benchmark, String name, String rate) {
    this(benchmark, name, rate, 1);
  }

  /** Blocks of AES per second, to which times are put in relation. */
  static final String AES = "aes.permutation";

  /** The scalar transform, to which times are put in relation. */
  static final String REFERENCE = "ntt.forward.reference";

  /** What every set begins with. */
  static final List<BenchmarkRow> CALIBRATION =
      List.of(
          new BenchmarkRow("CalibrationBenchmarks.aesPermutation", AES),
          new BenchmarkRow("CalibrationBenchmarks.nttForwardReference", REFERENCE));

  /** The rows of {@code seco bench lattice}. */
  static final List<BenchmarkRow> LATTICE =
      List.of(
          new BenchmarkRow("CalibrationBenchmarks.nttInverseReference", "ntt.inverse.reference"),
          new BenchmarkRow("TransformBenchmarks.forward", "ntt.forward"),
          new BenchmarkRow("TransformBenchmarks.inverse", "ntt.inverse"),
          new BenchmarkRow("BfvBenchmarks.encrypt", "encrypt.collective"),
          new BenchmarkRow("BfvBenchmarks.decrypt", "decrypt"),
          new BenchmarkRow("BfvBenchmarks.multiplyPlain", "multiplyPlain"),
          new BenchmarkRow("EvaluationBenchmarks.multiplyRelinearise", "multiplyRelinearise"),
          new BenchmarkRow("EvaluationBenchmarks.multiplySumRelinearise", "multiplySumRelinearise"),
          new BenchmarkRow("EvaluationBenchmarks.rotate", "rotate"),
          new BenchmarkRow("EvaluationBenchmarks.rotateHoisted", "rotate.hoisted"),
          new BenchmarkRow("MultipartyBenchmarks.ckg", "ckg"),
          new BenchmarkRow("MultipartyBenchmarks.rkg", "rkg"),
          new BenchmarkRow("MultipartyBenchmarks.gkg", "gkg"),
          new BenchmarkRow("MultipartyBenchmarks.cks", "cks"),
          new BenchmarkRow("MultipartyBenchmarks.cksShare", "cks.share"),
          new BenchmarkRow("MultipartyBenchmarks.pcks", "pcks"),
          new BenchmarkRow("MultipartyBenchmarks.encryptionToShares", "encryptionToShares"),
          new BenchmarkRow("MultipartyBenchmarks.refresh", "refresh"));

  /** The rows of {@code seco bench garbling}: work of one party. */
  static final List<BenchmarkRow> GARBLING =
      List.of(
          new BenchmarkRow("GarblingBenchmarks.rows", "garble.and", "AND"),
          new BenchmarkRow("GarblingBenchmarks.garbleTotal", "garble.and.total", "AND"),
          new BenchmarkRow("GarblingBenchmarks.evaluate", "evaluate.and", "AND"),
          // The same runs, counted by rectified values instead of AND gates.
          new BenchmarkRow(
              "GarblingBenchmarks.garbleTotal", "relu.garble", "", GarblingBenchmarks.ANDS),
          new BenchmarkRow(
              "GarblingBenchmarks.evaluate", "relu.evaluate", "", GarblingBenchmarks.ANDS));

  /** The rows of {@code seco bench ot}: work of one party. */
  static final List<BenchmarkRow> OT =
      List.of(
          new BenchmarkRow("TransferBenchmarks.receive", "cot.softspoken", "COT"),
          new BenchmarkRow("TransferBenchmarks.send", "cot.softspoken.send", "COT"),
          new BenchmarkRow("TransferBenchmarks.base", "ot.base"));

  /** The rows of {@code seco bench inference}: work of all parties together. */
  static final List<BenchmarkRow> INFERENCE =
      List.of(
          new BenchmarkRow("InferenceBenchmarks.convolution", "linear.conv"),
          new BenchmarkRow("InferenceBenchmarks.online", "inference.online"));

  /** What JMH is asked for: exactly this benchmark. */
  String pattern() {
    return "\\." + benchmark.replace(".", "\\.") + "$";
  }
}
