package org.secolab.protocol.secopaper;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.secolab.foundation.party.ProtocolAbortException;
import org.secolab.foundation.random.RandomSource;
import org.secolab.foundation.secret.Secret;
import org.secolab.foundation.transport.Phase;
import org.secolab.foundation.transport.Session;
import org.secolab.lattice.bfv.BfvEncryptor;
import org.secolab.lattice.bfv.BfvMultiplier;
import org.secolab.modelio.fixed.FixedModel;
import org.secolab.modelio.fixed.Modulus;
import org.secolab.mpcgc.multiparty.Evaluator;
import org.secolab.mpcgc.multiparty.ForwardedInputs;
import org.secolab.protocol.cut.ByNumber;
import org.secolab.protocol.cut.GatewayLayers;
import org.secolab.protocol.cut.KeySetup;
import org.secolab.protocol.cut.MaskedTensors;
import org.secolab.protocol.cut.Material;
import org.secolab.protocol.cut.Progress;
import org.secolab.protocol.cut.Ready;
import org.secolab.protocol.cut.RowRoom;
import org.secolab.protocol.cut.ServerKeys;
import org.secolab.protocol.inference.SplitPlan;
import org.secolab.protocol.linear.LinearLayer;
import org.secolab.protocol.material.OneTime;
import org.secolab.protocol.nonlinear.ActivationLayer;

/** A: holds layers 1..c in clear, computes on encrypted weights behind the cut. */
final class PaperGateway implements Secret {
  private final PaperPlan plan;
  private final Session session;
  private final Progress progress;
  private final RandomSource random;
  private final CiphertextStore encryptedWeights;
  private final RowRoom rowRoom = new RowRoom();
  private final Modulus modulus;
  private final GatewayLayers gatewayLayers;
  private final Optional<Behind> behind;
  private long peakMaterialBytes;

  /** What A has, once, for the layers behind the cut. */
  private record Behind(
      ServerKeys keys,
      BfvMultiplier multiplier,
      CiphertextProducts.EvaluationKeys evaluationKeys,
      ByNumber<List<List<CiphertextStore.Stored>>> weights,
      Optional<Evaluator> evaluator,
      Optional<ForwardedInputs.Chooser> chooser) {}

  /** Does what is reusable: keys, encrypted weights, base oblivious transfers. */
  PaperGateway(
      PaperPlan plan, FixedModel part, Session session, Progress progress, RandomSource random)
      throws ProtocolAbortException {
    this.plan = plan;
    this.session = session;
    this.progress = progress;
    this.random = random;
    modulus = plan.modulus();
    encryptedWeights = new CiphertextStore(plan.parameters().rlwe(), CiphertextStore.HEAP_BYTES);
    session.enter(Phase.SETUP_ONCE, 0);
    KeySetup setup = new KeySetup(session, plan.layers());
    BfvEncryptor user = setup.hearAndPassUserKey();
    behind = plan.layers().hasRemoteLayers() ? Optional.of(setUpBehind(setup)) : Optional.empty();
    session.enter(Phase.SETUP_ONCE, 0);
    gatewayLayers =
        new GatewayLayers(plan.layers(), part, session, user, progress, random.fork("garbling"));
    progress.step(Phase.SETUP_ONCE);
  }

  private Behind setUpBehind(KeySetup setup) throws ProtocolAbortException {
    ServerKeys keys = setup.server(random.fork("keys"));
    setup.tellCollective(keys.collective());
    CiphertextProducts.EvaluationKeys evaluationKeys =
        EvaluationKeySetup.run(session, plan, keys, random.fork("evaluation keys"));
    Optional<Evaluator> evaluator = Optional.empty();
    Optional<ForwardedInputs.Chooser> chooser = Optional.empty();
    if (!plan.remote().activations().isEmpty()) {
      RandomSource garbling = random.fork("remote garbling");
      Roles roles = plan.roles();
      if (roles.evaluator().equals(Roles.A)) {
        evaluator = Optional.of(Evaluator.open(session, roles.garbling(), garbling));
      } else {
        chooser =
            Optional.of(
                ForwardedInputs.Chooser.open(session, Roles.B, roles.evaluator(), garbling));
      }
    }
    ByNumber<List<List<CiphertextStore.Stored>>> weights = new ByNumber<>("encrypted weights");
    for (LinearLayer layer : plan.remote().linear()) {
      session.enter(Phase.SETUP_ONCE, layer.number());
      List<List<CiphertextStore.Stored>> branches = new ArrayList<>();
      for (int branch = 0; branch < layer.branches().size(); branch++) {
        branches.add(
            layer.packed(branch) == null
                ? List.of()
                : product(layer, branch).receiveWeights(encryptedWeights));
      }
      weights.put(layer.number(), branches);
    }
    return new Behind(
        keys, new BfvMultiplier(plan.parameters()), evaluationKeys, weights, evaluator, chooser);
  }

  private EncryptedProduct product(LinearLayer layer, int branch) {
    return new EncryptedProduct(session, plan.parameters(), layer.packedAt(branch));
  }

  /** Makes the material of one inference: setup among the servers, preprocessing with the user. */
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
    gatewayLayers.prepare(inference, material, own);
    if (plan.layers().hasRemoteLayers()) {
      session.enter(Phase.PREPROCESSING, plan.cut() + 1);
      if (plan.needsCutShares()) {
        material.masks.put(
            plan.cut(),
            new CutShares(session, plan.parameters(), plan.layers().cutSize())
                .gateway(behind.orElseThrow().keys()));
      } else {
        material.masks.put(plan.cut(), new long[plan.layers().cutSize()]);
      }
      setUp(true, material, inference, own);
      progress.step(Phase.PREPROCESSING);
    }
    Ready.tell(session);
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
        progress.step(Phase.SETUP_PER_INFERENCE);
      }
    }
    for (ActivationLayer layer : plan.remote().activations()) {
      if (plan.awaitsUser(layer.number()) == awaitingUser) {
        session.enter(phase, layer.number());
        setUpActivation(layer, material, inference, own);
        progress.step(Phase.SETUP_PER_INFERENCE);
      }
    }
  }

  private void setUpLinear(LinearLayer layer, Material material, RandomSource own)
      throws ProtocolAbortException {
    int number = layer.number();
    Behind with = behind.orElseThrow();
    gatewayLayers.setUpRemote(
        layer,
        material,
        (branch, _, mask) -> {
          CiphertextProducts products =
              new CiphertextProducts(plan.parameters(), with.multiplier(), with.evaluationKeys());
          List<CiphertextStore.Stored> weights = with.weights().at(number).get(branch);
          return plan.isAtCut(layer, branch)
              ? product(layer, branch).gatewayAtCut(with.keys(), products, weights)
              : product(layer, branch)
                  .gateway(
                      with.keys(),
                      products,
                      weights,
                      mask,
                      own.fork("product " + number + "." + branch));
        });
  }

  private void setUpActivation(
      ActivationLayer layer, Material material, int inference, RandomSource own)
      throws ProtocolAbortException {
    int number = layer.number();
    Behind with = behind.orElseThrow();
    PrintedActivation activation = new PrintedActivation(session, plan.roles(), layer, modulus);
    long[] mask = material.masks.at(number);
    long[] share = material.shares.at(number - 1);
    if (with.evaluator().isPresent()) {
      material.evaluations.put(
          number,
          activation.receive(
              with.evaluator().get(),
              inference,
              rowRoom.place(),
              mask,
              share,
              own.fork("garbling " + number)));
    } else {
      activation.forward(with.chooser().orElseThrow(), mask, share);
    }
  }

  /** One inference, from the user's masked input to the result. */
  void online(OneTime<Material> oneTime, RandomSource resultRandom) throws ProtocolAbortException {
    session.enter(Phase.ONLINE, 0);
    try (Material material = oneTime.take()) {
      long[] last = gatewayLayers.online(material);
      if (plan.layers().hasRemoteLayers()) {
        followRemoteLayers(last, material, resultRandom);
      } else {
        MaskedTensors.RESULT.send(session, List.of(SplitPlan.USER), last, modulus);
      }
    }
  }

  private void followRemoteLayers(long[] masked, Material material, RandomSource resultRandom)
      throws ProtocolAbortException {
    session.enter(Phase.ONLINE, plan.cut() + 1);
    MaskedTensors.CUT.send(session, Roles.REMOTES, masked, modulus);
    if (plan.roles().evaluator().equals(Roles.A)) {
      for (ActivationLayer layer : plan.remote().activations()) {
        session.enter(Phase.ONLINE, layer.number());
        new PrintedActivation(session, plan.roles(), layer, modulus)
            .evaluator(material.evaluations.at(layer.number()), new long[0]);
      }
    }
    gatewayLayers.result(material, resultRandom);
    for (int number = plan.cut() + 1; number <= plan.layers().layers(); number++) {
      progress.step(Phase.ONLINE);
    }
  }

  /** The most one-time material held at once. */
  long peakMaterialBytes() {
    return peakMaterialBytes;
  }

  @Override
  public void close() {
    encryptedWeights.close();
    gatewayLayers.close();
    behind.ifPresent(
        with -> {
          with.keys().close();
          with.evaluator().ifPresent(Evaluator::close);
          with.chooser().ifPresent(ForwardedInputs.Chooser::close);
        });
  }

  @Override
  public String toString() {
    return "PaperGateway";
  }
}
