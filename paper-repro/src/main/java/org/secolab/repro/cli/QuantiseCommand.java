package org.secolab.repro.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.secolab.modelio.accuracy.Accuracy;
import org.secolab.modelio.accuracy.AccuracyStudy;
import org.secolab.modelio.bundled.BundledModels;
import org.secolab.modelio.fixed.InputRange;
import org.secolab.modelio.fixed.QuantisedModel;
import org.secolab.modelio.fixed.Quantiser;
import org.secolab.modelio.fixed.RangePolicy;
import org.secolab.modelio.fixed.RangeReport;
import org.secolab.modelio.graph.Model;
import org.secolab.modelio.graph.ModelFormatException;
import org.secolab.modelio.input.InputFormatException;
import org.secolab.modelio.input.InputReader;
import org.secolab.modelio.input.Inputs;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code seco quantise}: what fraction and ring bits cost in accuracy. */
@Command(
    name = "quantise",
    description =
        "Accuracy in fixed point over fraction and ring bits, against float; observed and proven"
            + " bits of every layer.",
    mixinStandardHelpOptions = true)
final class QuantiseCommand implements Callable<Integer> {
  private static final int LEAST_FRACTION_BITS = 4;
  private static final int MOST_FRACTION_BITS = 12;

  /** Rings beside the menu's, small enough to see the accuracy break down. */
  private static final List<Integer> RING_BITS = List.of(16, 18, 20, 22, 24, 28, 32, 40, 48);

  /** Of accuracy, in points, that the chosen f may lose against float. */
  private static final double TOLERATED_LOSS = 0.3;

  /** Of inputs, in per cent, that the chosen f must classify as float does. */
  private static final double REQUIRED_AGREEMENT = 99.5;

  /** The largest difference from float that counts as close. */
  private static final double CLOSE_LOGITS = 0.1;

  @Mixin private ModelOption model = new ModelOption();

  @Option(
      names = "--input",
      paramLabel = "F",
      description =
          "Inputs: PNG, JPEG, NPY, NPZ, IDX, CSV, or .gz of them (default for bundled models: 100"
              + " MNIST images).")
  private @Nullable Path input;

  @Option(
      names = "--labels",
      paramLabel = "F",
      description = "What the inputs really are: IDX, NPY, NPZ, CSV, or .gz of them.")
  private @Nullable Path labels;

  @Option(
      names = "--index",
      defaultValue = "0",
      paramLabel = "K",
      description = "The first input to take, from 0 on (default: ${DEFAULT-VALUE}).")
  private int index;

  @Option(
      names = "--count",
      paramLabel = "N",
      description = "How many inputs to take (default: all).")
  private int count = InputReader.ALL;

  @Mixin private PixelOptions pixels = new PixelOptions();

  @Option(
      names = "--report",
      paramLabel = "DIR",
      description = "Write quantise.csv and quantise.svg there.")
  private @Nullable Path report;

  @Spec private @Nullable CommandSpec spec;

  /** One line of the table: what was measured at f fraction bits. */
  record Row(
      int fractionBits,
      double provenBits,
      double observedBits,
      Accuracy accuracy,
      List<Double> percentByRing) {}

  @Override
  public Integer call() throws ModelFormatException, InputFormatException, IOException {
    if (spec == null) {
      throw new AssertionError("picocli injects the specification");
    }
    if (index < 0 || count < 1) {
      throw new IllegalArgumentException(
          "--index, --count: expected at least 0 and 1, got " + index + " and " + count);
    }
    PrintWriter out = spec.commandLine().getOut();
    Model floatModel = model.open();
    Inputs inputs = inputs(floatModel);
    AccuracyStudy study = new AccuracyStudy(floatModel, inputs.tensors(), labels(inputs));
    List<Row> rows = new ArrayList<>();
    int steps = MOST_FRACTION_BITS - LEAST_FRACTION_BITS + 1;
    try (StepBar bar = new StepBar("fraction bits", steps)) {
      for (int f = LEAST_FRACTION_BITS; f <= MOST_FRACTION_BITS; f++) {
        rows.add(row(floatModel, inputs, study, f));
        bar.step();
      }
    }
    printTable(floatModel, rows, out);
    printClose(rows, out);
    Optional<Row> chosen = from(rows, QuantiseCommand::isGoodEnough);
    if (chosen.isPresent()) {
      printChosen(floatModel, inputs, chosen.get(), out);
    } else {
      out.printf(
          Locale.ROOT,
          "no f up to %d stays within %.1f points of float and agrees on %.1f %%%n",
          MOST_FRACTION_BITS,
          TOLERATED_LOSS,
          REQUIRED_AGREEMENT);
    }
    if (report != null) {
      Files.createDirectories(report);
      AccuracyPlot.write(floatModel.name(), RING_BITS, rows, report);
      out.printf("%nwrote %s and %s%n", AccuracyPlot.csv(report), AccuracyPlot.svg(report));
    }
    return ExitCodes.DONE;
  }

  private Inputs inputs(Model floatModel) throws InputFormatException {
    if (input == null) {
      if (!ModelOption.isBundled(model.file())) {
        throw new IllegalArgumentException("expected --input and --labels, got none");
      }
      Inputs all = BundledModels.testImages();
      int end = (int) Math.min(all.tensors().size(), (long) index + count);
      if (index >= end) {
        throw new IllegalArgumentException(
            "--index: expected below " + all.tensors().size() + ", got " + index);
      }
      return new Inputs(all.tensors().subList(index, end), index, all.range());
    }
    return InputReader.read(
        input, floatModel.inputShape(), pixels.preprocessing(model.file()), index, count);
  }

  private int[] labels(Inputs inputs) throws InputFormatException {
    if (input != null && labels == null) {
      throw new IllegalArgumentException("expected --labels beside --input, got none");
    }
    int[] all = labels == null ? BundledModels.testLabels() : InputReader.readLabels(labels);
    int end = inputs.firstIndex() + inputs.tensors().size();
    if (all.length < end) {
      throw new InputFormatException(
          String.valueOf(labels), "expected at least " + end + " labels, found " + all.length);
    }
    return Arrays.copyOfRange(all, inputs.firstIndex(), end);
  }

  private static Row row(Model floatModel, Inputs inputs, AccuracyStudy study, int fractionBits)
      throws ModelFormatException {
    QuantisedModel wide =
        Quantiser.quantise(
            floatModel,
            fractionBits,
            inputs.range(),
            new RangePolicy.Calibrated(inputs.tensors(), 0));
    double observed = wide.ranges().observedBits().orElseThrow();
    Accuracy accuracy = study.of(wide.model());
    List<Double> percents = new ArrayList<>();
    for (int bits : RING_BITS) {
      // A ring that holds what was observed changes nothing.
      percents.add(
          bits >= observed
              ? accuracy.fixedPercent()
              : study
                  .of(quantise(floatModel, fractionBits, inputs.range(), bits).model())
                  .fixedPercent());
    }
    return new Row(fractionBits, wide.ranges().provenBits(), observed, accuracy, percents);
  }

  private static QuantisedModel quantise(Model model, int fractionBits, InputRange range, int bits)
      throws ModelFormatException {
    return Quantiser.quantise(model, fractionBits, range, new RangePolicy.Explicit(bits));
  }

  /** The first row from which on every row is good. */
  private static Optional<Row> from(List<Row> rows, Predicate<Row> isGood) {
    Optional<Row> first = Optional.empty();
    for (Row row : rows.reversed()) {
      if (!isGood.test(row)) {
        break;
      }
      first = Optional.of(row);
    }
    return first;
  }

  private static boolean isGoodEnough(Row row) {
    return row.accuracy().fixedPercent() >= row.accuracy().floatPercent() - TOLERATED_LOSS
        && row.accuracy().agreementPercent() >= REQUIRED_AGREEMENT;
  }

  private static void printTable(Model floatModel, List<Row> rows, PrintWriter out) {
    Accuracy first = rows.getFirst().accuracy();
    out.printf(
        Locale.ROOT,
        "model %s, %,d inputs, float accuracy %.2f %%%n%n",
        floatModel.name(),
        first.inputs(),
        first.floatPercent());
    out.printf(
        "%3s %7s %8s %10s %9s %9s   %s%n",
        "f", "proven", "observed", "accuracy", "agreement", "max error", "accuracy by ring bits");
    out.printf("%52s", "");
    RING_BITS.forEach(bits -> out.printf("%7d", bits));
    out.println();
    for (Row row : rows) {
      out.printf(
          Locale.ROOT,
          "%3d %7.2f %8.2f %8.2f %% %7.2f %% %9.4f ",
          row.fractionBits(),
          row.provenBits(),
          row.observedBits(),
          row.accuracy().fixedPercent(),
          row.accuracy().agreementPercent(),
          row.accuracy().largestLogitError());
      row.percentByRing().forEach(percent -> out.printf(Locale.ROOT, "%7.2f", percent));
      out.println();
    }
  }

  private static void printClose(List<Row> rows, PrintWriter out) {
    out.println();
    from(rows, row -> row.accuracy().largestLogitError() <= CLOSE_LOGITS)
        .ifPresent(
            row ->
                out.printf(
                    Locale.ROOT,
                    "every output within %.1f of float: from f = %d on; %s%n",
                    CLOSE_LOGITS,
                    row.fractionBits(),
                    rings(row)));
  }

  private static void printChosen(Model floatModel, Inputs inputs, Row chosen, PrintWriter out)
      throws ModelFormatException {
    int f = chosen.fractionBits();
    QuantisedModel quantised =
        Quantiser.quantise(
            floatModel, f, inputs.range(), new RangePolicy.Calibrated(inputs.tensors(), 0));
    out.printf(
        Locale.ROOT,
        "accuracy within %.1f points of float, %.1f %% classified alike: from f = %d on; %s%n%n",
        TOLERATED_LOSS,
        REQUIRED_AGREEMENT,
        f,
        rings(chosen));
    out.printf("%5s  %-36s %7s %8s%n", "layer", "name", "proven", "observed");
    for (RangeReport.LayerRange range : quantised.ranges().layers()) {
      out.printf(
          Locale.ROOT,
          "%5d  %-36s %7.2f %8.2f%n",
          range.layer(),
          range.name(),
          range.provenBits(),
          range.observedBits().orElse(Double.NaN));
    }
    int classes = chosen.accuracy().confusion().classes();
    if (classes <= 20) {
      out.printf("%nconfusion at f = %d (rows: what it is, columns: what it was taken for)%n", f);
      out.printf("%5s", "");
      for (int c = 0; c < classes; c++) {
        out.printf("%6d", c);
      }
      out.println();
      for (int label = 0; label < classes; label++) {
        out.printf("%5d", label);
        for (int c = 0; c < classes; c++) {
          out.printf("%6d", chosen.accuracy().confusion().count(label, c));
        }
        out.println();
      }
    }
  }

  /** The rings of the menu that are proven and that hold what was observed. */
  private static String rings(Row row) {
    return "ring "
        + smallestRing(row.provenBits())
        + " proven, "
        + smallestRing(row.observedBits())
        + " observed";
  }

  private static String smallestRing(double bits) {
    return RangePolicy.MENU.stream()
        .filter(size -> bits <= size)
        .findFirst()
        .map(size -> "2^" + size)
        .orElse("none up to 2^" + RangePolicy.MENU.getLast());
  }
}
