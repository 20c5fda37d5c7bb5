package org.secolab.mpcgc.multiparty;

import java.util.Arrays;
import java.util.List;
import org.secolab.foundation.party.PartyId;
import org.secolab.foundation.party.ProtocolAbortException;
import org.secolab.foundation.random.RandomSource;
import org.secolab.foundation.round.PlainRound;
import org.secolab.foundation.secret.Secret;
import org.secolab.foundation.transport.Session;
import org.secolab.mpcgc.circuit.Circuit;
import org.secolab.mpcgc.label.Blocks;
import org.secolab.mpcgc.label.Delta;
import org.secolab.mpcgc.label.Planes;
import org.secolab.mpcgc.ot.BaseOtMessage;
import org.secolab.mpcgc.ot.BaseOtReceiver;
import org.secolab.mpcgc.ot.BaseOtSender;
import org.secolab.mpcgc.ot.CotReceiver;
import org.secolab.mpcgc.ot.CotSender;
import org.secolab.mpcgc.ot.StringTransfers;
import org.secolab.mpcgc.ot.TransferName;

/**
 * Inputs that a third party knows, neither the only garbler nor the evaluator: it gets the labels
 * of its bits from the garbler by oblivious transfer and forwards them to the evaluator. This is
 * how SECO prints it, and the cause of its weakness.
 *
 * <p>In the circuit such an input is an online one of garbler 0. Its wire has a mask λ that the
 * garbler drew; for the bit v the third party gets the label of the masked value Λ = v + λ, and λ,
 * and passes Λ and the label on. The garbler learns nothing of v, and the evaluator only Λ; but
 * <em>garbler and evaluator together</em> know λ and Λ and so read v.
 */
public final class ForwardedInputs {
  private static final int FIELD_BITS = GarblingOptions.standard().fieldBits();

  private ForwardedInputs() {}

  /** Names the base transfers, in which the garbler chooses. */
  private static TransferName base(Session session, PartyId garbler, PartyId forwarder) {
    return new TransferName(session.id(), "forwarding base", garbler, forwarder);
  }

  /** Names the transfers of the labels of one input after the other. */
  private static TransferName labels(
      Session session, PartyId garbler, PartyId forwarder, int count) {
    return new TransferName(session.id(), "forwarding " + count, forwarder, garbler);
  }

  /** The strings of one input: for each wire, 64 for every word of a plane. */
  private static int transfers(Circuit.Input input, int instances) {
    return Math.multiplyExact(64 * Planes.words(instances), input.wires());
  }

  /** Words of the garbler's message: two hidden strings for each transfer, and the masks. */
  static long offerWords(Circuit.Input input, int instances) {
    return 4L * transfers(input, instances) + (long) input.wires() * Planes.words(instances);
  }

  /** The garbler's end: base transfers with the third party, done once. */
  public static final class Sender implements Secret {
    private final PartyId chooser;
    private final CotSender transfers;
    private final Delta difference;
    private int count;

    private Sender(PartyId chooser, CotSender transfers, Delta difference) {
      this.chooser = chooser;
      this.transfers = transfers;
      this.difference = difference;
    }

    /** Runs the base transfers; {@code chooser} must {@link Chooser#open} at the same time. */
    public static Sender open(Session session, PartyId chooser, RandomSource random)
        throws ProtocolAbortException {
      Delta difference = new Delta(random.fork("choices"));
      TransferName name = base(session, session.self(), chooser);
      BaseOtReceiver base = new BaseOtReceiver(name, difference.copy(), random.fork("base"));
      session.exchange(PlainRound.send(BaseOtMessage.ELEMENTS, List.of(chooser), base.message()));
      BaseOtMessage answer =
          session
              .exchange(PlainRound.receive(BaseOtMessage.CIPHERTEXTS, List.of(chooser)))
              .from(chooser);
      long[] trees =
          Messages.TREES.receive(session, chooser, CotSender.treeCorrectionWords(FIELD_BITS));
      return new Sender(
          chooser, new CotSender(FIELD_BITS, name, base.open(chooser, answer), trees), difference);
    }

    /**
     * Offers both labels of every bit of an input.
     *
     * @param labels of masked value 0, wire by wire, two words an instance
     * @param masks the planes of λ, wire by wire
     * @param delta of the garbling
     */
    void offer(
        Session session,
        Circuit.Input input,
        int instances,
        List<long[]> labels,
        List<long[]> masks,
        Delta delta)
        throws ProtocolAbortException {
      int words = Planes.words(instances);
      int strings = transfers(input, instances);
      long[] zero = new long[2 * strings];
      long[] one = new long[2 * strings];
      long[] planes = new long[input.wires() * words];
      for (int w = 0; w < input.wires(); w++) {
        int at = 64 * words * w;
        System.arraycopy(labels.get(w), 0, zero, 2 * at, 2 * instances);
        System.arraycopy(masks.get(w), 0, planes, words * w, words);
        Planes.clearBehind(planes, words * w, instances);
        Blocks.xorWhere(planes, 64 * words * w, delta.low(), delta.high(), zero, at, instances);
        System.arraycopy(zero, 2 * at, one, 2 * at, 2 * instances);
        // Behind the last instance both strings are zero: Δ does not show there.
        for (int i = 0; i < instances; i++) {
          one[2 * (at + i)] ^= delta.low();
          one[2 * (at + i) + 1] ^= delta.high();
        }
      }
      long[] choices =
          Messages.FORWARD_CHOICES.receive(
              session, chooser, CotReceiver.messageWords(FIELD_BITS, strings));
      long[] keys = new long[2 * strings];
      transfers.extend(strings, choices, keys);
      TransferName name = labels(session, session.self(), chooser, count++);
      long[] hidden = StringTransfers.hide(zero, one, keys, difference, name);
      long[] message = Arrays.copyOf(hidden, hidden.length + planes.length);
      System.arraycopy(planes, 0, message, hidden.length, planes.length);
      Arrays.fill(zero, 0);
      Arrays.fill(one, 0);
      Messages.FORWARD_OFFER.send(session, List.of(chooser), message);
    }

    @Override
    public void close() {
      transfers.close();
      difference.close();
    }

    @Override
    public String toString() {
      return "Sender";
    }
  }

  /** The third party's end. */
  public static final class Chooser implements Secret {
    private final PartyId garbler;
    private final PartyId evaluator;
    private final CotReceiver transfers;
    private int count;

    private Chooser(PartyId garbler, PartyId evaluator, CotReceiver transfers) {
      this.garbler = garbler;
      this.evaluator = evaluator;
      this.transfers = transfers;
    }

    /** Runs the base transfers; the other side of {@link Sender#open}. */
    public static Chooser open(
        Session session, PartyId garbler, PartyId evaluator, RandomSource random)
        throws ProtocolAbortException {
      BaseOtMessage elements =
          session
              .exchange(PlainRound.receive(BaseOtMessage.ELEMENTS, List.of(garbler)))
              .from(garbler);
      TransferName name = base(session, garbler, session.self());
      BaseOtSender base = new BaseOtSender(name, elements, random);
      session.exchange(
          PlainRound.send(BaseOtMessage.CIPHERTEXTS, List.of(garbler), base.message()));
      CotReceiver transfers = new CotReceiver(FIELD_BITS, name, base.seeds());
      Messages.TREES.send(session, List.of(garbler), transfers.treeCorrections());
      return new Chooser(garbler, evaluator, transfers);
    }

    /**
     * Enters an input; the garbler calls {@link GarbledBatch#offer}, the evaluator {@link
     * EvaluationBatch#acceptFrom}.
     *
     * @param values one word per instance and word of the input, those of the first instance first
     */
    public void forward(Session session, Circuit circuit, String name, int instances, long[] values)
        throws ProtocolAbortException {
      Circuit.Input input = circuit.input(name);
      int words = Planes.words(instances);
      long[][] planes = Planes.ofValues(values, instances, input.words(), input.bits());
      long[] masked = new long[input.wires() * words];
      for (int w = 0; w < input.wires(); w++) {
        System.arraycopy(planes[w], 0, masked, w * words, words);
        Arrays.fill(planes[w], 0);
      }
      int strings = transfers(input, instances);
      long[] macs = new long[2 * strings];
      Messages.FORWARD_CHOICES.send(
          session, List.of(garbler), transfers.extend(masked, strings, macs));
      long[] offer =
          Messages.FORWARD_OFFER.receive(
              session, garbler, Math.toIntExact(offerWords(input, instances)));
      TransferName bundle = labels(session, garbler, session.self(), count++);
      long[] opened = StringTransfers.open(Arrays.copyOf(offer, 4 * strings), masked, macs, bundle);
      long[] labels = new long[2 * input.wires() * instances];
      for (int w = 0; w < input.wires(); w++) {
        System.arraycopy(opened, 2 * 64 * words * w, labels, 2 * instances * w, 2 * instances);
      }
      for (int i = 0; i < masked.length; i++) {
        masked[i] ^= offer[4 * strings + i];
      }
      Messages.MASKED_INPUT.send(session, List.of(evaluator), masked);
      Messages.LABELS.send(session, List.of(evaluator), labels);
    }

    @Override
    public void close() {
      transfers.close();
    }

    @Override
    public String toString() {
      return "Chooser";
    }
  }
}
