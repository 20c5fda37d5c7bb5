package org.secolab.protocol.seco;

import java.util.Optional;
import org.secolab.foundation.party.ProtocolAbortException;
import org.secolab.foundation.random.RandomSource;
import org.secolab.foundation.transport.Phase;
import org.secolab.foundation.transport.Session;
import org.secolab.foundation.wire.WireWriter;
import org.secolab.modelio.fixed.FixedModel;
import org.secolab.modelio.fixed.Modulus;
import org.secolab.mpcgc.multiparty.Evaluator;
import org.secolab.mpcgc.multiparty.Garbler;
import org.secolab.protocol.cut.ByNumber;
import org.secolab.protocol.cut.FiledLayers;
import org.secolab.protocol.cut.Material;
import org.secolab.protocol.cut.Preparing;
import org.secolab.protocol.cut.RemoteLayers;
import org.secolab.protocol.cut.RowRoom;
import org.secolab.protocol.cut.ServerKeyRing;
import org.secolab.protocol.cut.ServerKeys;
import org.secolab.protocol.deploy.UniformResidues;
import org.secolab.protocol.linear.LinearLayer;
import org.secolab.protocol.linear.Tensors;
import org.secolab.protocol.linear.WeightSet;
import org.secolab.protocol.material.MaterialReader;
import org.secolab.protocol.material.MaterialWriter;
import org.secolab.protocol.material.OneTime;
import org.secolab.protocol.material.StoreException;
import org.secolab.protocol.nonlinear.ActivationLayer;

/** A remote server: holds one additive share of layers c+1..L; the last one evaluates. */
final class RemoteProgram implements Preparing {
  private final SecoPlan plan;
  private final Session session;
  private final RandomSource random;
  private final Modulus modulus;
  private final WeightSet weights;
  private final ServerKeyRing keyRing;
  private final RemoteLayers layers;
  final ServerKeys keys;
  private final Optional<Garbler> garbler;
  private final Optional<Evaluator> evaluator;
  private final RowRoom rowRoom = new RowRoom();
  private long peakMaterialBytes;

  /** Does what is reusable: keys, weights, base oblivious transfers. */
  RemoteProgram(SecoPlan plan, FixedModel share, Session session, RandomSource random)
      throws ProtocolAbortException {
    this(
        plan,
        share,
        session,
        ServerKeyRing.setUpRemote(plan.layers(), session, random),
        true,
        random);
  }

  /**
   * A remote server with keys that are there.
   *
   * @param prepares whether material is to be made: that takes weights in transformed form and base
   *     oblivious transfers
   */
  RemoteProgram(
      SecoPlan plan,
      FixedModel share,
      Session session,
      ServerKeyRing keyRing,
      boolean prepares,
      RandomSource random)
      throws ProtocolAbortException {
    this.plan = plan;
    this.session = session;
    this.random = random;
    modulus = plan.modulus();
    session.enter(Phase.SETUP_ONCE, 0);
    this.keyRing = keyRing;
    keys = keyRing.servers.orElseThrow();
    weights =
        prepares
            ? new WeightSet(share, plan.remote().linear(), keys.parameters())
            : WeightSet.inClear(share, plan.remote().linear());
    layers = new RemoteLayers(plan.layers(), session, weights, keyRing.user);
    boolean activations = prepares && !plan.remote().activations().isEmpty();
    RandomSource garbling = random.fork("remote garbling");
    garbler =
        activations && !isEvaluator()
            ? Optional.of(Garbler.open(session, plan.remoteGarbling(), garbling))
            : Optional.empty();
    evaluator =
        activations && isEvaluator()
            ? Optional.of(Evaluator.open(session, plan.remoteGarbling(), garbling))
            : Optional.empty();
  }

  private boolean isEvaluator() {
    return session.self().equals(plan.evaluator());
  }

  /** Makes the material of one inference. */
  OneTime<Material> prepare(int inference) throws ProtocolAbortException {
    return OneTime.of(
        "material of inference " + inference,
        new Material(),
        material -> fill(material, inference));
  }

  @Override
  public void prepareInto(MaterialWriter out) throws ProtocolAbortException {
    Material onItsWay =
        new Material(
            FiledLayers.out(
                out::file,
                (number, batch, file) -> sharedActivation(number).save(batch, out.id(), file)),
            FiledLayers.out(out::file, (_, batch, file) -> batch.save(file)));
    try (Material material = onItsWay) {
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
                in::file, (number, file) -> sharedActivation(number).loadGarbled(in.id(), file)),
            FiledLayers.in(
                in::file,
                (number, file) -> sharedActivation(number).loadEvaluation(in.id(), file)));
    ByNumber.readCrossing(in, plan.layers().crossing(), material.masks);
    for (ActivationLayer layer : plan.remote().activations()) {
      int number = layer.number();
      material.masks.put(number, in.tensor("mask", number, layer.instances()));
      if (!isEvaluator()) {
        material.pads.put(number, in.tensor("pad", number, layer.inputSize()));
      }
    }
    for (LinearLayer layer : plan.remote().linear()) {
      int number = layer.number();
      material.outputMasks.put(number, in.tensor("output mask", number, layer.outputSize()));
    }
    peakMaterialBytes = Math.max(peakMaterialBytes, in.bytes());
    return new OneTime<>("material of inference " + in.id().number(), material);
  }

  private SharedActivation sharedActivation(int number) {
    return new SharedActivation(session, plan, plan.layers().remoteActivation(number));
  }

  private void fill(Material material, int inference) throws ProtocolAbortException {
    RandomSource own = random.fork("inference " + inference);
    drawMasks(material, own.fork("masks"));
    for (LinearLayer layer : plan.remote().linear()) {
      setUpLinear(layer, material, own);
    }
    for (ActivationLayer layer : plan.remote().activations()) {
      setUpActivation(layer, inference, material, own);
    }
    session.enter(Phase.PREPROCESSING, plan.split().cut() + 1);
    new Transition(session, keys.parameters(), plan.cutSize())
        .remote(
            keys,
            plan.layers().crossing().join(material.masks::at),
            modulus,
            own.fork("transition"));
    peakMaterialBytes = Math.max(peakMaterialBytes, material.bytes());
  }

  private void drawMasks(Material material, RandomSource own) {
    plan.layers().crossing().draw(modulus, own, (mask, number) -> material.masks.put(number, mask));
    for (ActivationLayer layer : plan.remote().activations()) {
      material.masks.put(layer.number(), UniformResidues.draw(layer.instances(), modulus, own));
      if (!isEvaluator()) {
        material.pads.put(layer.number(), UniformResidues.draw(layer.inputSize(), modulus, own));
      }
    }
  }

  /** Setup 2. */
  private void setUpLinear(LinearLayer layer, Material material, RandomSource own)
      throws ProtocolAbortException {
    int number = layer.number();
    session.enter(Phase.SETUP_PER_INFERENCE, number);
    material.outputMasks.put(
        number,
        layer.secretPart(
            material.masks::at,
            modulus,
            (branch, _, mask) ->
                new MaskedProduct(session, keys, layer.packedAt(branch))
                    .remote(
                        mask,
                        weights.prepared(number, branch),
                        modulus,
                        own.fork("product " + number + "." + branch))));
  }

  /** Setup 3. */
  private void setUpActivation(
      ActivationLayer layer, int inference, Material material, RandomSource own)
      throws ProtocolAbortException {
    int number = layer.number();
    session.enter(Phase.SETUP_PER_INFERENCE, number);
    SharedActivation activation = new SharedActivation(session, plan, layer);
    RandomSource layerRandom = own.fork("garbling " + number);
    if (isEvaluator()) {
      material.evaluations.put(
          number,
          activation.receive(evaluator.orElseThrow(), inference, rowRoom.place(), layerRandom));
    } else {
      long[] share = Tensors.negate(material.pads.at(number), modulus);
      material.garbled.put(
          number,
          activation.garble(
              garbler.orElseThrow(), inference, share, material.masks.at(number), layerRandom));
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
    SharedActivation activation = new SharedActivation(session, plan, layer);
    return isEvaluator()
        ? activation.evaluator(material.evaluations.at(number), share, material.masks.at(number))
        : activation.garblingRemote(material.garbled.at(number), share, material.pads.at(number));
  }

  /** The most one-time material held at once. */
  long peakMaterialBytes() {
    return peakMaterialBytes;
  }

  @Override
  public void close() {
    keyRing.close();
    garbler.ifPresent(Garbler::close);
    evaluator.ifPresent(Evaluator::close);
  }

  @Override
  public String toString() {
    return "RemoteProgram";
  }
}
