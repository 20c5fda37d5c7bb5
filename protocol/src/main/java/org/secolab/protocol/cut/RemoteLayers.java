package org.secolab.protocol.cut;

import org.secolab.foundation.party.ProtocolAbortException;
import org.secolab.foundation.random.RandomSource;
import org.secolab.foundation.transport.Phase;
import org.secolab.foundation.transport.Session;
import org.secolab.lattice.bfv.BfvEncryptor;
import org.secolab.modelio.fixed.FixedPointEngine;
import org.secolab.modelio.fixed.Modulus;
import org.secolab.protocol.inference.SplitPlan;
import org.secolab.protocol.linear.LinearLayer;
import org.secolab.protocol.linear.Tensors;
import org.secolab.protocol.linear.WeightSet;
import org.secolab.protocol.nonlinear.ActivationLayer;

/** Layers c+1..L at a remote server, online: from the masked tensor at the cut to the result. */
public final class RemoteLayers {
  private final CutPlan plan;
  private final Session session;
  private final WeightSet weights;
  private final BfvEncryptor user;
  private final Modulus modulus;

  /** How protocols differ behind the cut. */
  @FunctionalInterface
  public interface Activation {
    /**
     * Takes this server's part in an activation.
     *
     * @param share E^j
     * @return x − r of its output
     */
    long[] apply(ActivationLayer layer, long[] share) throws ProtocolAbortException;
  }

  /**
   * @param weights F^j
   * @param user encrypts under the user's key
   */
  public RemoteLayers(CutPlan plan, Session session, WeightSet weights, BfvEncryptor user) {
    this.plan = plan;
    this.session = session;
    this.weights = weights;
    this.user = user;
    modulus = plan.modulus();
  }

  /** One inference. */
  public void online(Material material, Activation activation, RandomSource resultRandom)
      throws ProtocolAbortException {
    int cut = plan.split().cut();
    session.enter(Phase.ONLINE, cut + 1);
    ByNumber<long[]> masked = new ByNumber<>("masked tensor");
    plan.crossing()
        .split(
            MaskedTensors.CUT.receive(session, SplitPlan.GATEWAY, plan.cutSize(), modulus),
            (tensor, number) -> masked.put(number, tensor));
    long[] share = new long[0];
    for (int number = cut + 1; number <= plan.layers(); number++) {
      session.enter(Phase.ONLINE, number);
      int index = (number - cut - 1) / 2;
      if (number % 2 == 1) {
        share = share(plan.remote().linear().get(index), masked, material);
      } else {
        masked.put(number, activation.apply(plan.remote().activations().get(index), share));
      }
    }
    if (plan.endsInActivation()) {
      long[] mask = material.masks.at(plan.layers());
      share = addsWhatIsPublic() ? Tensors.add(masked.at(plan.layers()), mask, modulus) : mask;
    }
    new Result(session, plan.gateway().choice().parameters(), plan.outputSize())
        .remote(user, share, resultRandom);
  }

  /** One server adds what must be added once: what is made of masked tensors alone. */
  private boolean addsWhatIsPublic() {
    return session.self().equals(SplitPlan.remote(1));
  }

  /** E^j = F^j z + s^j. */
  private long[] share(LinearLayer layer, ByNumber<long[]> masked, Material material)
      throws ProtocolAbortException {
    long[] sum =
        Tensors.add(
            layer.secretPart(
                masked::at,
                modulus,
                (branch, _, input) ->
                    FixedPointEngine.apply(
                        weights.convolution(layer.number(), branch), modulus, input)),
            material.outputMasks.at(layer.number()),
            modulus);
    sum = Tensors.add(sum, layer.publicPart(material.masks::at, modulus), modulus);
    return addsWhatIsPublic()
        ? Tensors.add(sum, layer.publicPart(masked::at, modulus), modulus)
        : sum;
  }

  @Override
  public String toString() {
    return "RemoteLayers";
  }
}
