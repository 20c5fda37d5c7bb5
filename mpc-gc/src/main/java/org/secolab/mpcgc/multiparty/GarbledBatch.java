package org.secolab.mpcgc.multiparty;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import org.secolab.foundation.party.PartyId;
import org.secolab.foundation.party.ProtocolAbortException;
import org.secolab.foundation.party.SessionId;
import org.secolab.foundation.secret.Secret;
import org.secolab.foundation.transport.Session;
import org.secolab.mpcgc.circuit.Circuit;
import org.secolab.mpcgc.circuit.InputKind;
import org.secolab.mpcgc.label.Blocks;
import org.secolab.mpcgc.label.Delta;
import org.secolab.mpcgc.label.Planes;

/**
 * What a garbler keeps of a batch: enough to hand over one label per input wire and instance that
 * was not known when garbling. Each input is handed over once; a second time would give away Δ.
 */
public final class GarbledBatch implements Secret {
  private final GarblingParties parties;
  private final GarblingOptions options;
  private final int self;
  private final Layout layout;
  final Delta delta;
  // For an evaluator's input L + K, for a garbler's online input L.
  private final Map<Integer, long[]> answers = new TreeMap<>();
  private final Map<Integer, long[]> ownMasks = new TreeMap<>();
  // By position of an output bit that this garbler learns.
  private final Map<Integer, long[]> outputMasks = new TreeMap<>();
  private final Set<String> open = new HashSet<>();
  private final Set<String> awaited = new HashSet<>();

  GarbledBatch(
      GarblingParties parties, GarblingOptions options, int self, Layout layout, Delta delta) {
    this.parties = parties;
    this.options = options;
    this.self = self;
    this.layout = layout;
    this.delta = delta;
    for (Circuit.Input input : layout.circuit.inputs()) {
      if (!(input.kind() instanceof InputKind.SetupKnown)) {
        open.add(input.name());
        for (int w = 0; w < input.wires(); w++) {
          answers.put(input.firstWire() + w, new long[2 * layout.instances]);
          if (Layout.owner(input.kind()) == self) {
            ownMasks.put(input.firstWire() + w, new long[Planes.words(layout.instances)]);
          }
        }
      }
    }
    for (int bit : outputBits()) {
      outputMasks.put(bit, new long[Planes.words(layout.instances)]);
    }
    for (Circuit.Output output : layout.circuit.outputs()) {
      if (output.garbler().equals(OptionalInt.of(self))) {
        awaited.add(output.name());
      }
    }
  }

  private int[] outputBits() {
    return layout.outputBits(OptionalInt.of(self));
  }

  void storeAnswer(int wire, int first, int count, long[] blocks) {
    System.arraycopy(blocks, 0, array(answers, wire), 2 * first, 2 * count);
  }

  /** The answers on these wires, for all instances; not copies. */
  long[][] answers(int[] wires) {
    long[][] arrays = new long[wires.length][];
    for (int n = 0; n < wires.length; n++) {
      arrays[n] = array(answers, wires[n]);
    }
    return arrays;
  }

  void storeMask(int wire, int first, long[] plane) {
    long[] target = ownMasks.get(wire);
    if (target != null) {
      System.arraycopy(
          plane, 0, target, first / 64, Math.min(plane.length, target.length - first / 64));
    }
  }

  /** Stores this garbler's share; {@code planes} are of all outputs. */
  void storeOutputMasks(int[] bits, int first, long[] planes, int words) {
    for (int bit : bits) {
      System.arraycopy(planes, bit * words, array(outputMasks, bit), first / 64, words);
    }
  }

  /** Adds another's share; {@code planes} are of these {@code bits} only. */
  void addOutputMasks(int[] bits, int first, long[] planes, int words) {
    for (int n = 0; n < bits.length; n++) {
      long[] target = array(outputMasks, bits[n]);
      for (int i = 0; i < words; i++) {
        target[first / 64 + i] ^= planes[n * words + i];
      }
    }
  }

  private static long[] array(Map<Integer, long[]> arrays, int wire) {
    long[] array = arrays.get(wire);
    if (array == null) {
      throw new AssertionError("expected a wire with an array, got " + wire);
    }
    return array;
  }

  /**
   * Answers an input that another party knows: the evaluator, which has sent its masked bits by
   * {@link EvaluationBatch#supply}, or another garbler, by {@link #provide}.
   *
   * @throws IllegalArgumentException if there is no such input, or it was handed over before
   */
  public void answer(Session session, String name) throws ProtocolAbortException {
    Circuit.Input input = layout.circuit.input(name);
    PartyId owner =
        switch (input.kind()) {
          case InputKind.EvaluatorInput evaluator -> parties.evaluator();
          case InputKind.GarblerOnline(int garbler) when garbler != self ->
              parties.garblers().get(garbler);
          case InputKind.GarblerOnline own -> throw wrongKind(name, "another party's");
          case InputKind.SetupKnown known -> throw wrongKind(name, "another party's online");
        };
    take(name);
    int words = Planes.words(layout.instances);
    long[] masked = Messages.MASKED_INPUT.receive(session, owner, input.wires() * words);
    sendLabels(session, input, masked);
  }

  /**
   * Enters an input that this garbler knows now; the other garblers call {@link #answer}, the
   * evaluator {@link EvaluationBatch#accept}.
   *
   * @param values one word per instance and word of the input, those of the first instance first
   * @throws IllegalArgumentException if it is not this garbler's, was handed over before, or the
   *     number of values is wrong
   */
  public void provide(Session session, String name, long[] values) throws ProtocolAbortException {
    Circuit.Input input = layout.circuit.input(name);
    if (!(input.kind() instanceof InputKind.GarblerOnline(int garbler)) || garbler != self) {
      throw wrongKind(name, "this garbler's online");
    }
    long[][] planes = Planes.ofValues(values, layout.instances, input.words(), input.bits());
    take(name);
    int words = Planes.words(layout.instances);
    long[] masked = new long[input.wires() * words];
    for (int w = 0; w < input.wires(); w++) {
      Planes.xorInto(planes[w], array(ownMasks, input.firstWire() + w));
      System.arraycopy(planes[w], 0, masked, w * words, words);
      Planes.clearBehind(masked, w * words, layout.instances);
      Arrays.fill(array(ownMasks, input.firstWire() + w), 0);
    }
    List<PartyId> receivers = new ArrayList<>(parties.peers(self));
    receivers.add(parties.evaluator());
    Messages.MASKED_INPUT.send(session, receivers, masked);
    sendLabels(session, input, masked);
  }

  /**
   * Lets a third party enter an online input of this garbler, the only one: it calls {@link
   * ForwardedInputs.Chooser#forward}, the evaluator {@link EvaluationBatch#acceptFrom}.
   *
   * @throws IllegalArgumentException as {@link #provide}
   */
  public void offer(Session session, String name, ForwardedInputs.Sender sender)
      throws ProtocolAbortException {
    Circuit.Input input = layout.circuit.input(name);
    if (parties.count() > 1 || !(input.kind() instanceof InputKind.GarblerOnline)) {
      throw wrongKind(name, "the only garbler's online");
    }
    take(name);
    List<long[]> labels = new ArrayList<>();
    List<long[]> masks = new ArrayList<>();
    for (int wire = input.firstWire(); wire < input.firstWire() + input.wires(); wire++) {
      labels.add(array(answers, wire));
      masks.add(array(ownMasks, wire));
    }
    sender.offer(session, input, layout.instances, labels, masks, delta);
    labels.forEach(label -> Arrays.fill(label, 0));
    masks.forEach(mask -> Arrays.fill(mask, 0));
  }

  /**
   * Learns an output that goes to this garbler only, after the evaluator {@link
   * EvaluationBatch#deliver delivered} it; once.
   *
   * @return one word per instance
   * @throws IllegalArgumentException if it is not this garbler's, or was learnt before
   */
  public long[] learn(Session session, String name) throws ProtocolAbortException {
    Circuit.Output output = layout.circuit.output(name);
    if (!awaited.remove(name)) {
      throw new IllegalArgumentException(
          "expected an output of garbler " + self + " not learnt yet, got \"" + name + "\"");
    }
    int words = Planes.words(layout.instances);
    long[] masked =
        Messages.MASKED_OUTPUT.receive(session, parties.evaluator(), output.bits() * words);
    long[][] planes = new long[output.bits()][];
    for (int b = 0; b < planes.length; b++) {
      planes[b] = array(outputMasks, output.first() + b);
      for (int i = 0; i < words; i++) {
        planes[b][i] ^= masked[b * words + i];
      }
    }
    long[] values = new long[layout.instances];
    Planes.toValues(planes, layout.instances, values, 0, 1, 0);
    for (long[] plane : planes) {
      Arrays.fill(plane, 0);
    }
    return values;
  }

  private static IllegalArgumentException wrongKind(String name, String expected) {
    return new IllegalArgumentException(
        "expected " + expected + " input, got \"" + name + "\", which is not");
  }

  /** Marks an input as handed over, before anything about it leaves. */
  private void take(String name) {
    if (!open.remove(name)) {
      throw new IllegalArgumentException(
          "expected an input that was not handed over yet, got \"" + name + "\" again");
    }
  }

  private void sendLabels(Session session, Circuit.Input input, long[] masked)
      throws ProtocolAbortException {
    int instances = layout.instances;
    int words = Planes.words(instances);
    long[] labels = new long[2 * input.wires() * instances];
    for (int w = 0; w < input.wires(); w++) {
      long[] answer = array(answers, input.firstWire() + w);
      System.arraycopy(answer, 0, labels, 2 * w * instances, 2 * instances);
      Arrays.fill(answer, 0);
      Blocks.xorWhere(
          masked, 64 * w * words, delta.low(), delta.high(), labels, w * instances, instances);
    }
    Messages.LABELS.send(session, List.of(parties.evaluator()), labels);
  }

  /** The bytes it holds now. */
  public long storedBytes() {
    return 8
        * (answers.values().stream().mapToLong(answer -> answer.length).sum()
            + ownMasks.values().stream().mapToLong(mask -> mask.length).sum()
            + outputMasks.values().stream().mapToLong(mask -> mask.length).sum());
  }

  /**
   * Stores the batch in a new file and closes it here; inputs that were handed over stay so. The
   * file holds secrets in clear.
   */
  public void save(Path file, BatchId batch, SessionId session) throws IOException {
    List<long[]> arrays = new ArrayList<>(List.of(BatchFile.words(open), BatchFile.words(awaited)));
    arrays.add(new long[] {delta.low(), delta.high()});
    arrays.addAll(answers.values());
    arrays.addAll(ownMasks.values());
    arrays.addAll(outputMasks.values());
    BatchFile.write(file, description(batch, session), arrays);
    Arrays.fill(arrays.get(2), 0);
    close();
  }

  /**
   * Takes a batch out of the file that {@link #save} made. The file serves once, also if the
   * process dies meanwhile.
   *
   * @param self this party
   * @throws BatchFileException if the file was used before or is of another batch
   */
  public static GarbledBatch load(
      Path file,
      SessionId session,
      GarblingParties parties,
      PartyId self,
      GarblingOptions options,
      BatchId batch,
      Circuit circuit,
      int instances)
      throws IOException, BatchFileException {
    Layout layout = new Layout(circuit, options.scheme(), parties.count(), instances);
    GarbledBatch shape =
        new GarbledBatch(parties, options, parties.indexOf(self), layout, Delta.stored(0, 0));
    int count = 3 + shape.answers.size() + shape.ownMasks.size() + shape.outputMasks.size();
    List<long[]> arrays = BatchFile.take(file, shape.description(batch, session), count);
    long[] difference = arrays.get(2);
    GarbledBatch result =
        new GarbledBatch(
            parties, options, shape.self, layout, Delta.stored(difference[0], difference[1]));
    result.open.retainAll(BatchFile.names(arrays.getFirst()));
    result.awaited.retainAll(BatchFile.names(arrays.get(1)));
    int next = 3;
    for (Map<Integer, long[]> target :
        List.of(result.answers, result.ownMasks, result.outputMasks)) {
      for (Map.Entry<Integer, long[]> entry : target.entrySet()) {
        long[] array = arrays.get(next++);
        if (array.length != entry.getValue().length) {
          throw new BatchFileException(file, "expected arrays of this batch's sizes");
        }
        entry.setValue(array);
      }
    }
    return result;
  }

  private String description(BatchId batch, SessionId session) {
    return BatchFile.description("garbler " + self, parties, options, batch.bytes(session), layout);
  }

  @Override
  public void close() {
    delta.close();
    open.clear();
    answers.values().forEach(answer -> Arrays.fill(answer, 0));
    ownMasks.values().forEach(mask -> Arrays.fill(mask, 0));
    awaited.clear();
    outputMasks.values().forEach(mask -> Arrays.fill(mask, 0));
  }

  @Override
  public String toString() {
    return "GarbledBatch";
  }
}
