package org.secolab.protocol.adversary;

import java.util.ArrayList;
import java.util.List;
import org.secolab.foundation.party.ProtocolAbortException;
import org.secolab.foundation.random.RandomSource;
import org.secolab.foundation.random.SeededRandom;
import org.secolab.modelio.fixed.FixedModel;
import org.secolab.protocol.inference.SplitPlan;
import org.secolab.protocol.linear.Residues;
import org.secolab.protocol.linear.Tensors;

/** Two inputs under one mask: their difference is in clear. */
final class MaskReuseLab implements AttackLab {
  @Override
  public String name() {
    return "mask-reuse";
  }

  @Override
  public String title() {
    return "material used for two inputs gives their difference away";
  }

  @Override
  public String attackers() {
    return "the gateway: the user's input, when it knows another one (its own query, a blank image)";
  }

  @Override
  public String weakened() {
    return "\"setup runs once\", as the paper has it: the default's own parties, started from the"
        + " same tapes for a second input; 144 input values";
  }

  @Override
  public String standard() {
    return "the default protocol on the same two inputs in one session";
  }

  @Override
  public String gist() {
    return """
        The gateway sees x − r. If r masks a second input too, it sees x' − r, and the difference of
        the two messages is x − x'. One input known, the other is read. The same holds for every
        value that crosses a link under a one-time mask: E^j + ρ^j, z, the labels' d. Material is
        therefore made per inference and handed out once, before the first byte leaves (OneTime).
        """;
  }

  @Override
  public Finding onWeakened(RandomSource random) throws ProtocolAbortException {
    Inputs inputs = new Inputs(random);
    byte[] tapes = random.bytes(SeededRandom.SEED_BYTES);
    List<long[]> seen = new ArrayList<>();
    for (long[] input : List.of(inputs.secret, inputs.known)) {
      RecordedRun run =
          new RecordedRun(inputs.model, SmallModel.CUT, List.of(input), new SeededRandom(tapes));
      seen.addAll(masked(run, inputs.model));
    }
    return attack(inputs, seen);
  }

  @Override
  public Finding onStandard(RandomSource random) throws ProtocolAbortException {
    Inputs inputs = new Inputs(random);
    RecordedRun run =
        new RecordedRun(
            inputs.model, SmallModel.CUT, List.of(inputs.secret, inputs.known), random.fork("run"));
    return attack(inputs, masked(run, inputs.model));
  }

  /** A model and two inputs, of which the gateway knows one. */
  private static final class Inputs {
    final FixedModel model;
    final long[] secret;
    final long[] known;

    Inputs(RandomSource random) {
      model = SmallModel.draw(random.fork("model"));
      secret = SmallModel.input(random.fork("secret input"));
      known = SmallModel.input(random.fork("known input"));
    }
  }

  /** x − r of each inference, as the gateway receives it. */
  private static List<long[]> masked(RecordedRun run, FixedModel model) {
    var type =
        Residues.type(0, "masked-input", "Online", model.inputShape().size(), model.modulus());
    return run.views().received(SplitPlan.GATEWAY, SplitPlan.USER, type).stream()
        .map(Residues::values)
        .toList();
  }

  private static Finding attack(Inputs inputs, List<long[]> seen) {
    long[] difference = Tensors.subtract(seen.get(0), seen.get(1), inputs.model.modulus());
    return Finding.compare(
        "input values recovered",
        Tensors.add(difference, inputs.known, inputs.model.modulus()),
        inputs.secret,
        1.0 / 16);
  }
}
