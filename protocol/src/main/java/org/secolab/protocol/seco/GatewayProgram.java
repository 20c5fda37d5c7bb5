package org.secolab.protocol.seco;

import java.util.List;
import java.util.Optional;
import org.secolab.foundation.party.ProtocolAbortException;
import org.secolab.foundation.random.RandomSource;
import org.secolab.foundation.secret.Secret;
import org.secolab.foundation.transport.Phase;
import org.secolab.foundation.transport.Session;
import org.secolab.lattice.bfv.BfvEncryptor;
import org.secolab.modelio.fixed.FixedModel;
import org.secolab.modelio.fixed.Modulus;
import org.secolab.mpcgc.multiparty.GarbledBatch;
import org.secolab.mpcgc.multiparty.Garbler;
import org.secolab.protocol.deploy.UniformResidues;
import org.secolab.protocol.inference.SplitPlan;
import org.secolab.protocol.linear.LinearLayer;
import org.secolab.protocol.linear.Tensors;
import org.secolab.protocol.material.OneTime;
import org.secolab.protocol.nonlinear.ActivationLayer;

/** A: holds layers 1..c in clear, talks to the user, garbles everywhere. */
final class GatewayProgram implements Secret {
  private final SecoPlan plan;
  private final Session session;
  private final Progress progress;
  private final RandomSource random;
  private final Modulus modulus;
  private final BfvEncryptor user;
  final Optional<ServerKeys> keys;
  private final Optional<Garbler> remoteGarbler;
  private final GatewayLayers gatewayLayers;
  private long peakMaterialBytes;

  /** What one inference uses up. */
  static final class Material implements Secret {
    /** r^A of the tensors behind the cut. */
    final ByNumber<long[]> masks = new ByNumber<>("mask");

    /** E^A of the layers behind the cut, s of the layers before it. */
    final ByNumber<long[]> shares = new ByNumber<>("share");

    /** d of the activations before the cut. */
    final ByNumber<long[]> pads = new ByNumber<>("pad");

    final ByNumber<GarbledBatch> garbled = new ByNumber<>("garbled layer");

    /** δ. */
    long[] delta = new long[0];

    private GatewayLayers.Material gatewayLayers() {
      return new GatewayLayers.Material(shares, pads, garbled);
    }

    private long bytes() {
      return Tensors.bytes(delta)
          + masks.total(Tensors::bytes)
          + shares.total(Tensors::bytes)
          + pads.total(Tensors::bytes)
          + garbled.total(GarbledBatch::storedBytes);
    }

    @Override
    public void close() {
      masks.forEach(Tensors::wipe);
      shares.forEach(Tensors::wipe);
      pads.forEach(Tensors::wipe);
      Tensors.wipe(delta);
      garbled.forEach(GarbledBatch::close);
    }

    @Override
    public String toString() {
      return "Material";
    }
  }

  /** Does what is reusable: keys, weights, base oblivious transfers. */
  GatewayProgram(
      SecoPlan plan, FixedModel part, Session session, Progress progress, RandomSource random)
      throws ProtocolAbortException {
    this.plan = plan;
    this.session = session;
    this.progress = progress;
    this.random = random;
    modulus = plan.modulus();
    session.enter(Phase.SETUP_ONCE, 0);
    KeySetup setup = new KeySetup(session, plan);
    user = setup.hearAndPassUserKey();
    if (plan.hasRemoteLayers()) {
      keys = Optional.of(setup.server(random.fork("keys")));
      setup.tellCollective(keys.get().collective());
    } else {
      keys = Optional.empty();
    }
    remoteGarbler =
        plan.remote().activations().isEmpty()
            ? Optional.empty()
            : Optional.of(
                Garbler.open(session, plan.remoteGarbling(), random.fork("remote garbling")));
    gatewayLayers = new GatewayLayers(plan, part, session, user, progress, random.fork("garbling"));
    progress.step(Phase.SETUP_ONCE);
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
    if (plan.hasRemoteLayers()) {
      drawMasks(material, own.fork("masks"));
      for (LinearLayer layer : plan.remote().linear()) {
        setUpLinear(layer, material, own);
      }
      for (ActivationLayer layer : plan.remote().activations()) {
        setUpActivation(layer, inference, material, own);
      }
    }
    gatewayLayers.prepare(inference, material.gatewayLayers(), own);
    if (plan.hasRemoteLayers()) {
      session.enter(Phase.PREPROCESSING, plan.split().cut() + 1);
      material.delta =
          new Transition(session, keys.orElseThrow().parameters(), plan.cutSize())
              .gateway(keys.orElseThrow(), material.masks.at(plan.split().cut()), modulus);
      progress.step(Phase.PREPROCESSING);
    }
    Ready.tell(session);
    peakMaterialBytes = Math.max(peakMaterialBytes, material.bytes());
  }

  private void drawMasks(Material material, RandomSource own) {
    material.masks.put(plan.split().cut(), UniformResidues.draw(plan.cutSize(), modulus, own));
    for (ActivationLayer layer : plan.remote().activations()) {
      material.masks.put(layer.number(), UniformResidues.draw(layer.instances(), modulus, own));
    }
  }

  /** Setup 2. */
  private void setUpLinear(LinearLayer layer, Material material, RandomSource own)
      throws ProtocolAbortException {
    int number = layer.number();
    session.enter(Phase.SETUP_PER_INFERENCE, number);
    long[] secret =
        layer.secretPart(
            material.masks::at,
            modulus,
            (branch, _, mask) ->
                new MaskedProduct(session, keys.orElseThrow(), layer.packedAt(branch))
                    .gateway(mask, own.fork("product " + number + "." + branch)));
    long[] open = layer.publicPart(material.masks::at, modulus);
    material.shares.put(number, Tensors.add(secret, open, modulus));
    progress.step(Phase.SETUP_PER_INFERENCE);
  }

  /** Setup 3. */
  private void setUpActivation(
      ActivationLayer layer, int inference, Material material, RandomSource own)
      throws ProtocolAbortException {
    int number = layer.number();
    session.enter(Phase.SETUP_PER_INFERENCE, number);
    material.garbled.put(
        number,
        new SharedActivation(session, plan, layer)
            .garble(
                remoteGarbler.orElseThrow(),
                inference,
                material.shares.at(number - 1),
                material.masks.at(number),
                own.fork("garbling " + number)));
    progress.step(Phase.SETUP_PER_INFERENCE);
  }

  /** One inference, from the user's masked input to the result. */
  void online(OneTime<Material> oneTime, RandomSource resultRandom) throws ProtocolAbortException {
    session.enter(Phase.ONLINE, 0);
    try (Material material = oneTime.take()) {
      long[] last = gatewayLayers.online(material.gatewayLayers());
      if (plan.hasRemoteLayers()) {
        followRemoteLayers(last, material, resultRandom);
      } else {
        MaskedTensors.RESULT.send(session, List.of(SplitPlan.USER), last, modulus);
      }
    }
  }

  private void followRemoteLayers(long[] masked, Material material, RandomSource resultRandom)
      throws ProtocolAbortException {
    session.enter(Phase.ONLINE, plan.split().cut() + 1);
    MaskedTensors.CUT.send(
        session, plan.split().remotes(), Tensors.add(masked, material.delta, modulus), modulus);
    for (ActivationLayer layer : plan.remote().activations()) {
      progress.step(Phase.ONLINE);
      session.enter(Phase.ONLINE, layer.number());
      new SharedActivation(session, plan, layer).gateway(material.garbled.at(layer.number()));
      progress.step(Phase.ONLINE);
    }
    session.enter(Phase.ONLINE, plan.layers());
    long[] share =
        plan.endsInActivation()
            ? material.masks.at(plan.layers())
            : material.shares.at(plan.layers());
    new Result(session, plan.gateway().choice().parameters(), plan.outputSize())
        .gateway(user, share, plan.split().remotes(), resultRandom);
    if (!plan.endsInActivation()) {
      progress.step(Phase.ONLINE);
    }
  }

  /** The most one-time material held at once. */
  long peakMaterialBytes() {
    return peakMaterialBytes;
  }

  @Override
  public void close() {
    keys.ifPresent(ServerKeys::close);
    remoteGarbler.ifPresent(Garbler::close);
    gatewayLayers.close();
  }

  @Override
  public String toString() {
    return "GatewayProgram";
  }
}
