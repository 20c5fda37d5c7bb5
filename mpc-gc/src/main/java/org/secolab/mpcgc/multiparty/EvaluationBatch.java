package org.secolab.mpcgc.multiparty;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Stream;
import org.secolab.foundation.party.PartyId;
import org.secolab.foundation.party.ProtocolAbortException;
import org.secolab.foundation.party.SessionId;
import org.secolab.foundation.random.RandomSource;
import org.secolab.foundation.random.SeededRandom;
import org.secolab.foundation.round.Outbox;
import org.secolab.foundation.secret.Secret;
import org.secolab.foundation.transport.Session;
import org.secolab.mpcgc.circuit.Circuit;
import org.secolab.mpcgc.circuit.InputKind;
import org.secolab.mpcgc.halfgate.FixedKeyPermutation;
import org.secolab.mpcgc.halfgate.GarblingScheme;
import org.secolab.mpcgc.halfgate.TweakedHash;
import org.secolab.mpcgc.label.Blocks;
import org.secolab.mpcgc.label.Planes;
import org.secolab.mpcgc.label.WordsMessage;
import org.secolab.mpcgc.ot.CotReceiver;

/**
 * What the evaluator holds of a batch: the sums of the rows, the masks of the outputs, and the
 * labels of inputs as they come in. It evaluates once.
 */
public final class EvaluationBatch implements Secret {
  private static final HexFormat HEX = HexFormat.of();

  private final GarblingParties parties;
  private final GarblingOptions options;
  private final GarblingScheme scheme;
  private final Layout layout;
  private final Circuit circuit;
  private final int garblers;
  private final byte[] publicSeed;
  private final byte[] name;
  private final RowStore rows;
  // By wire of an online input; before it is supplied: the transfer's string and choices.
  private final long[][][] active;
  private final long[][][] choices;
  private final long[][] masked;
  private final Set<String> missing = new LinkedHashSet<>();
  // By name of an output of a garbler: its masked bits.
  private final Map<String, long[][]> undelivered = new HashMap<>();
  private boolean evaluated;

  EvaluationBatch(
      GarblingParties parties,
      GarblingOptions options,
      Layout layout,
      byte[] publicSeed,
      byte[] name,
      RowStore rows) {
    this.parties = parties;
    this.options = options;
    this.scheme = options.scheme();
    this.layout = layout;
    this.circuit = layout.circuit;
    this.garblers = parties.count();
    this.publicSeed = publicSeed;
    this.name = name;
    this.rows = rows;
    active = new long[garblers][circuit.firstGateWire()][0];
    choices = new long[garblers][circuit.firstGateWire()][0];
    masked = new long[circuit.firstGateWire()][0];
    for (Circuit.Input input : circuit.inputs()) {
      if (!(input.kind() instanceof InputKind.SetupKnown)) {
        missing.add(input.name());
        for (int wire = input.firstWire(); wire < input.firstWire() + input.wires(); wire++) {
          masked[wire] = new long[Planes.words(layout.instances)];
          for (int j = 0; j < garblers; j++) {
            active[j][wire] = new long[2 * layout.instances];
            choices[j][wire] = new long[Planes.words(layout.instances)];
          }
        }
      }
    }
  }

  private static long[] there(long[] array) {
    if (array.length == 0) {
      throw new AssertionError("expected the array of an online input");
    }
    return array;
  }

  void receive(Session session, CotReceiver[] receivers, RandomSource random)
      throws ProtocolAbortException {
    RandomSource[] choiceRandom = new RandomSource[garblers];
    for (int j = 0; j < garblers; j++) {
      choiceRandom[j] = random.fork("choices/" + j);
    }
    int outputBits = layout.outputBits(OptionalInt.empty()).length;
    long[] bits = new long[layout.evaluatorWires.length * Planes.words(layout.passSize(0))];
    // Every message of every pass.
    long[] message = new long[largestMessage(outputBits)];
    for (int pass = 0; pass < layout.passes(); pass++) {
      int first = pass * layout.passInstances;
      int count = layout.passSize(pass);
      transfers(session, receivers, choiceRandom, first, count, bits, message);
      long[] low = new long[lowestWords(count)];
      long[] sum = sumRows(session, count, low, message);
      long[] masks = new long[outputBits * Planes.words(count)];
      for (PartyId garbler : masks.length > 0 ? parties.garblers() : List.<PartyId>of()) {
        Messages.OUTPUT_MASKS.receive(session, garbler, message, masks.length);
        Planes.xorInto(masks, message);
      }
      rows.put(new RowPass(sum, low, masks));
    }
    Arrays.fill(bits, 0);
    Arrays.fill(message, 0);
  }

  private int largestMessage(int outputBits) {
    int count = layout.passSize(0);
    int words = Planes.words(count);
    int transfers =
        CotReceiver.messageWords(options.fieldBits(), 64 * layout.evaluatorWires.length * words);
    int gates = Math.min(layout.gatesPerMessage, layout.garbledGates.length);
    return Math.max(
        Math.max(transfers, outputBits * words), gates * (2 * rowsPerMessage() * count + words));
  }

  /** Rows of one gate and instance in a message. */
  private int rowsPerMessage() {
    return switch (options.delivery()) {
      case DIRECT -> scheme.rowsSent(garblers);
      case SUMMED_AT_OWNER -> scheme.sums(garblers);
    };
  }

  private void transfers(
      Session session,
      CotReceiver[] receivers,
      RandomSource[] choiceRandom,
      int first,
      int count,
      long[] bits,
      long[] message)
      throws ProtocolAbortException {
    int words = Planes.words(count);
    int wires = layout.evaluatorWires.length;
    if (wires == 0) {
      return;
    }
    int length = CotReceiver.messageWords(options.fieldBits(), 64 * wires * words);
    for (int j = 0; j < garblers; j++) {
      choiceRandom[j].fill(bits);
      long[][] strings = new long[wires][];
      for (int n = 0; n < wires; n++) {
        int wire = layout.evaluatorWires[n];
        System.arraycopy(bits, n * words, there(choices[j][wire]), first / 64, words);
        strings[n] = there(active[j][wire]);
      }
      receivers[j].extend(bits, strings, first, count, message);
      Messages.EVALUATOR_TRANSFERS.send(session, parties.garblers().get(j), message, length);
    }
  }

  /** Adds the garblers' rows up as they arrive. */
  private long[] sumRows(Session session, int count, long[] low, long[] message)
      throws ProtocolAbortException {
    int words = Planes.words(count);
    int gates = layout.garbledGates.length;
    boolean pointing = !scheme.choosesMask(garblers);
    long[] sum = new long[Math.multiplyExact(2 * gates * scheme.sumsKept(garblers), count)];
    for (int gate = 0; gate < gates; gate += layout.gatesPerMessage) {
      int here = Math.min(layout.gatesPerMessage, gates - gate);
      for (int i = 0; i < garblers; i++) {
        int planes = pointing && i == 0 ? here * words : 0;
        PartyId garbler = parties.garblers().get(i);
        int sections = 2 * here * rowsPerMessage() * count;
        Messages.ROWS.receive(session, garbler, message, sections + planes);
        switch (options.delivery()) {
          case DIRECT -> {
            int from = 0;
            for (int j = 0; j < garblers; j++) {
              int rows = i == j ? scheme.ownRows(garblers) : scheme.sums(garblers);
              addSection(message, from, rows, j, gate, here, count, sum);
              from += here * rows * count;
            }
          }
          case SUMMED_AT_OWNER ->
              addSection(message, 0, scheme.sums(garblers), i, gate, here, count, sum);
        }
        if (planes > 0) {
          System.arraycopy(message, sections, low, gate * words, planes);
        }
      }
    }
    return sum;
  }

  private int lowestWords(int count) {
    return scheme.choosesMask(garblers) ? 0 : layout.garbledGates.length * Planes.words(count);
  }

  /** Adds one owner's section of a message, gate by gate. */
  private void addSection(
      long[] message, int from, int rows, int owner, int gate, int here, int count, long[] sum) {
    for (int n = 0; n < here; n++) {
      int to = ((gate + n) * garblers + owner) * scheme.sums(garblers) * count;
      Blocks.xorInto(sum, to, message, from + n * rows * count, rows * count);
    }
  }

  /**
   * Enters an input of the evaluator; every garbler calls {@link GarbledBatch#answer}.
   *
   * @param values one word per instance and word of the input, those of the first instance first
   * @throws IllegalArgumentException if it is not the evaluator's, was supplied before, or the
   *     number of values is wrong
   */
  public void supply(Session session, String name, long[] values) throws ProtocolAbortException {
    Circuit.Input input = circuit.input(name);
    if (!(input.kind() instanceof InputKind.EvaluatorInput)) {
      throw new IllegalArgumentException(
          "expected an input of the evaluator, got \"" + name + "\", which is not");
    }
    int words = Planes.words(layout.instances);
    long[][] planes = Planes.ofValues(values, layout.instances, input.words(), input.bits());
    take(name);
    SequencedMap<PartyId, WordsMessage> outbox = new LinkedHashMap<>();
    for (int j = 0; j < garblers; j++) {
      long[] differences = new long[input.wires() * words];
      for (int w = 0; w < input.wires(); w++) {
        int wire = input.firstWire() + w;
        System.arraycopy(planes[w], 0, there(masked[wire]), 0, words);
        long[] choice = there(choices[j][wire]);
        for (int i = 0; i < words; i++) {
          differences[w * words + i] = planes[w][i] ^ choice[i];
        }
        Arrays.fill(choice, 0);
      }
      outbox.put(parties.garblers().get(j), new WordsMessage(differences));
    }
    Messages.MASKED_INPUT.send(session, new Outbox<>(outbox));
    receiveLabels(session, input);
  }

  /** Takes the labels of an input that a garbler {@link GarbledBatch#provide provides}. */
  public void accept(Session session, String name) throws ProtocolAbortException {
    Circuit.Input input = circuit.input(name);
    if (!(input.kind() instanceof InputKind.GarblerOnline(int owner))) {
      throw new IllegalArgumentException(
          "expected an online input of a garbler, got \"" + name + "\", which is not");
    }
    takeMasked(session, input, parties.garblers().get(owner));
    receiveLabels(session, input);
  }

  /**
   * Takes the labels of an online input of the only garbler that a third party knows and {@link
   * ForwardedInputs.Chooser#forward forwards}.
   */
  public void acceptFrom(Session session, String name, PartyId forwarder)
      throws ProtocolAbortException {
    Circuit.Input input = circuit.input(name);
    if (garblers > 1 || !(input.kind() instanceof InputKind.GarblerOnline)) {
      throw new IllegalArgumentException(
          "expected an online input of the only garbler, got \"" + name + "\", which is not");
    }
    takeMasked(session, input, forwarder);
    receiveLabels(session, input, 0, forwarder);
  }

  /** Takes the masked values of an input. */
  private void takeMasked(Session session, Circuit.Input input, PartyId sender)
      throws ProtocolAbortException {
    take(input.name());
    int words = Planes.words(layout.instances);
    long[] values = Messages.MASKED_INPUT.receive(session, sender, input.wires() * words);
    for (int w = 0; w < input.wires(); w++) {
      System.arraycopy(values, w * words, there(masked[input.firstWire() + w]), 0, words);
    }
  }

  private void take(String name) {
    if (!missing.remove(name)) {
      throw new IllegalArgumentException(
          "expected an input that is still missing, got \"" + name + "\" again");
    }
  }

  private void receiveLabels(Session session, Circuit.Input input) throws ProtocolAbortException {
    for (int j = 0; j < garblers; j++) {
      receiveLabels(session, input, j, parties.garblers().get(j));
    }
  }

  private void receiveLabels(Session session, Circuit.Input input, int garbler, PartyId sender)
      throws ProtocolAbortException {
    int instances = layout.instances;
    long[] labels = Messages.LABELS.receive(session, sender, 2 * input.wires() * instances);
    for (int w = 0; w < input.wires(); w++) {
      long[] target = there(active[garbler][input.firstWire() + w]);
      Blocks.xorInto(target, 0, labels, w * instances, instances);
    }
  }

  /**
   * Evaluates all instances, once, after all inputs have come in.
   *
   * @return the words of the evaluator's outputs, those of the first instance first
   * @throws IllegalStateException if an input is missing, or after the first time
   */
  public long[] evaluate() {
    if (!missing.isEmpty()) {
      throw new IllegalStateException("expected all inputs, " + missing + " are missing");
    }
    if (evaluated) {
      throw new IllegalStateException("expected a batch to evaluate, got one already used");
    }
    evaluated = true;
    List<Circuit.Output> own =
        circuit.outputs().stream().filter(output -> output.garbler().isEmpty()).toList();
    for (Circuit.Output output : circuit.outputs()) {
      if (output.garbler().isPresent()) {
        undelivered.put(output.name(), new long[output.bits()][Planes.words(layout.instances)]);
      }
    }
    long[] results = new long[layout.instances * own.size()];
    try (TweakedHash hash =
            new TweakedHash(publicSeed, name, garblers, scheme, FixedKeyPermutation.fastest());
        EvaluatorRun run = new EvaluatorRun(layout, scheme, hash)) {
      for (int pass = 0; pass < layout.passes(); pass++) {
        int first = pass * layout.passInstances;
        int count = layout.passSize(pass);
        RowPass stored = rows.take();
        run.inputs(first, count, active, masked);
        run.gates(first, count, stored.sums(), stored.lowest());
        run.outputs(own, first, count, stored.outputMasks(), results);
        undelivered.forEach(
            (name, planes) -> run.maskedOutput(circuit.output(name), first, planes));
        stored.clear();
      }
    } finally {
      closeInputs();
    }
    return results;
  }

  /**
   * Sends an output's masked bits to the garbler that alone can read them; after {@link #evaluate},
   * once. The garbler calls {@link GarbledBatch#learn}.
   *
   * @throws IllegalArgumentException if there is no such output, or it was delivered before
   */
  public void deliver(Session session, String name) throws ProtocolAbortException {
    Circuit.Output output = circuit.output(name);
    long[][] planes = undelivered.remove(name);
    if (planes == null) {
      throw new IllegalArgumentException(
          "expected an evaluated output of a garbler, not delivered yet, got \"" + name + "\"");
    }
    PartyId receiver = parties.garblers().get(output.garbler().orElseThrow());
    int words = Planes.words(layout.instances);
    long[] message = new long[planes.length * words];
    for (int b = 0; b < planes.length; b++) {
      System.arraycopy(planes[b], 0, message, b * words, words);
      Planes.clearBehind(message, b * words, layout.instances);
      Arrays.fill(planes[b], 0);
    }
    Messages.MASKED_OUTPUT.send(session, List.of(receiver), message);
  }

  /** The bytes it holds now, rows outside the heap included. */
  public long storedBytes() {
    long words = 0;
    for (long[][][] perGarbler : List.of(active, choices)) {
      words += Arrays.stream(perGarbler).flatMap(Arrays::stream).mapToLong(a -> a.length).sum();
    }
    words += Arrays.stream(masked).mapToLong(plane -> plane.length).sum();
    return rows.storedBytes() + 8 * words;
  }

  /**
   * Stores the batch in a new file and closes it here; inputs that came in stay there. The file
   * holds secrets in clear.
   *
   * @throws IllegalStateException if the batch was evaluated
   */
  public void save(Path file) throws IOException {
    if (evaluated) {
      throw new IllegalStateException("expected a batch to evaluate, got one already used");
    }
    List<long[]> arrays = new ArrayList<>(List.of(BatchFile.words(missing)));
    arrays.add(BatchFile.words(HEX.formatHex(publicSeed)));
    arrays.addAll(List.of(masked));
    for (int j = 0; j < garblers; j++) {
      arrays.addAll(List.of(active[j]));
      arrays.addAll(List.of(choices[j]));
    }
    List<RowPass> passes = new ArrayList<>();
    for (int pass = 0; pass < layout.passes(); pass++) {
      RowPass stored = rows.take();
      passes.add(stored);
      arrays.addAll(List.of(stored.parts()));
    }
    BatchFile.write(file, description(), arrays);
    passes.forEach(RowPass::clear);
    close();
  }

  /**
   * Takes a batch out of the file that {@link #save} made. The file serves once, also if the
   * process dies meanwhile.
   *
   * @throws BatchFileException if the file was used before or is of another batch
   */
  public static EvaluationBatch load(
      Path file,
      SessionId session,
      GarblingParties parties,
      GarblingOptions options,
      BatchId batch,
      Circuit circuit,
      int instances)
      throws IOException, BatchFileException {
    Layout layout = new Layout(circuit, options.scheme(), parties.count(), instances);
    byte[] seed = new byte[SeededRandom.SEED_BYTES];
    EvaluationBatch result =
        new EvaluationBatch(parties, options, layout, seed, batch.bytes(session), new MemoryRows());
    int wires = circuit.firstGateWire();
    int count = 2 + (1 + 2 * result.garblers) * wires + 3 * layout.passes();
    List<long[]> arrays = BatchFile.take(file, result.description(), count);
    result.missing.retainAll(BatchFile.names(arrays.getFirst()));
    byte[] read = HEX.parseHex(BatchFile.text(arrays.get(1)));
    System.arraycopy(read, 0, seed, 0, seed.length);
    List<long[][]> targets = new ArrayList<>();
    targets.add(result.masked);
    for (int j = 0; j < result.garblers; j++) {
      targets.addAll(List.of(result.active[j], result.choices[j]));
    }
    int next = 2;
    for (long[][] target : targets) {
      for (int wire = 0; wire < wires; wire++) {
        long[] array = arrays.get(next++);
        if (array.length != target[wire].length) {
          throw new BatchFileException(file, "expected arrays of this batch's sizes");
        }
        target[wire] = array;
      }
    }
    for (int pass = 0; pass < layout.passes(); pass++) {
      result.rows.put(new RowPass(arrays.get(next), arrays.get(next + 1), arrays.get(next + 2)));
      next += 3;
    }
    return result;
  }

  /** What a stored batch belongs to. */
  private String description() {
    return BatchFile.description("evaluator", parties, options, name, layout);
  }

  /** All that it was given for evaluating, but the rows: labels, choices, masked values. */
  Stream<long[]> inputArrays() {
    return Stream.concat(
        Stream.of(active, choices).flatMap(Arrays::stream).flatMap(Arrays::stream),
        Arrays.stream(masked));
  }

  /** Closes all but the masked bits that are to be delivered. */
  private void closeInputs() {
    evaluated = true;
    rows.close();
    inputArrays().forEach(array -> Arrays.fill(array, 0));
  }

  @Override
  public void close() {
    closeInputs();
    for (long[][] planes : undelivered.values()) {
      for (long[] plane : planes) {
        Arrays.fill(plane, 0);
      }
    }
    undelivered.clear();
  }

  @Override
  public String toString() {
    return "EvaluationBatch";
  }
}
