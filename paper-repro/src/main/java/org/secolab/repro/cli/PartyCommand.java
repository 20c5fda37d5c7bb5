package org.secolab.repro.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.secolab.foundation.party.PartyId;
import org.secolab.foundation.party.ProtocolAbortException;
import org.secolab.foundation.party.Roster;
import org.secolab.foundation.party.SessionId;
import org.secolab.foundation.random.RandomSource;
import org.secolab.foundation.random.SystemRandom;
import org.secolab.foundation.transport.Channel;
import org.secolab.foundation.transport.CostMeter;
import org.secolab.foundation.transport.LinkClosedException;
import org.secolab.foundation.transport.MeteringChannel;
import org.secolab.foundation.transport.PartyClock;
import org.secolab.foundation.transport.PartyEvents;
import org.secolab.foundation.transport.Session;
import org.secolab.foundation.transport.ShapedChannel;
import org.secolab.foundation.wire.WireWriter;
import org.secolab.lattice.rlwe.Flooding;
import org.secolab.modelio.input.InputFormatException;
import org.secolab.protocol.deploy.ModelHash;
import org.secolab.protocol.deploy.Part;
import org.secolab.protocol.deploy.PartFile;
import org.secolab.protocol.deploy.PartFormatException;
import org.secolab.protocol.deploy.PartHeader;
import org.secolab.protocol.deploy.ServerPart;
import org.secolab.protocol.deploy.UserPart;
import org.secolab.protocol.inference.PartyOutcome;
import org.secolab.protocol.inference.ProgressListener;
import org.secolab.protocol.inference.SplitPlan;
import org.secolab.protocol.inference.TimePad;
import org.secolab.protocol.remote.Identity;
import org.secolab.protocol.remote.RemoteChannel;
import org.secolab.protocol.remote.Run;
import org.secolab.protocol.seco.FloodedNoise;
import org.secolab.protocol.seco.SecoParty;
import org.secolab.protocol.seco.SecoStore;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code seco party}: one party of a deployment, for one run. With a store the run makes material
 * for others to come, or uses what an earlier one made.
 */
@Command(
    name = "party",
    description =
        "One party of a deployment: links up with the others over mutual TLS, takes part in one"
            + " run, and ends. Its key and its part of the model are in the folder of its name"
            + " beside the deployment file.",
    mixinStandardHelpOptions = true)
final class PartyCommand implements Callable<Integer> {
  @Option(
      names = "--deployment",
      required = true,
      paramLabel = "D.json",
      description = "The deployment file.")
  private Path deployment = Path.of(".");

  @Option(names = "--name", required = true, paramLabel = "NAME", description = "Which party.")
  private String name = "";

  @Option(
      names = "--patience",
      defaultValue = "60",
      paramLabel = "S",
      description = "Seconds to wait for the others to start (default: ${DEFAULT-VALUE}).")
  private int patienceSeconds = 60;

  @Option(names = "--json", description = "Print one JSON object on standard output.")
  private boolean json;

  @Mixin private RunningOptions running = new RunningOptions();
  @Mixin private LogOptions log = new LogOptions();
  @Mixin private StoreOptions stores = new StoreOptions();
  @Mixin private InputOptions input = new InputOptions();
  @Mixin private PadOptions padding = new PadOptions();

  @Spec private @Nullable CommandSpec spec;

  private CommandSpec spec() {
    if (spec == null) {
      throw new AssertionError("picocli injects the specification");
    }
    return spec;
  }

  @Override
  public Integer call()
      throws InputFormatException, PartFormatException, ProtocolAbortException, IOException {
    DeploymentFile file = DeploymentFile.read(deployment);
    PartyId self = file.parties().entry(new PartyId(name)).party();
    Path partFile =
        deployment.toAbsolutePath().resolveSibling(self.name()).resolve(PartFile.name(self));
    Part part =
        self.equals(SplitPlan.USER)
            ? PartFile.readUser(partFile)
            : PartFile.readServer(partFile, self);
    check(file, partFile, part.header());
    List<TimePad> pads = padding.pads(part, stores.prepare() > 0);
    List<long[]> encoded = new ArrayList<>();
    LabelledInputs inputs = null;
    if (stores.prepare() > 0 && input.isGiven()) {
      throw new IllegalArgumentException("--input: expected none with --prepare");
    }
    if (part instanceof UserPart user && stores.prepare() == 0) {
      inputs = input.read(user.format().inputShape(), partFile);
      for (float[] tensor : inputs.tensors()) {
        encoded.add(user.format().encodeInput(tensor));
      }
    } else if (input.isGiven()) {
      throw new IllegalArgumentException("--input: expected for the user only, got it for " + self);
    }

    if (!stores.isGiven()) {
      Finished finished = run(file, part, encoded, null, pads);
      report(part, inputs, finished, finished.inferences, pads);
    } else {
      try (SecoStore store = stores.open(part)) {
        warnOfFlooding(part, store.made() + stores.prepare());
        report(part, inputs, run(file, part, encoded, store, pads), store.made(), pads);
        PrintWriter out = json ? spec().commandLine().getErr() : spec().commandLine().getOut();
        out.printf("%s: %d prepared inferences left%n", self, store.left());
      }
    }
    return ExitCodes.DONE;
  }

  /** Keys of a store outlive runs, and the distance that flooding leaves adds up under a key. */
  private void warnOfFlooding(Part part, int inferences) {
    FloodedNoise flooded = FloodedNoise.of(part, inferences);
    if (flooded.isTooMuch()) {
      spec()
          .commandLine()
          .getErr()
          .printf(
              Locale.ROOT,
              "%s: warning: %d inferences under the keys of one store flood %,d coefficients, total"
                  + " statistical distance 2^%.1f; expected at most 2^-%d, begin new stores%n",
              part.party(),
              inferences,
              flooded.coefficients(),
              flooded.statisticalDistanceLog2(),
              Flooding.LEAST_STATISTICAL_SECURITY_BITS);
    }
  }

  /** What came of a run for how many inferences, and what it cost. */
  private record Finished(PartyOutcome outcome, int inferences, CostMeter meter) {}

  private Finished run(
      DeploymentFile file,
      Part part,
      List<long[]> inputs,
      @Nullable SecoStore store,
      List<TimePad> pads)
      throws ProtocolAbortException, IOException {
    return log.run(events -> run(file, part, inputs, store, pads, events.apply(part.party())));
  }

  /** From linking up to the end of the run. */
  private Finished run(
      DeploymentFile file,
      Part part,
      List<long[]> inputs,
      @Nullable SecoStore store,
      List<TimePad> pads,
      PartyEvents events)
      throws ProtocolAbortException, IOException {
    RemoteChannel channel = open(file, part.party());
    PartyClock clock = PartyClock.startingNow();
    CostMeter meter = new CostMeter(clock, events);
    try {
      Channel shaped = ShapedChannel.over(channel, running.network(), clock);
      Channel padded = TimePad.over(pads, shaped, clock);
      Finished finished = run(file, part, inputs, store, padded, meter);
      channel.close();
      return finished;
    } catch (ProtocolAbortException e) {
      channel.abort(String.valueOf(e.getMessage()));
      throw e;
    } catch (IOException e) {
      channel.abort("its store of prepared material cannot be used");
      throw e;
    } catch (RuntimeException | Error e) {
      channel.abort("internal error");
      throw e;
    }
  }

  private void report(
      Part part,
      @Nullable LabelledInputs inputs,
      Finished finished,
      int underTheseKeys,
      List<TimePad> pads) {
    PartyReport report =
        new PartyReport(
            part,
            running.network(),
            finished.outcome,
            finished.meter,
            FloodedNoise.of(part, underTheseKeys),
            pads);
    PrintWriter out = spec().commandLine().getOut();
    if (json) {
      report.printJson(inputs, out);
    } else {
      report.print(inputs, out);
    }
  }

  private static void check(DeploymentFile file, Path partFile, PartHeader header)
      throws PartFormatException {
    if (!header.model().equals(file.model())) {
      throw new PartFormatException(
          partFile, "expected a part of deployment " + file.model() + ", got " + header.model());
    }
    if (!header.split().parties().equals(file.parties().parties())) {
      throw new PartFormatException(
          partFile,
          "expected parties " + file.parties().parties() + ", got " + header.split().parties());
    }
    if (header.userKey().isInsecure() || header.collectiveKey().isInsecure()) {
      throw new PartFormatException(
          partFile, "expected secure parameters, got " + header.collectiveKey().spec().name());
    }
  }

  private RemoteChannel open(DeploymentFile file, PartyId self) throws ProtocolAbortException {
    if (!json) {
      spec().commandLine().getErr().println(self + ": waiting for the others ...");
    }
    try {
      return RemoteChannel.open(
          file.parties(),
          self,
          Identity.read(deployment.toAbsolutePath().resolveSibling(self.name())),
          agreed(file),
          Duration.ofSeconds(patienceSeconds));
    } catch (LinkClosedException e) {
      throw new ProtocolAbortException(e.peer(), e);
    } catch (IOException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  /** What all parties must have in common: deployment, simulated network, use of stores. */
  private byte[] agreed(DeploymentFile file) {
    byte[] network =
        running.network().isSimulated()
            ? running.network().toString().getBytes(StandardCharsets.UTF_8)
            : new byte[0];
    return new WireWriter(64)
        .bytes(file.model().bytes())
        .bytes(network)
        .bytes(stores.agreed().getBytes(StandardCharsets.UTF_8))
        .toByteArray();
  }

  private Finished run(
      DeploymentFile file,
      Part part,
      List<long[]> inputs,
      @Nullable SecoStore store,
      Channel channel,
      CostMeter meter)
      throws ProtocolAbortException, IOException {
    RandomSource random = new SystemRandom();
    Roster roster = new Roster(file.parties().parties(), part.party());
    SessionId opening = opening(file.model());
    Run run =
        part instanceof UserPart
            ? Run.ask(
                channel, roster, opening, stores.prepare() > 0 ? stores.prepare() : inputs.size())
            : part.party().equals(SplitPlan.GATEWAY)
                ? Run.start(channel, roster, opening, random.fork("session"))
                : Run.hear(channel, roster, opening);
    Session session =
        new Session(run.session(), roster, new MeteringChannel(channel, meter), meter);
    RandomSource own = random.fork("party");
    if (json || !part.party().equals(SplitPlan.GATEWAY)) {
      PartyOutcome outcome = run(part, session, run, inputs, store, ProgressListener.SILENT, own);
      return new Finished(outcome, run.inferences(), meter);
    }
    try (PhaseBars bars = new PhaseBars()) {
      PartyOutcome outcome = run(part, session, run, inputs, store, bars, own);
      return new Finished(outcome, run.inferences(), meter);
    }
  }

  private PartyOutcome run(
      Part part,
      Session session,
      Run run,
      List<long[]> inputs,
      @Nullable SecoStore store,
      ProgressListener progress,
      RandomSource random)
      throws ProtocolAbortException, IOException {
    if (store == null) {
      return switch (part) {
        case UserPart user -> SecoParty.user(user, session, inputs, random);
        case ServerPart server ->
            SecoParty.server(server, session, run.inferences(), progress, random);
      };
    }
    if (stores.prepare() > 0) {
      return store.prepare(session, run.inferences(), progress, random);
    }
    return switch (part) {
      case UserPart _ -> store.infer(session, inputs, random);
      case ServerPart _ -> store.serve(session, run.inferences(), progress, random);
    };
  }

  /** Under what name the parties talk before the run has one. */
  private static SessionId opening(ModelHash model) {
    ByteBuffer bytes = ByteBuffer.wrap(model.bytes());
    return new SessionId(bytes.getLong(), bytes.getLong());
  }
}
