package org.secolab.protocol.cut;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.secolab.foundation.party.ProtocolAbortException;
import org.secolab.foundation.random.RandomSource;
import org.secolab.foundation.transport.Phase;
import org.secolab.foundation.transport.Session;
import org.secolab.foundation.wire.WireWriter;
import org.secolab.lattice.bfv.BfvEncryptor;
import org.secolab.lattice.bfv.BfvParameters;
import org.secolab.modelio.fixed.Modulus;
import org.secolab.mpcgc.multiparty.Evaluator;
import org.secolab.protocol.deploy.UniformResidues;
import org.secolab.protocol.inference.PartyOutcome;
import org.secolab.protocol.inference.SplitPlan;
import org.secolab.protocol.linear.LinearLayer;
import org.secolab.protocol.linear.Tensors;
import org.secolab.protocol.material.MaterialReader;
import org.secolab.protocol.material.MaterialWriter;
import org.secolab.protocol.material.OneTime;
import org.secolab.protocol.material.StoreException;
import org.secolab.protocol.nonlinear.ActivationLayer;

/** The user: holds the input, evaluates the activations before the cut, learns the result. */
public final class UserProgram implements Preparing {
  private final CutPlan plan;
  private final Session session;
  private final CutMask cutMask;
  private final RandomSource random;
  private final Modulus modulus;
  private final BfvParameters parameters;
  public final UserKeys keys;
  private final Optional<Evaluator> evaluator;
  private long participationNanos;
  private long waitingNanos;
  private final RowRoom rowRoom = new RowRoom();
  private long peakMaterialBytes;

  /** How the servers come to hold what belongs to the user's mask of the tensor at the cut. */
  @FunctionalInterface
  public interface CutMask {
    /**
     * The user's side.
     *
     * @param collective encrypts under the servers' key
     * @param mask r of the tensor at the cut
     */
    void send(BfvEncryptor collective, long[] mask, RandomSource random)
        throws ProtocolAbortException;
  }

  /** Does what is reusable: keys, base oblivious transfers. */
  public UserProgram(CutPlan plan, Session session, CutMask cutMask, RandomSource random)
      throws ProtocolAbortException {
    this(plan, session, cutMask, UserKeys.setUp(plan, session, random), true, random);
  }

  /**
   * The user with keys that are there.
   *
   * @param prepares whether material is to be made: that takes base oblivious transfers
   */
  public UserProgram(
      CutPlan plan,
      Session session,
      CutMask cutMask,
      UserKeys keys,
      boolean prepares,
      RandomSource random)
      throws ProtocolAbortException {
    this.plan = plan;
    this.cutMask = cutMask;
    this.session = session;
    this.random = random;
    modulus = plan.modulus();
    parameters = plan.gateway().choice().parameters();
    this.keys = keys;
    session.enter(Phase.SETUP_ONCE, 0);
    evaluator =
        prepares && !plan.gateway().activations().isEmpty()
            ? Optional.of(
                Evaluator.open(session, CutPlan.gatewayGarbling(), random.fork("garbling")))
            : Optional.empty();
  }

  /** Makes the material of one inference, together with the gateway. */
  public OneTime<Material> prepare(int inference) throws ProtocolAbortException {
    return OneTime.of(
        "material of inference " + inference,
        new Material(),
        material -> fill(material, inference));
  }

  @Override
  public void prepareInto(MaterialWriter out) throws ProtocolAbortException {
    try (Material material =
        new Material(
            new ByNumber<>("garbled layer"),
            FiledLayers.out(out::file, (_, batch, file) -> batch.save(file)))) {
      fill(material, out.id().number());
      material.writeTo(out);
    }
  }

  @Override
  public void writeKeys(WireWriter out) {
    keys.writeTo(out);
  }

  /** Material out of a store. */
  public OneTime<Material> stored(MaterialReader in) throws StoreException {
    Material material =
        new Material(
            new ByNumber<>("garbled layer"),
            FiledLayers.in(
                in::file,
                (number, file) ->
                    new GatewayActivation(session, plan.gatewayActivation(number), modulus)
                        .loadEvaluation(in.id(), file)));
    material.masks.put(0, in.tensor("mask", 0, plan.inputSize()));
    for (ActivationLayer layer : plan.gateway().activations()) {
      material.masks.put(layer.number(), in.tensor("mask", layer.number(), layer.instances()));
    }
    for (LinearLayer layer : plan.gateway().linear()) {
      material.shares.put(layer.number(), in.tensor("share", layer.number(), layer.outputSize()));
    }
    peakMaterialBytes = Math.max(peakMaterialBytes, in.bytes());
    return new OneTime<>("material of inference " + in.id().number(), material);
  }

  private void fill(Material material, int inference) throws ProtocolAbortException {
    RandomSource ownRandom = random.fork("inference " + inference);
    RandomSource maskRandom = ownRandom.fork("masks");
    session.enter(Phase.PREPROCESSING, 0);
    material.masks.put(0, UniformResidues.draw(plan.inputSize(), modulus, maskRandom));
    for (ActivationLayer layer : plan.gateway().activations()) {
      material.masks.put(
          layer.number(), UniformResidues.draw(layer.instances(), modulus, maskRandom));
    }
    for (LinearLayer layer : plan.gateway().linear()) {
      prepareLinear(layer, material, ownRandom);
    }
    for (ActivationLayer layer : plan.gateway().activations()) {
      int number = layer.number();
      session.enter(Phase.PREPROCESSING, number);
      material.evaluations.put(
          number,
          new GatewayActivation(session, layer, modulus)
              .userPrepare(
                  evaluator.orElseThrow(),
                  inference,
                  material.shares.at(number - 1),
                  rowRoom.place(),
                  ownRandom.fork("garbling " + number)));
    }
    if (plan.hasRemoteLayers()) {
      session.enter(Phase.PREPROCESSING, plan.split().cut() + 1);
      cutMask.send(
          keys.collective.orElseThrow(),
          plan.crossing().join(material.masks::at),
          ownRandom.fork("transition"));
    }
    Ready.await(session);
    peakMaterialBytes = Math.max(peakMaterialBytes, material.bytes());
  }

  private void prepareLinear(LinearLayer layer, Material material, RandomSource ownRandom)
      throws ProtocolAbortException {
    int number = layer.number();
    session.enter(Phase.PREPROCESSING, number);
    long[] secret =
        layer.secretPart(
            material.masks::at,
            modulus,
            (branch, _, mask) ->
                new GatewayProduct(session, parameters, layer.packedAt(branch))
                    .user(
                        keys.own,
                        keys.secretKey,
                        mask,
                        ownRandom.fork("product " + number + "." + branch)));
    long[] open = layer.publicPart(material.masks::at, modulus);
    material.shares.put(number, Tensors.add(secret, open, modulus));
  }

  /**
   * One inference.
   *
   * @param input x_1, residues
   * @return the output
   */
  public long[] online(long[] input, OneTime<Material> oneTime) throws ProtocolAbortException {
    try (Material material = oneTime.take()) {
      int cut = plan.split().cut();
      session.enter(Phase.ONLINE, 0);
      long start = session.nanos();
      MaskedTensors.INPUT.send(
          session,
          List.of(SplitPlan.GATEWAY),
          Tensors.subtract(input, material.masks.at(0), modulus),
          modulus);
      for (ActivationLayer layer : plan.gateway().activations()) {
        session.enter(Phase.ONLINE, layer.number());
        new GatewayActivation(session, layer, modulus)
            .user(material.evaluations.at(layer.number()), material.masks.at(layer.number()));
      }
      participationNanos += session.nanos() - start;
      // Whatever happens behind the cut, the user only sees the result come.
      session.enter(Phase.ONLINE, cut + 1);
      long[] output;
      if (plan.hasRemoteLayers()) {
        output = new Result(session, parameters, plan.outputSize()).user(keys.secretKey);
      } else {
        long[] share =
            MaskedTensors.RESULT.receive(session, SplitPlan.GATEWAY, plan.outputSize(), modulus);
        long[] own = plan.endsInActivation() ? material.masks.at(cut) : material.shares.at(cut);
        output = Tensors.add(share, own, modulus);
      }
      waitingNanos += session.nanos() - start;
      return output;
    }
  }

  /** One inference after the other, to the end of the session. */
  public PartyOutcome run(List<long[]> inputs) throws ProtocolAbortException {
    List<long[]> outputs = new ArrayList<>();
    for (int inference = 0; inference < inputs.size(); inference++) {
      outputs.add(online(inputs.get(inference), prepare(inference)));
    }
    return finish(outputs);
  }

  /** Ends the session, and says what came of it. */
  public PartyOutcome finish(List<long[]> outputs) {
    session.leave();
    return new PartyOutcome(outputs, participationNanos, waitingNanos, peakMaterialBytes);
  }

  @Override
  public void close() {
    keys.close();
    evaluator.ifPresent(Evaluator::close);
  }

  @Override
  public String toString() {
    return "UserProgram";
  }
}
