package org.secolab.protocol.secopaper;

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
import org.secolab.mpcgc.multiparty.EvaluationBatch;
import org.secolab.mpcgc.multiparty.Evaluator;
import org.secolab.mpcgc.multiparty.ForwardedInputs;
import org.secolab.mpcgc.multiparty.GarbledBatch;
import org.secolab.mpcgc.multiparty.Garbler;
import org.secolab.protocol.cut.ByNumber;
import org.secolab.protocol.cut.KeySetup;
import org.secolab.protocol.cut.MaskedTensors;
import org.secolab.protocol.cut.Result;
import org.secolab.protocol.cut.RowRoom;
import org.secolab.protocol.cut.ServerKeys;
import org.secolab.protocol.inference.SplitPlan;
import org.secolab.protocol.linear.LinearLayer;
import org.secolab.protocol.linear.Tensors;
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
  private final BfvEncryptor user;
  final ServerKeys keys;
  private final Optional<Garbler> garbler;
  private final Optional<ForwardedInputs.Sender> sender;
  private final Optional<Evaluator> evaluator;
  private final Optional<ForwardedInputs.Chooser> chooser;
  private final RowRoom rowRoom = new RowRoom();
  private long peakMaterialBytes;

  /** What one inference uses up. */
  static final class Material implements Secret {
    /** r^j of the tensors behind the cut. */
    final ByNumber<long[]> masks = new ByNumber<>("mask");

    /** s^j of the linear layers. */
    final ByNumber<long[]> outputMasks = new ByNumber<>("output mask");

    final ByNumber<GarbledBatch> garbled = new ByNumber<>("garbled layer");
    final ByNumber<EvaluationBatch> evaluations = new ByNumber<>("garbled layer");

    private long bytes() {
      return masks.total(Tensors::bytes)
          + outputMasks.total(Tensors::bytes)
          + garbled.total(GarbledBatch::storedBytes)
          + evaluations.total(EvaluationBatch::storedBytes);
    }

    @Override
    public void close() {
      masks.forEach(Tensors::wipe);
      outputMasks.forEach(Tensors::wipe);
      garbled.forEach(GarbledBatch::close);
      evaluations.forEach(EvaluationBatch::close);
    }

    @Override
    public String toString() {
      return "Material";
    }
  }

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
    user = setup.hearUserKey();
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
      int cut = plan.cut();
      int last = plan.layers().layers();
      session.enter(Phase.ONLINE, cut + 1);
      ByNumber<long[]> masked = new ByNumber<>("masked tensor");
      masked.put(
          cut,
          MaskedTensors.CUT.receive(session, SplitPlan.GATEWAY, plan.layers().cutSize(), modulus));
      long[] share = new long[0];
      for (int number = cut + 1; number <= last; number++) {
        session.enter(Phase.ONLINE, number);
        int index = (number - cut - 1) / 2;
        if (number % 2 == 1) {
          share = share(plan.remote().linear().get(index), masked, material);
        } else {
          masked.put(number, activate(plan.remote().activations().get(index), share, material));
        }
      }
      if (plan.layers().endsInActivation()) {
        long[] mask = material.masks.at(last);
        share = addsPublicParts() ? Tensors.add(masked.at(last), mask, modulus) : mask;
      }
      new Result(session, plan.layers().gateway().choice().parameters(), plan.layers().outputSize())
          .remote(user, share, resultRandom);
    }
  }

  /** One server adds what must be added once: public branches of the masked tensors. */
  private boolean addsPublicParts() {
    return session.self().equals(Roles.B);
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
    return addsPublicParts()
        ? Tensors.add(sum, layer.publicPart(masked::at, modulus), modulus)
        : sum;
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
