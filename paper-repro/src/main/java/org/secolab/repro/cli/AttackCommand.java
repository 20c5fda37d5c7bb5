package org.secolab.repro.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.secolab.foundation.party.ProtocolAbortException;
import org.secolab.foundation.random.RandomSource;
import org.secolab.protocol.adversary.AttackLab;
import org.secolab.protocol.adversary.Finding;
import org.secolab.protocol.adversary.LabOutcome;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code seco attack}: runs attacks of the security laboratory in both directions. */
@Command(
    name = "attack",
    description = {
      "The security laboratory: runs an attack on a weakened or printed variant, where it must"
          + " succeed, and on the default protocol, where it must not.",
      "Exit code 6 if an attack ended otherwise than expected."
    },
    mixinStandardHelpOptions = true)
final class AttackCommand implements Callable<Integer> {
  private static final String LIST = "list";

  /** Most labs compute on one thread only. */
  private static final int SIDE_BY_SIDE = 2;

  @Parameters(
      paramLabel = "NAME|list",
      description = "Which attack; list: all of them, with one line for each outcome.")
  private String name = LIST;

  @Option(names = "--no-run", description = "With list: names only.")
  private boolean namesOnly;

  @Option(names = "--json", description = "Print one JSON object on standard output.")
  private boolean json;

  @Mixin private SeedOption seed = new SeedOption();

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() throws ProtocolAbortException, InterruptedException {
    boolean all = name.equals(LIST);
    List<AttackLab> labs = all ? AttackLab.all() : List.of(AttackLab.named(name));
    if (namesOnly && !all) {
      throw new IllegalArgumentException("--no-run: expected with list, got with " + name);
    }
    if (namesOnly) {
      labs.forEach(lab -> out().printf("%-24s %s%n", lab.name(), lab.title()));
      return ExitCodes.DONE;
    }
    RandomSource random = seed.random(spec().commandLine().getErr());
    if (!all && !json) {
      describe(labs.getFirst());
    }
    List<LabOutcome> outcomes = run(labs, random);
    boolean expected = outcomes.stream().allMatch(LabOutcome::isAsExpected);
    if (json) {
      print(outcomes);
    } else if (all) {
      outcomes.forEach(this::line);
      out()
          .printf(
              "%n%s%n",
              expected
                  ? "All attacks succeed without the guard and fail on the default protocol."
                  : "UNEXPECTED: see the lines marked so.");
    } else {
      details(outcomes.getFirst());
    }
    return expected ? ExitCodes.DONE : ExitCodes.UNEXPECTED_OUTCOME;
  }

  /** One alone has all processors; of several, two run side by side. */
  private static List<LabOutcome> run(List<AttackLab> labs, RandomSource random)
      throws ProtocolAbortException, InterruptedException {
    try (StepBar bar = new StepBar("attacks", labs.size())) {
      return LabOutcome.of(labs, Math.min(SIDE_BY_SIDE, labs.size()), bar::step, random);
    }
  }

  private CommandSpec spec() {
    if (spec == null) {
      throw new AssertionError("picocli injects the specification");
    }
    return spec;
  }

  private PrintWriter out() {
    return spec().commandLine().getOut();
  }

  private void line(LabOutcome outcome) {
    out()
        .printf(
            Locale.ROOT,
            "%-24s weakened: %s; default: %d of %d (guessing: %.1f)%s%n",
            outcome.lab().name(),
            outcome.weakened().summary(),
            outcome.standard().right(),
            outcome.standard().of(),
            outcome.standard().guessed(),
            outcome.isAsExpected() ? "" : "  UNEXPECTED");
  }

  private void describe(AttackLab lab) {
    out().printf("%s: %s%n%n%s%n", lab.name(), lab.title(), lab.gist());
    out().printf("attackers: %s%n%n", lab.attackers());
    out().flush();
  }

  private void details(LabOutcome outcome) {
    out().printf("weakened: %s%n", outcome.lab().weakened());
    details(outcome.weakened());
    out().printf("%ndefault: %s%n", outcome.lab().standard());
    details(outcome.standard());
    out()
        .printf(
            Locale.ROOT,
            "%n%s (%.1f s). The page: docs/attacks/%s.md%n",
            outcome.isAsExpected()
                ? "As expected: succeeds without the guard, fails on the default protocol"
                : "UNEXPECTED OUTCOME",
            outcome.nanos() / 1e9,
            outcome.lab().name());
  }

  private void details(Finding finding) {
    out().printf(Locale.ROOT, "  %s (guessing: %.1f)%n", finding.summary(), finding.guessed());
    finding
        .evidence()
        .forEach(e -> out().printf(Locale.ROOT, "  %s: %s%n", e.what(), number(e.value())));
  }

  private static String number(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? String.format(Locale.ROOT, "%,d", (long) value)
        : String.format(Locale.ROOT, "%.4g", value);
  }

  private void print(List<LabOutcome> outcomes) {
    ObjectMapper mapper = new ObjectMapper();
    ObjectNode root = mapper.createObjectNode();
    if (seed.isGiven()) {
      root.put("notice", InferenceJson.INSECURE_NOTICE);
    }
    ArrayNode labs = root.putArray("labs");
    for (LabOutcome outcome : outcomes) {
      ObjectNode lab = labs.addObject();
      lab.put("name", outcome.lab().name());
      lab.put("title", outcome.lab().title());
      lab.put("attackers", outcome.lab().attackers());
      fill(lab.putObject("weakened"), outcome.lab().weakened(), outcome.weakened());
      fill(lab.putObject("default"), outcome.lab().standard(), outcome.standard());
      lab.put("asExpected", outcome.isAsExpected());
      lab.put("millis", outcome.nanos() / 1_000_000);
    }
    try {
      out().println(mapper.writerWithDefaultPrettyPrinter().writeValueAsString(root));
    } catch (JsonProcessingException e) {
      throw new AssertionError("a tree of numbers and strings can be written", e);
    }
  }

  private static void fill(ObjectNode node, String variant, Finding finding) {
    node.put("variant", variant);
    node.put("what", finding.unit());
    node.put("right", finding.right());
    node.put("of", finding.of());
    node.put("byChance", finding.byChance());
    node.put("succeeded", finding.succeeded());
    ObjectNode evidence = node.putObject("evidence");
    finding.evidence().forEach(e -> evidence.put(e.what(), e.value()));
  }
}
