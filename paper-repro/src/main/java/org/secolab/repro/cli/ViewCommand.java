package org.secolab.repro.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.secolab.foundation.transport.Phase;
import org.secolab.repro.view.ViewDifference;
import org.secolab.repro.view.ViewFilter;
import org.secolab.repro.view.ViewFormatException;
import org.secolab.repro.view.ViewMessage;
import org.secolab.repro.view.ViewReader;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code seco view}: what each party saw in a recorded run. */
@Command(
    name = "view",
    description = "Browse the views that 'seco infer --report DIR' recorded; compare two runs.",
    mixinStandardHelpOptions = true)
final class ViewCommand implements Callable<Integer> {
  @Parameters(paramLabel = "DIR", description = "The folder of a recorded run.")
  private Path folder = Path.of("");

  @Option(names = "--party", paramLabel = "P", description = "Only this party's view.")
  private @Nullable String party;

  @Option(names = "--layer", paramLabel = "I", description = "Only messages of this layer.")
  private @Nullable Integer layer;

  @Option(
      names = "--phase",
      paramLabel = "PHASE",
      description = "Only setupOnce, setupPerInference, preprocessing or online.")
  private @Nullable String phase;

  @Option(names = "--type", paramLabel = "T", description = "Only messages of this type.")
  private @Nullable String type;

  @Option(
      names = "--diff",
      paramLabel = "DIR2",
      description = "Compare structure and lengths with another run; say the first difference.")
  private @Nullable Path other;

  @Option(names = "--json", description = "Print the messages as one JSON object.")
  private boolean json;

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() throws ViewFormatException, IOException {
    if (spec == null) {
      throw new AssertionError("picocli injects the specification");
    }
    if (json && other != null) {
      throw new IllegalArgumentException("expected either --diff or --json, got both");
    }
    ViewFilter filter = filter();
    List<String> parties = wanted(folder);
    PrintWriter out = spec.commandLine().getOut();
    if (other != null) {
      compare(parties, other, filter, out);
    } else if (json) {
      export(parties, filter, out);
    } else {
      for (String one : parties) {
        list(one, filter, out);
      }
    }
    return ExitCodes.DONE;
  }

  private ViewFilter filter() {
    List<String> phases = Arrays.stream(Phase.values()).map(Phase::label).toList();
    if (phase != null && !phases.contains(phase)) {
      throw new IllegalArgumentException("--phase: expected one of " + phases + ", got " + phase);
    }
    return new ViewFilter(
        Optional.ofNullable(phase),
        layer == null ? OptionalInt.empty() : OptionalInt.of(layer),
        Optional.ofNullable(type));
  }

  private List<String> wanted(Path run) throws ViewFormatException, IOException {
    List<String> all = ViewReader.parties(run);
    if (party == null) {
      return all;
    }
    if (!all.contains(party)) {
      throw new IllegalArgumentException("--party: expected one of " + all + ", got " + party);
    }
    return List.of(party);
  }

  private void list(String name, ViewFilter filter, PrintWriter out)
      throws ViewFormatException, IOException {
    out.println("view of " + name);
    long messages = 0;
    long sent = 0;
    long received = 0;
    try (ViewReader view = new ViewReader(folder, name)) {
      for (ViewMessage m = view.next(); m != null; m = view.next()) {
        if (!filter.accepts(m)) {
          continue;
        }
        messages++;
        boolean own = m.direction().equals(ViewMessage.SENT);
        sent += own ? m.bytes() : 0;
        received += own ? 0 : m.bytes();
        out.printf(
            "%7d  %-17s %3d  %s %-9s %-26s %12d  %s%s%n",
            m.number(),
            m.phase(),
            m.layer(),
            own ? "to  " : "from",
            m.peer(),
            m.type(),
            m.bytes(),
            m.step(),
            m.shape().isEmpty() ? "" : " (" + m.shape() + ")");
      }
    }
    out.printf("%d messages, %d bytes sent, %d received%n%n", messages, sent, received);
  }

  private void compare(List<String> parties, Path there, ViewFilter filter, PrintWriter out)
      throws ViewFormatException, IOException {
    List<String> theirs = wanted(there);
    if (!parties.equals(theirs)) {
      out.println("different parties: " + parties + "; there: " + theirs);
      return;
    }
    for (String name : parties) {
      try (ViewReader one = new ViewReader(folder, name);
          ViewReader two = new ViewReader(there, name)) {
        ViewDifference difference = ViewDifference.of(one, two, filter);
        out.printf(
            "%s: %s%n",
            name,
            difference
                .first()
                .map(first -> "first difference: " + first)
                .orElse(
                    "equal structure and lengths, "
                        + difference.messages()
                        + " messages, "
                        + difference.equalContents()
                        + " of them with equal contents"));
      }
    }
  }

  private void export(List<String> parties, ViewFilter filter, PrintWriter out)
      throws ViewFormatException, IOException {
    JsonGenerator generator = new ObjectMapper().createGenerator(out);
    generator.writeStartObject();
    generator.writeObjectFieldStart("parties");
    for (String name : parties) {
      generator.writeArrayFieldStart(name);
      try (ViewReader view = new ViewReader(folder, name)) {
        for (ViewMessage m = view.next(); m != null; m = view.next()) {
          if (filter.accepts(m)) {
            generator.writeTree(m.json());
          }
        }
      }
      generator.writeEndArray();
    }
    generator.writeEndObject();
    generator.writeEndObject();
    generator.flush();
    out.println();
  }
}
