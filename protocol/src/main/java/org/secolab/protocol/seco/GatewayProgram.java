package org.secolab.protocol.seco;

import java.util.List;
import java.util.Optional;
import org.secolab.foundation.party.ProtocolAbortException;
import org.secolab.foundation.random.RandomSource;
import org.secolab.foundation.transport.Phase;
import org.secolab.foundation.transport.Session;
import org.secolab.foundation.wire.WireWriter;
import org.secolab.modelio.fixed.FixedModel;
import org.secolab.modelio.fixed.Modulus;
import org.secolab.mpcgc.multiparty.GarbledBatch;
import org.secolab.mpcgc.multiparty.Garbler;
import org.secolab.protocol.cut.ByNumber;
import org.secolab.protocol.cut.FiledLayers;
import org.secolab.protocol.cut.GarbledLayers;
import org.secolab.protocol.cut.GatewayActivation;
import org.secolab.protocol.cut.GatewayLayers;
import org.secolab.protocol.cut.MaskedTensors;
import org.secolab.protocol.cut.Material;
import org.secolab.protocol.cut.Preparing;
import org.secolab.protocol.cut.Progress;
import org.secolab.protocol.cut.Ready;
import org.secolab.protocol.cut.ServerKeyRing;
import org.secolab.protocol.cut.ServerKeys;
import org.secolab.protocol.deploy.UniformResidues;
import org.secolab.protocol.inference.SplitPlan;
import org.secolab.protocol.linear.LinearLayer;
import org.secolab.protocol.linear.Tensors;
import org.secolab.protocol.material.MaterialReader;
import org.secolab.protocol.material.MaterialWriter;
import org.secolab.protocol.material.OneTime;
import org.secolab.protocol.material.StoreException;
import org.secolab.protocol.nonlinear.ActivationLayer;

/** A: holds layers 1..c in clear, talks to the user, garbles everywhere. */
final class GatewayProgram implements Preparing {
  private final SecoPlan plan;
  private final Session session;
  private final Progress progress;
  private final RandomSource random;
  private final Modulus modulus;
  private final ServerKeyRing keyRing;
  final Optional<ServerKeys> keys;
  private final Optional<Garbler> remoteGarbler;
  private final GatewayLayers gatewayLayers;
  private long peakMaterialBytes;

  /** Does what is reusable: keys, weights, base oblivious transfers. */
  GatewayProgram(
      SecoPlan plan, FixedModel part, Session session, Progress progress, RandomSource random)
      throws ProtocolAbortException {
    this(
        plan,
        part,
        session,
        ServerKeyRing.setUpGateway(plan.layers(), session, random),
        true,
        progress,
        random);
  }

  /**
   * The gateway with keys that are there.
   *
   * @param prepares whether material is to be made: that takes weights in transformed form and base
   *     oblivious transfers
   */
  GatewayProgram(
      SecoPlan plan,
      FixedModel part,
      Session session,
      ServerKeyRing keyRing,
      boolean prepares,
      Progress progress,
      RandomSource random)
      throws ProtocolAbortException {
    this.plan = plan;
    this.session = session;
    this.progress = progress;
    this.random = random;
    modulus = plan.modulus();
    session.enter(Phase.SETUP_ONCE, 0);
    this.keyRing = keyRing;
    keys = keyRing.servers;
    remoteGarbler =
        prepares && !plan.remote().activations().isEmpty()
            ? Optional.of(
                Garbler.open(session, plan.remoteGarbling(), random.fork("remote garbling")))
            : Optional.empty();
    gatewayLayers =
        new GatewayLayers(
            plan.layers(),
            part,
            session,
            keyRing.user,
            prepares,
            progress,
            random.fork("garbling"));
    progress.step(Phase.SETUP_ONCE);
  }

  /** Makes the material of one inference: setup among the servers, preprocessing with the user. */
  OneTime<Material> prepare(int inference) throws ProtocolAbortException {
    return OneTime.of(
        "material of inference " + inference,
        new Material(),
        material -> fill(material, inference));
  }

  @Override
  public void prepareInto(MaterialWriter out) throws ProtocolAbortException {
    GarbledLayers<GarbledBatch> layers =
        FiledLayers.out(
            out::file,
            (number, batch, file) -> {
              if (number <= plan.split().cut()) {
                gatewayActivation(number).save(batch, out.id(), file);
              } else {
                sharedActivation(number).save(batch, out.id(), file);
              }
            });
    try (Material material = new Material(layers, new ByNumber<>("garbled layer"))) {
      fill(material, out.id().number());
      material.writeTo(out);
    }
  }

  @Override
  public void writeKeys(WireWriter out) {
    keyRing.writeTo(out);
  }

  /** Material out of a store. */
  OneTime<Material> stored(MaterialReader in) throws StoreException {
    Material material =
        new Material(
            FiledLayers.in(
                in::file,
                (number, file) ->
                    number <= plan.split().cut()
                        ? gatewayActivation(number).loadGarbled(in.id(), file)
                        : sharedActivation(number).loadGarbled(in.id(), file)),
            new ByNumber<>("garbled layer"));
    for (LinearLayer layer : plan.gateway().linear()) {
      material.shares.put(layer.number(), in.tensor("share", layer.number(), layer.outputSize()));
    }
    for (ActivationLayer layer : plan.gateway().activations()) {
      material.pads.put(layer.number(), in.tensor("pad", layer.number(), layer.instances()));
    }
    if (plan.layers().hasRemoteLayers()) {
      int cut = plan.split().cut();
      ByNumber.readCrossing(in, plan.layers().crossing(), material.masks);
      material.differences.put(cut, in.tensor("difference at the cut", cut, plan.cutSize()));
      for (ActivationLayer layer : plan.remote().activations()) {
        material.masks.put(layer.number(), in.tensor("mask", layer.number(), layer.instances()));
      }
      for (LinearLayer layer : plan.remote().linear()) {
        material.shares.put(layer.number(), in.tensor("share", layer.number(), layer.outputSize()));
      }
    }
    peakMaterialBytes = Math.max(peakMaterialBytes, in.bytes());
    return new OneTime<>("material of inference " + in.id().number(), material);
  }

  private GatewayActivation gatewayActivation(int number) {
    return new GatewayActivation(session, plan.layers().gatewayActivation(number), modulus);
  }

  private SharedActivation sharedActivation(int number) {
    return new SharedActivation(session, plan, plan.layers().remoteActivation(number));
  }

  private void fill(Material material, int inference) throws ProtocolAbortException {
    RandomSource own = random.fork("inference " + inference);
    if (plan.layers().hasRemoteLayers()) {
      drawMasks(material, own.fork("masks"));
      for (LinearLayer layer : plan.remote().linear()) {
        setUpLinear(layer, material, own);
      }
      for (ActivationLayer layer : plan.remote().activations()) {
        setUpActivation(layer, inference, material, own);
      }
    }
    gatewayLayers.prepare(inference, material, own);
    if (plan.layers().hasRemoteLayers()) {
      session.enter(Phase.PREPROCESSING, plan.split().cut() + 1);
      material.differences.put(
          plan.split().cut(),
          new Transition(session, keys.orElseThrow().parameters(), plan.cutSize())
              .gateway(
                  keys.orElseThrow(), plan.layers().crossing().join(material.masks::at), modulus));
      progress.step(Phase.PREPROCESSING);
    }
    Ready.tell(session);
    peakMaterialBytes = Math.max(peakMaterialBytes, material.bytes());
  }

  private void drawMasks(Material material, RandomSource own) {
    plan.layers().crossing().draw(modulus, own, (mask, number) -> material.masks.put(number, mask));
    for (ActivationLayer layer : plan.remote().activations()) {
      material.masks.put(layer.number(), UniformResidues.draw(layer.instances(), modulus, own));
    }
  }

  /** Setup 2. */
  private void setUpLinear(LinearLayer layer, Material material, RandomSource own)
      throws ProtocolAbortException {
    int number = layer.number();
    session.enter(Phase.SETUP_PER_INFERENCE, number);
    gatewayLayers.setUpRemote(
        layer,
        material,
        (branch, _, mask) ->
            new MaskedProduct(session, keys.orElseThrow(), layer.packedAt(branch))
                .gateway(mask, own.fork("product " + number + "." + branch)));
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
    session.enter(Phase.ONLINE, plan.split().cut() + 1);
    MaskedTensors.CUT.send(
        session,
        plan.split().remotes(),
        Tensors.add(masked, material.differences.at(plan.split().cut()), modulus),
        modulus);
    for (ActivationLayer layer : plan.remote().activations()) {
      progress.step(Phase.ONLINE);
      session.enter(Phase.ONLINE, layer.number());
      new SharedActivation(session, plan, layer).gateway(material.garbled.at(layer.number()));
      progress.step(Phase.ONLINE);
    }
    gatewayLayers.result(material, resultRandom);
    if (!plan.layers().endsInActivation()) {
      progress.step(Phase.ONLINE);
    }
  }

  /** The most one-time material held at once. */
  long peakMaterialBytes() {
    return peakMaterialBytes;
  }

  @Override
  public void close() {
    keyRing.close();
    remoteGarbler.ifPresent(Garbler::close);
    gatewayLayers.close();
  }

  @Override
  public String toString() {
    return "GatewayProgram";
  }
}
