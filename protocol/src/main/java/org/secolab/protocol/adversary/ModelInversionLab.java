package org.secolab.protocol.adversary;

import java.util.Arrays;
import java.util.List;
import org.secolab.foundation.party.PartyId;
import org.secolab.foundation.party.ProtocolAbortException;
import org.secolab.foundation.random.RandomSource;
import org.secolab.modelio.fixed.Modulus;
import org.secolab.protocol.deploy.UniformResidues;
import org.secolab.protocol.inference.SplitPlan;
import org.secolab.protocol.linear.Residues;
import org.secolab.protocol.linear.Tensors;

/** One remote server that colludes with the gateway reads the tensor at the cut, and inverts. */
final class ModelInversionLab implements AttackLab {
  private static final int DIGIT = 7;
  private static final int CUT = 2;

  @Override
  public String name() {
    return "model-inversion";
  }

  @Override
  public String title() {
    return "gateway and one remote server reconstruct the user's image";
  }

  @Override
  public String attackers() {
    return "the gateway and one remote server: the user's input";
  }

  @Override
  public String weakened() {
    return "two servers chained by Delphi: the gateway is the client of a single remote server;"
        + " first layer of the bundled mnist-minionn, a handwritten 7";
  }

  @Override
  public String standard() {
    return "a run of the default protocol with two remote servers, of which one colludes";
  }

  @Override
  public String gist() {
    return """
        Chained Delphi: the gateway keeps the mask r, the remote server gets x − r. Both together
        have x, the tensor at the cut, and the gateway's layers in clear. Each positive activation is
        an equation of the image's pixels, each zero an inequality: a convex problem, solved by
        projected gradient descent. In the default x is masked by every server; without the honest
        one's mask r^1 the coalition holds x − r^1, which is uniform.
        """;
  }

  @Override
  public Finding onWeakened(RandomSource random) {
    DigitModel digit = DigitModel.ofBundledNetwork(DIGIT, random.fork("model"));
    Modulus modulus = digit.model.modulus();
    long[] truth = digit.activations();
    // What the two servers of the chain hold of it.
    long[] gateways = UniformResidues.draw(truth.length, modulus, random.fork("mask"));
    long[] remotes = Tensors.subtract(truth, gateways, modulus);
    return attack(digit, Tensors.add(gateways, remotes, modulus));
  }

  @Override
  public Finding onStandard(RandomSource random) throws ProtocolAbortException {
    DigitModel digit = DigitModel.ofBundledNetwork(DIGIT, random.fork("model"));
    Modulus modulus = digit.model.modulus();
    RecordedRun run = new RecordedRun(digit.model, CUT, List.of(digit.input()), random.fork("run"));
    long[] truth = digit.activations();
    var type = Residues.type(0, "masked-cut", "Online", truth.length, modulus);
    long[] seen =
        run.views().received(RecordedRun.REMOTE2, SplitPlan.GATEWAY, type).getFirst().values();
    for (PartyId party : List.of(SplitPlan.GATEWAY, RecordedRun.REMOTE2)) {
      seen = Tensors.add(seen, digit.mask(run.tape(party)), modulus);
    }
    // The lab itself is checked: all that is missing is remote1's mask.
    long[] honest = digit.mask(run.tape(RecordedRun.REMOTE1));
    if (!Arrays.equals(truth, Tensors.add(seen, honest, modulus))) {
      throw new AssertionError("the lab no longer knows how servers draw their masks");
    }
    return attack(digit, seen);
  }

  private static Finding attack(DigitModel digit, long[] activations) {
    Reconstruction image = digit.invert(activations);
    return new Finding(
            "inked pixels right within 0.1", image.right(), image.inked(), image.byChance())
        .with("root of the mean squared error, all pixels", image.error());
  }
}
