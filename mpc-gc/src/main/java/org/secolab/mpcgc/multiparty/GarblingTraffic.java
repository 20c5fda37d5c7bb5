package org.secolab.mpcgc.multiparty;

import java.util.OptionalInt;
import org.secolab.foundation.party.PartyId;
import org.secolab.mpcgc.circuit.Circuit;
import org.secolab.mpcgc.circuit.InputKind;
import org.secolab.mpcgc.halfgate.GarblingScheme;
import org.secolab.mpcgc.label.Planes;
import org.secolab.mpcgc.ot.BaseOtMessage;
import org.secolab.mpcgc.ot.CotReceiver;
import org.secolab.mpcgc.ot.CotSender;

/**
 * What goes over which link, message by message, without running anything: the formula that the
 * measured traffic must equal.
 */
public final class GarblingTraffic {
  /** Hears of one message. */
  @FunctionalInterface
  public interface Listener {
    /** A message of {@code payloadBytes} bytes behind its frame header. */
    void message(PartyId from, PartyId to, long payloadBytes);
  }

  private final GarblingParties parties;
  private final GarblingOptions options;
  private final int garblers;
  private final Listener listener;

  /** Tells {@code listener} what {@code parties} send each other with standard options. */
  public GarblingTraffic(GarblingParties parties, Listener listener) {
    this(parties, GarblingOptions.standard(), listener);
  }

  /** Tells {@code listener} what {@code parties} send each other. */
  public GarblingTraffic(GarblingParties parties, GarblingOptions options, Listener listener) {
    this.parties = parties;
    this.options = options;
    this.garblers = parties.count();
    this.listener = listener;
  }

  private void words(PartyId from, PartyId to, long words) {
    listener.message(from, to, 8 * words);
  }

  private void words(int from, int to, long words) {
    words(parties.garblers().get(from), parties.garblers().get(to), words);
  }

  private void fromEvaluator(int garbler, long words) {
    words(parties.evaluator(), parties.garblers().get(garbler), words);
  }

  private void toEvaluator(int garbler, long words) {
    words(parties.garblers().get(garbler), parties.evaluator(), words);
  }

  /** {@link Garbler#open} and {@link Evaluator#open}. */
  public void open() {
    for (int i = 0; i < garblers; i++) {
      for (int j = 0; j < garblers; j++) {
        if (i != j) {
          baseTransfers(parties.garblers().get(i), parties.garblers().get(j));
        }
      }
      baseTransfers(parties.evaluator(), parties.garblers().get(i));
    }
  }

  private void baseTransfers(PartyId chooser, PartyId sender) {
    listener.message(chooser, sender, BaseOtMessage.elementBytes());
    listener.message(sender, chooser, BaseOtMessage.ciphertextBytes());
  }

  /** What the first batch of an inference begins with. */
  public void inference() {
    long renewal = CotReceiver.messageWords(1, 128);
    long trees = CotSender.treeCorrectionWords(options.fieldBits());
    for (int i = 0; i < garblers; i++) {
      for (int j = 0; j < garblers; j++) {
        if (i != j) {
          words(i, j, renewal);
          words(i, j, trees);
          words(i, j, 2L * GarblerInference.SEED_WORDS);
        }
      }
      toEvaluator(i, renewal);
      fromEvaluator(i, trees);
      toEvaluator(i, GarblerInference.SEED_WORDS);
    }
  }

  /** {@link Garbler#garble} and {@link Evaluator#receive} of one batch. */
  public void batch(Circuit circuit, int instances) {
    for (int i = 0; i < garblers; i++) {
      for (int j = 0; j < garblers; j++) {
        if (i != j) {
          words(i, j, Agreement.WORDS);
        }
      }
      toEvaluator(i, Agreement.WORDS);
      fromEvaluator(i, Agreement.WORDS);
    }
    Layout layout = new Layout(circuit, options.scheme(), garblers, instances);
    for (int pass = 0; pass < layout.passes(); pass++) {
      int count = layout.passSize(pass);
      betweenGarblers(layout, count);
      withEvaluator(layout, count);
    }
  }

  private void betweenGarblers(Layout layout, int count) {
    long words = Planes.words(count);
    for (int i = 0; i < garblers; i++) {
      int transfers = Math.toIntExact(64L * layout.transferPlaces(i).length * words);
      for (int j = 0; j < garblers; j++) {
        if (i != j) {
          words(i, j, CotReceiver.messageWords(options.fieldBits(), transfers));
          for (Circuit.SetupLevel level : layout.circuit.setupLevels()) {
            products(i, j, level.and().size() * words);
          }
          products(i, j, layout.garbledGates.length * words);
        }
      }
    }
  }

  /** Two messages: shares, then corrections. */
  private void products(int from, int to, long words) {
    if (words > 0) {
      words(from, to, words);
      words(from, to, words);
    }
  }

  private void withEvaluator(Layout layout, int count) {
    long words = Planes.words(count);
    int gates = layout.garbledGates.length;
    for (int i = 0; i < garblers; i++) {
      if (layout.evaluatorWires.length > 0) {
        int transfers = Math.toIntExact(64L * layout.evaluatorWires.length * words);
        fromEvaluator(i, CotReceiver.messageWords(options.fieldBits(), transfers));
      }
      for (int gate = 0; gate < gates; gate += layout.gatesPerMessage) {
        rows(i, count, Math.min(layout.gatesPerMessage, gates - gate));
      }
      outputMasks(i, layout, words);
    }
  }

  private void outputMasks(int from, Layout layout, long words) {
    int own = layout.outputBits(OptionalInt.empty()).length;
    if (own > 0) {
      toEvaluator(from, own * words);
    }
    for (int to = 0; to < garblers; to++) {
      int bits = layout.outputBits(OptionalInt.of(to)).length;
      if (to != from && bits > 0) {
        words(from, to, bits * words);
      }
    }
  }

  /** {@link EvaluationBatch#deliver} of one output to the garbler that learns it. */
  public void delivery(Circuit circuit, String name, int instances) {
    Circuit.Output output = circuit.output(name);
    long words = Planes.words(instances);
    fromEvaluator(output.garbler().orElseThrow(), output.bits() * words);
  }

  /** One message of rows, and before it what the owners of labels need to add them up. */
  private void rows(int garbler, int count, int gates) {
    GarblingScheme scheme = options.scheme();
    long planes =
        garbler == 0 && !scheme.choosesMask(garblers) ? (long) gates * Planes.words(count) : 0;
    long section = 2L * scheme.sums(garblers) * count * gates;
    switch (options.delivery()) {
      case DIRECT -> toEvaluator(garbler, 2L * scheme.rowsSent(garblers) * count * gates + planes);
      case SUMMED_AT_OWNER -> {
        for (int j = 0; j < garblers; j++) {
          if (j != garbler) {
            words(garbler, j, section);
          }
        }
        toEvaluator(garbler, section + planes);
      }
    }
  }

  /** {@link EvaluationBatch#supply} or {@link GarbledBatch#provide} of one input. */
  public void onlineInput(Circuit circuit, String name, int instances) {
    Circuit.Input input = circuit.input(name);
    long masked = (long) input.wires() * Planes.words(instances);
    for (int i = 0; i < garblers; i++) {
      switch (input.kind()) {
        case InputKind.EvaluatorInput _ -> fromEvaluator(i, masked);
        case InputKind.GarblerOnline(int owner) -> {
          if (i == owner) {
            toEvaluator(i, masked);
          } else {
            words(owner, i, masked);
          }
        }
        case InputKind.SetupKnown _ ->
            throw new IllegalArgumentException("expected an online input, got \"" + name + "\"");
      }
      toEvaluator(i, 2L * input.wires() * instances);
    }
  }

  /** {@link ForwardedInputs.Sender#open} and {@link ForwardedInputs.Chooser#open}. */
  public void openForwarding(PartyId forwarder) {
    PartyId garbler = parties.garblers().getFirst();
    baseTransfers(garbler, forwarder);
    words(forwarder, garbler, CotSender.treeCorrectionWords(options.fieldBits()));
  }

  /** {@link ForwardedInputs.Chooser#forward} of one input. */
  public void forwardedInput(Circuit circuit, String name, int instances, PartyId forwarder) {
    Circuit.Input input = circuit.input(name);
    PartyId garbler = parties.garblers().getFirst();
    int transfers = 64 * Planes.words(instances) * input.wires();
    words(forwarder, garbler, CotReceiver.messageWords(options.fieldBits(), transfers));
    words(garbler, forwarder, ForwardedInputs.offerWords(input, instances));
    words(forwarder, parties.evaluator(), (long) input.wires() * Planes.words(instances));
    words(forwarder, parties.evaluator(), 2L * input.wires() * instances);
  }

  /**
   * Bytes of rows and masks that the evaluator stores of a batch until it is evaluated, with
   * standard options.
   */
  public static long storedBytes(Circuit circuit, int garblers, int instances) {
    GarblingScheme scheme = GarblingOptions.standard().scheme();
    long words = Planes.words(instances);
    long rows = 16L * circuit.garbledAndCount() * scheme.sumsKept(garblers) * instances;
    long pointing = scheme.choosesMask(garblers) ? 0 : 8L * circuit.garbledAndCount() * words;
    long outputs =
        circuit.outputs().stream()
            .filter(output -> output.garbler().isEmpty())
            .mapToLong(Circuit.Output::bits)
            .sum();
    return rows + pointing + 8 * outputs * words;
  }
}
