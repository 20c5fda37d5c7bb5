package org.secolab.protocol.secopaper;

import java.util.Optional;
import org.secolab.foundation.party.ProtocolAbortException;
import org.secolab.foundation.random.RandomSource;
import org.secolab.foundation.secret.Secret;
import org.secolab.foundation.transport.Phase;
import org.secolab.foundation.transport.Session;
import org.secolab.modelio.fixed.FixedModel;
import org.secolab.modelio.fixed.Modulus;
import org.secolab.mpcgc.multiparty.Evaluator;
import org.secolab.mpcgc.multiparty.ForwardedInputs;
import org.secolab.mpcgc.multiparty.Garbler;
import org.secolab.protocol.cut.KeySetup;
import org.secolab.protocol.cut.Material;
import org.secolab.protocol.cut.RemoteLayers;
import org.secolab.protocol.cut.RowRoom;
import org.secolab.protocol.cut.ServerKeys;
import org.secolab.protocol.linear.LinearLayer;
import org.secolab.protocol.linear.WeightSet;
import org.secolab.protocol.material.OneTime;
import org.secolab.protocol.nonlinear.ActivationLayer;

/** B or C: holds one of two additive shares of layers c+1..L. */
final class PaperRemote implements Secret {
  private final PaperPlan plan;
  private final Session session;
  private final RandomSource random;
  private final Modulus modulus;
  private final WeightSet weights;
  private final RemoteLayers layers;
  final ServerKeys keys;
  private final Optional<Garbler> garbler;
  private final Optional<ForwardedInputs.Sender> sender;
  private final Optional<Evaluator> evaluator;
  private final Optional<ForwardedInputs.Chooser> chooser;
  private final RowRoom rowRoom = new RowRoom();
  private long peakMaterialBytes;

  /** Does what is reusable: keys, encrypted weights, base oblivious transfers. */
  PaperRemote(PaperPlan plan, FixedModel share, Session session, RandomSource random)
      throws ProtocolAbortException {
    this.plan = plan;
    this.session = session;
    this.random = random;
    modulus = plan.modulus();
    session.enter(Phase.SETUP_ONCE, 0);
    weights = WeightSet.inClear(share, plan.remote().linear());
    KeySetup setup = new KeySetup(session, plan.layers());
    layers = new RemoteLayers(plan.layers(), session, weights, setup.hearUserKey());
    keys = setup.server(random.fork("keys"));
    // As a key holder this server takes part in making the evaluation keys; only A uses them.
    EvaluationKeySetup.run(session, plan, keys, random.fork("evaluation keys"));
    boolean activations = !plan.remote().activations().isEmpty();
    boolean isGarbler = session.self().equals(Roles.B);
    boolean isEvaluator = session.self().equals(plan.roles().evaluator());
    RandomSource garbling = random.fork("remote garbling");
    garbler =
        activations && isGarbler
            ? Optional.of(Garbler.open(session, plan.roles().garbling(), garbling))
            : Optional.empty();
    sender =
        activations && isGarbler
            ? Optional.of(
                ForwardedInputs.Sender.open(
                    session, plan.roles().forwarder(), garbling.fork("forwarded inputs")))
            : Optional.empty();
    evaluator =
        activations && isEvaluator
            ? Optional.of(Evaluator.open(session, plan.roles().garbling(), garbling))
            : Optional.empty();
    chooser =
        activations && !isGarbler && !isEvaluator
            ? Optional.of(
                ForwardedInputs.Chooser.open(session, Roles.B, plan.roles().evaluator(), garbling))
            : Optional.empty();
    sendWeights();
  }

  private void sendWeights() throws ProtocolAbortException {
    RandomSource weightRandom = random.fork("encrypted weights");
    for (LinearLayer layer : plan.remote().linear()) {
      session.enter(Phase.SETUP_ONCE, layer.number());
      for (int branch = 0; branch < layer.branches().size(); branch++) {
        if (layer.packed(branch) != null) {
          long[] residues =
              WeightSet.residues(weights.convolution(layer.number(), branch).weights(), modulus);
          product(layer, branch).sendWeights(keys.encryptor(), residues, weightRandom);
        }
      }
    }
  }

  private EncryptedProduct product(LinearLayer layer, int branch) {
    return new EncryptedProduct(session, plan.parameters(), layer.packedAt(branch));
  }

  /** Makes the material of one inference. */
  OneTime<Material> prepare(int inference) throws ProtocolAbortException {
    return OneTime.of(
        "material of inference " + inference,
        new Material(),
        material -> fill(material, inference));
  }

  private void fill(Material material, int inference) throws ProtocolAbortException {
    RandomSource own = random.fork("inference " + inference);
    PaperMasks.draw(plan, own.fork("masks"), material.masks);
    setUp(false, material, inference, own);
    session.enter(Phase.PREPROCESSING, plan.cut() + 1);
    if (plan.needsCutShares()) {
      material.masks.put(
          plan.cut(),
          new CutShares(session, plan.parameters(), plan.layers().cutSize())
              .remote(keys, modulus, own.fork("transition")));
    } else {
      material.masks.put(plan.cut(), new long[plan.layers().cutSize()]);
    }
    setUp(true, material, inference, own);
    peakMaterialBytes = Math.max(peakMaterialBytes, material.bytes());
  }

  /** Setup 2 and 3, of the layers that wait for the user or of those that do not. */
  private void setUp(boolean awaitingUser, Material material, int inference, RandomSource own)
      throws ProtocolAbortException {
    Phase phase = awaitingUser ? Phase.PREPROCESSING : Phase.SETUP_PER_INFERENCE;
    for (LinearLayer layer : plan.remote().linear()) {
      if (plan.awaitsUser(layer) == awaitingUser) {
        session.enter(phase, layer.number());
        setUpLinear(layer, material, own);
      }
    }
    for (ActivationLayer layer : plan.remote().activations()) {
      if (plan.awaitsUser(layer.number()) == awaitingUser) {
        session.enter(phase, layer.number());
        setUpActivation(layer, material, inference, own);
      }
    }
  }

  private void setUpLinear(LinearLayer layer, Material material, RandomSource own)
      throws ProtocolAbortException {
    int number = layer.number();
    material.outputMasks.put(
        number,
        layer.secretPart(
            material.masks::at,
            modulus,
            (branch, _, mask) -> {
              RandomSource productRandom = own.fork("product " + number + "." + branch);
              return plan.isAtCut(layer, branch)
                  ? product(layer, branch).remoteAtCut(keys, modulus, productRandom)
                  : product(layer, branch).remote(keys, mask, modulus, productRandom);
            }));
  }

  private PrintedActivation activation(ActivationLayer layer) {
    return new PrintedActivation(session, plan.roles(), layer, modulus);
  }

  private void setUpActivation(
      ActivationLayer layer, Material material, int inference, RandomSource own)
      throws ProtocolAbortException {
    int number = layer.number();
    long[] mask = material.masks.at(number);
    RandomSource layerRandom = own.fork("garbling " + number);
    if (garbler.isPresent()) {
      material.garbled.put(
          number,
          activation(layer)
              .garble(garbler.get(), sender.orElseThrow(), inference, mask, layerRandom));
    } else if (evaluator.isPresent()) {
      material.evaluations.put(
          number,
          activation(layer)
              .receive(
                  evaluator.get(), inference, rowRoom.place(), mask, new long[0], layerRandom));
    } else {
      activation(layer).forward(chooser.orElseThrow(), mask, new long[0]);
    }
  }

  /** One inference, from the masked tensor at the cut to the share of the result. */
  void online(OneTime<Material> oneTime, RandomSource resultRandom) throws ProtocolAbortException {
    try (Material material = oneTime.take()) {
      layers.online(material, (layer, share) -> activate(layer, share, material), resultRandom);
    }
  }

  private long[] activate(ActivationLayer layer, long[] share, Material material)
      throws ProtocolAbortException {
    int number = layer.number();
    if (garbler.isPresent()) {
      return activation(layer).garbler(material.garbled.at(number), sender.orElseThrow(), share);
    }
    if (evaluator.isPresent()) {
      return activation(layer).evaluator(material.evaluations.at(number), share);
    }
    return activation(layer).forwarder(chooser.orElseThrow(), share);
  }

  /** The most one-time material held at once. */
  long peakMaterialBytes() {
    return peakMaterialBytes;
  }

  @Override
  public void close() {
    keys.close();
    garbler.ifPresent(Garbler::close);
    sender.ifPresent(ForwardedInputs.Sender::close);
    evaluator.ifPresent(Evaluator::close);
    chooser.ifPresent(ForwardedInputs.Chooser::close);
  }

  @Override
  public String toString() {
    return "PaperRemote";
  }
}
