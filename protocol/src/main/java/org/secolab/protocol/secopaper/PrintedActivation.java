package org.secolab.protocol.secopaper;

import java.util.List;
import java.util.Map;
import org.secolab.foundation.party.PartyId;
import org.secolab.foundation.party.ProtocolAbortException;
import org.secolab.foundation.random.RandomSource;
import org.secolab.foundation.round.PlainRound;
import org.secolab.foundation.transport.Session;
import org.secolab.foundation.wire.MessageType;
import org.secolab.modelio.fixed.Modulus;
import org.secolab.mpcgc.circuit.ActivationCircuits;
import org.secolab.mpcgc.circuit.Circuit;
import org.secolab.mpcgc.multiparty.BatchId;
import org.secolab.mpcgc.multiparty.EvaluationBatch;
import org.secolab.mpcgc.multiparty.Evaluator;
import org.secolab.mpcgc.multiparty.ForwardedInputs;
import org.secolab.mpcgc.multiparty.GarbledBatch;
import org.secolab.mpcgc.multiparty.Garbler;
import org.secolab.mpcgc.multiparty.RowStore;
import org.secolab.protocol.linear.Residues;
import org.secolab.protocol.linear.Tensors;
import org.secolab.protocol.nonlinear.ActivationLayer;

/**
 * Setup 3 and its online half: B garbles C_i(E^p, r^p of all servers) = activation(Σ E^p) − Σ r^p,
 * another server evaluates, the third one's labels are forwarded.
 *
 * <p>What a server knows in setup it enters in setup; the rest online: A's share E^1 is known in
 * setup, E^2 and E^3 come online.
 */
final class PrintedActivation {
  private final Session session;
  private final Roles roles;
  private final ActivationLayer layer;
  private final Modulus modulus;
  private final Circuit circuit;
  private final int self;

  PrintedActivation(Session session, Roles roles, ActivationLayer layer, Modulus modulus) {
    this.session = session;
    this.roles = roles;
    this.layer = layer;
    this.modulus = modulus;
    this.circuit = layer.printed();
    this.self = roles.number(session.self());
  }

  private MessageType<Residues> maskedType() {
    return Residues.type(
        MessageCodes.MASKED_TENSOR, "masked-tensor", "Online, ReLU", layer.instances(), modulus);
  }

  private BatchId id(int inference) {
    return new BatchId(inference, layer.number(), 0);
  }

  /** What this server enters for its r: −r is added. */
  private long[] maskEntries(long[] mask) {
    return layer.ring().maskEntries(self, Tensors.negate(mask, modulus));
  }

  /** What this server enters for its E. */
  private long[] shareEntries(long[] share) {
    long[] words = layer.gather(share);
    return self == 2 ? words : layer.ring().shareEntries(self, words);
  }

  private static String share(int number) {
    return ActivationCircuits.share(number);
  }

  private static String mask(int number) {
    return ActivationCircuits.mask(number);
  }

  /** Whether the share of a server is known before the input: A's is. */
  private boolean isEarly(PartyId server) {
    return server.equals(Roles.A);
  }

  private PartyId owner(int number) {
    return number == 1 ? roles.forwarder() : roles.evaluator();
  }

  /**
   * Setup: B's side.
   *
   * @param mask r^2
   */
  GarbledBatch garble(
      Garbler garbler,
      ForwardedInputs.Sender sender,
      int inference,
      long[] mask,
      RandomSource random)
      throws ProtocolAbortException {
    GarbledBatch batch =
        garbler.garble(
            session,
            id(inference),
            circuit,
            layer.instances(),
            Map.of(mask(0), maskEntries(mask)),
            random);
    batch.offer(session, mask(1), sender);
    batch.answer(session, mask(2));
    if (isEarly(roles.forwarder())) {
      batch.offer(session, share(1), sender);
    } else {
      batch.answer(session, share(2));
    }
    return batch;
  }

  /**
   * Setup: the evaluator's side.
   *
   * @param rows where the garbled rows lie until online
   * @param mask its r
   * @param early its E, if it is A
   */
  EvaluationBatch receive(
      Evaluator evaluator,
      int inference,
      RowStore rows,
      long[] mask,
      long[] early,
      RandomSource random)
      throws ProtocolAbortException {
    EvaluationBatch batch =
        evaluator.receive(session, id(inference), circuit, layer.instances(), rows, random);
    batch.acceptFrom(session, mask(1), roles.forwarder());
    batch.supply(session, mask(2), maskEntries(mask));
    if (isEarly(roles.forwarder())) {
      batch.acceptFrom(session, share(1), roles.forwarder());
    } else {
      batch.supply(session, share(2), shareEntries(early));
    }
    return batch;
  }

  /**
   * Setup: the forwarder's side.
   *
   * @param mask its r
   * @param early its E, if it is A
   */
  void forward(ForwardedInputs.Chooser chooser, long[] mask, long[] early)
      throws ProtocolAbortException {
    chooser.forward(session, circuit, mask(1), layer.instances(), maskEntries(mask));
    if (isEarly(roles.forwarder())) {
      forwardShare(chooser, early);
    }
  }

  private void forwardShare(ForwardedInputs.Chooser chooser, long[] share)
      throws ProtocolAbortException {
    chooser.forward(session, circuit, share(1), layer.instances(), shareEntries(share));
  }

  /**
   * Online: B's side.
   *
   * @param share E^2
   * @return x − r
   */
  long[] garbler(GarbledBatch batch, ForwardedInputs.Sender sender, long[] share)
      throws ProtocolAbortException {
    batch.provide(session, share(0), shareEntries(share));
    if (isEarly(owner(1))) {
      batch.answer(session, share(2));
    } else {
      batch.offer(session, share(1), sender);
    }
    batch.close();
    return hear();
  }

  /**
   * Online: the evaluator's side.
   *
   * @param share its E, unless it is A
   * @return x − r
   */
  long[] evaluator(EvaluationBatch batch, long[] share) throws ProtocolAbortException {
    batch.accept(session, share(0));
    if (isEarly(owner(1))) {
      batch.supply(session, share(2), shareEntries(share));
    } else {
      batch.acceptFrom(session, share(1), roles.forwarder());
    }
    long[] masked = batch.evaluate();
    batch.close();
    session.exchange(PlainRound.send(maskedType(), hearers(), new Residues(masked, modulus)));
    return masked;
  }

  /**
   * Online: the forwarder's side, if it is not A, which is idle.
   *
   * @param share its E
   * @return x − r
   */
  long[] forwarder(ForwardedInputs.Chooser chooser, long[] share) throws ProtocolAbortException {
    forwardShare(chooser, share);
    return hear();
  }

  /** The remote servers that do not evaluate. */
  private List<PartyId> hearers() {
    return List.of(Roles.B, Roles.C).stream()
        .filter(server -> !server.equals(roles.evaluator()))
        .toList();
  }

  private long[] hear() throws ProtocolAbortException {
    return session
        .exchange(PlainRound.receive(maskedType(), List.of(roles.evaluator())))
        .from(roles.evaluator())
        .values();
  }
}
