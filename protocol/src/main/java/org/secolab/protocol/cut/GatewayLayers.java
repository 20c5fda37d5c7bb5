package org.secolab.protocol.cut;

import java.util.Optional;
import org.secolab.foundation.party.ProtocolAbortException;
import org.secolab.foundation.random.RandomSource;
import org.secolab.foundation.secret.Secret;
import org.secolab.foundation.transport.Phase;
import org.secolab.foundation.transport.Session;
import org.secolab.lattice.bfv.BfvEncryptor;
import org.secolab.modelio.fixed.FixedModel;
import org.secolab.modelio.fixed.FixedPointEngine;
import org.secolab.modelio.fixed.Modulus;
import org.secolab.mpcgc.multiparty.Garbler;
import org.secolab.protocol.deploy.UniformResidues;
import org.secolab.protocol.inference.SplitPlan;
import org.secolab.protocol.linear.LinearLayer;
import org.secolab.protocol.linear.Tensors;
import org.secolab.protocol.linear.WeightSet;
import org.secolab.protocol.nonlinear.ActivationLayer;

/**
 * What the gateway does in every protocol with a cut: layers 1..c with the user, as in Delphi, and
 * of those behind the cut what does not differ.
 */
public final class GatewayLayers implements Secret {
  private final CutPlan plan;
  private final Session session;
  private final Progress progress;
  private final Modulus modulus;
  private final WeightSet weights;
  private final BfvEncryptor user;
  private final Optional<Garbler> garbler;

  /**
   * Does what is reusable: weights, base oblivious transfers.
   *
   * @param part the model, with the numbers of layers 1..c
   * @param user encrypts under the user's key
   */
  public GatewayLayers(
      CutPlan plan,
      FixedModel part,
      Session session,
      BfvEncryptor user,
      Progress progress,
      RandomSource garbling)
      throws ProtocolAbortException {
    this(plan, part, session, user, true, progress, garbling);
  }

  /**
   * The same; nothing of it if no material is to be made.
   *
   * @param prepares whether it is
   */
  public GatewayLayers(
      CutPlan plan,
      FixedModel part,
      Session session,
      BfvEncryptor user,
      boolean prepares,
      Progress progress,
      RandomSource garbling)
      throws ProtocolAbortException {
    this.plan = plan;
    this.session = session;
    this.progress = progress;
    this.user = user;
    modulus = plan.modulus();
    weights =
        prepares
            ? new WeightSet(part, plan.gateway().linear(), plan.gateway().choice().parameters())
            : WeightSet.inClear(part, plan.gateway().linear());
    garbler =
        prepares && !plan.gateway().activations().isEmpty()
            ? Optional.of(Garbler.open(session, CutPlan.gatewayGarbling(), garbling))
            : Optional.empty();
  }

  /** Preprocessing of one inference, together with the user. */
  public void prepare(int inference, Material material, RandomSource random)
      throws ProtocolAbortException {
    for (LinearLayer layer : plan.gateway().linear()) {
      prepareLinear(layer, material, random);
    }
    for (ActivationLayer layer : plan.gateway().activations()) {
      prepareActivation(layer, inference, material, random);
    }
  }

  private void prepareLinear(LinearLayer layer, Material material, RandomSource random)
      throws ProtocolAbortException {
    int number = layer.number();
    session.enter(Phase.PREPROCESSING, number);
    material.shares.put(
        number,
        layer.outputMask(
            modulus,
            branch ->
                new GatewayProduct(
                        session, plan.gateway().choice().parameters(), layer.packedAt(branch))
                    .gateway(
                        user,
                        weights.prepared(number, branch),
                        plan.gateway().choice().flooding(),
                        modulus,
                        random.fork("product " + number + "." + branch))));
    progress.step(Phase.PREPROCESSING);
  }

  private void prepareActivation(
      ActivationLayer layer, int inference, Material material, RandomSource random)
      throws ProtocolAbortException {
    int number = layer.number();
    session.enter(Phase.PREPROCESSING, number);
    RandomSource layerRandom = random.fork("garbling " + number);
    long[] pad = UniformResidues.draw(layer.instances(), modulus, layerRandom.fork("pad"));
    material.pads.put(number, pad);
    material.garbled.put(
        number,
        new GatewayActivation(session, layer, modulus)
            .gatewayPrepare(garbler.orElseThrow(), inference, pad, layerRandom));
    progress.step(Phase.PREPROCESSING);
  }

  /**
   * Online, from the user's masked input on.
   *
   * @return x − r of the tensors that cross the cut; if no layer is remote and the last one is
   *     linear, the gateway's share of the result
   */
  public long[] online(Material material) throws ProtocolAbortException {
    ByNumber<long[]> masked = new ByNumber<>("masked tensor");
    long[] last = MaskedTensors.INPUT.receive(session, SplitPlan.USER, plan.inputSize(), modulus);
    masked.put(0, last);
    for (int number = 1; number <= plan.split().cut(); number++) {
      session.enter(Phase.ONLINE, number);
      if (number % 2 == 1) {
        last = share(plan.gateway().linear().get(number / 2), masked, material);
      } else {
        ActivationLayer layer = plan.gateway().activations().get(number / 2 - 1);
        last =
            new GatewayActivation(session, layer, modulus)
                .gateway(material.garbled.at(number), last, material.pads.at(number));
        masked.put(number, last);
      }
      progress.step(Phase.ONLINE);
    }
    return plan.hasRemoteLayers() ? plan.crossing().join(masked::at) : last;
  }

  /**
   * The end of an online phase with layers behind the cut: the gateway's share of the result goes
   * to the user, with those of the remote servers.
   */
  public void result(Material material, RandomSource random) throws ProtocolAbortException {
    int last = plan.layers();
    session.enter(Phase.ONLINE, last);
    long[] share = plan.endsInActivation() ? material.masks.at(last) : material.shares.at(last);
    new Result(session, plan.gateway().choice().parameters(), plan.outputSize())
        .gateway(user, share, plan.split().remotes(), random);
  }

  /**
   * Setup 2 of a layer behind the cut: E of the gateway.
   *
   * @param product its part of the products with secret weights
   */
  public void setUpRemote(LinearLayer layer, Material material, LinearLayer.Convolve product)
      throws ProtocolAbortException {
    long[] secret = layer.secretPart(material.masks::at, modulus, product);
    long[] open = layer.publicPart(material.masks::at, modulus);
    material.shares.put(layer.number(), Tensors.add(secret, open, modulus));
  }

  /** a = F(x − r) + s. */
  private long[] share(LinearLayer layer, ByNumber<long[]> masked, Material material)
      throws ProtocolAbortException {
    long[] secret =
        layer.secretPart(
            masked::at,
            modulus,
            (branch, _, input) ->
                FixedPointEngine.apply(
                    weights.convolution(layer.number(), branch), modulus, input));
    long[] open = layer.publicPart(masked::at, modulus);
    return Tensors.add(
        Tensors.add(secret, open, modulus), material.shares.at(layer.number()), modulus);
  }

  @Override
  public void close() {
    garbler.ifPresent(Garbler::close);
  }

  @Override
  public String toString() {
    return "GatewayLayers";
  }
}
