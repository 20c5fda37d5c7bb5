package org.secolab.mpcgc.multiparty;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.OptionalInt;
import java.util.SequencedMap;
import org.secolab.foundation.party.PartyId;
import org.secolab.foundation.party.ProtocolAbortException;
import org.secolab.foundation.random.RandomSource;
import org.secolab.foundation.round.Outbox;
import org.secolab.foundation.transport.Session;
import org.secolab.mpcgc.circuit.Circuit;
import org.secolab.mpcgc.circuit.InputKind;
import org.secolab.mpcgc.halfgate.FixedKeyPermutation;
import org.secolab.mpcgc.halfgate.GarblerOperands;
import org.secolab.mpcgc.halfgate.GarblingScheme;
import org.secolab.mpcgc.halfgate.GateRun;
import org.secolab.mpcgc.halfgate.ProductPads;
import org.secolab.mpcgc.halfgate.TweakedHash;
import org.secolab.mpcgc.label.Blocks;
import org.secolab.mpcgc.label.Planes;
import org.secolab.mpcgc.label.WordsMessage;
import org.secolab.mpcgc.ot.CotReceiver;
import org.secolab.mpcgc.preprocess.BitProducts;
import org.secolab.mpcgc.preprocess.SharedBits;

/**
 * One garbler's part in garbling one batch, pass by pass: transfers, what is known in setup, masks
 * and their products, rows, output masks.
 */
final class GarblerRun {
  private static final long[] NOT_CHOSEN = {};

  private final Session session;
  private final GarblingParties parties;
  private final GarblerInference inference;
  private final Layout layout;
  private final Circuit circuit;
  private final SetupInputs inputs;
  private final GarbledBatch result;
  private final int garblers;
  private final int self;
  private final SharedBits masks;
  private final GarblingOptions options;
  private final GarblingScheme scheme;
  private final boolean ownChoice;
  private final TweakedHash hash;
  private final BitProducts products;
  private final List<RandomSource> zeroShares;
  private final long[][] labels;
  private final long[][] labelPool;
  private final RowBuffer rowBuffer;
  private final long[] ownU;
  private final long[] ownV;
  private final long[][] shareU;
  private final long[][] shareV;
  private final long[][] shareC;
  private long[] strings = {};
  private final RandomSource choiceRandom;
  private final RandomSource labelRandom;

  GarblerRun(
      Session session,
      GarblingParties parties,
      GarblingOptions options,
      GarblerInference inference,
      BatchId batch,
      Layout layout,
      SetupInputs inputs,
      GarbledBatch result,
      RandomSource random) {
    this.session = session;
    this.parties = parties;
    this.options = options;
    this.inference = inference;
    this.layout = layout;
    this.circuit = layout.circuit;
    this.inputs = inputs;
    this.result = result;
    this.garblers = parties.count();
    this.self = parties.indexOf(session.self());
    int capacity = layout.passSize(0);
    masks = new SharedBits(self, garblers, inference.delta, layout.places, capacity);
    scheme = options.scheme();
    ownChoice = scheme.choosesMask(garblers);
    hash =
        new TweakedHash(
            inference.publicSeed,
            batch.bytes(session.id()),
            garblers,
            scheme,
            FixedKeyPermutation.fastest());
    products =
        new BitProducts(
            session, parties.garblers(), self, inference.delta, new ProductPads(hash), masks);
    zeroShares = inference.zeroShares(batch);
    labels = new long[circuit.wireCount()][0];
    ownU = new long[2 * capacity];
    ownV = new long[2 * capacity];
    shareU = new long[garblers][];
    shareV = new long[garblers][];
    shareC = new long[garblers][2 * capacity];
    choiceRandom = random.fork("choices");
    labelRandom = random.fork("labels");
    labelPool = allocateLabels(capacity);
    int gates = Math.min(layout.gatesPerMessage, layout.garbledGates.length);
    boolean pointing = self == 0 && !ownChoice;
    rowBuffer = new RowBuffer(session, parties, options, pointing, gates, capacity);
  }

  /** Labels of wires known in setup are all zero and have an empty array. */
  private long[][] allocateLabels(int capacity) {
    LabelSlots slots = new LabelSlots(circuit);
    long[][] pool = new long[slots.count()][2 * capacity];
    for (int wire = 1; wire < circuit.wireCount(); wire++) {
      if (!circuit.isSetupKnown(wire)) {
        labels[wire] = pool[slots.slot(wire)];
      }
    }
    return pool;
  }

  /** Runs all passes; what is secret and not in the result is zeroised, however it ends. */
  void execute() throws ProtocolAbortException {
    try {
      passes();
    } finally {
      hash.close();
      masks.close();
      inputs.close();
      for (long[][] arrays : new long[][][] {labelPool, shareC, {ownU, ownV, strings}}) {
        for (long[] array : arrays) {
          Arrays.fill(array, 0);
        }
      }
    }
  }

  private void passes() throws ProtocolAbortException {
    for (int pass = 0; pass < layout.passes(); pass++) {
      int first = pass * layout.passInstances;
      int count = layout.passSize(pass);
      if (garblers > 1) {
        transfers(first, count);
      } else {
        ownMasks(first, count);
      }
      evaluatorTransfers(first, count);
      onlineInputs(first, count);
      setupKnown(first, count);
      if (!ownChoice) {
        maskProducts(first, count);
      }
      rows(first, count);
      outputMasks(first, count);
    }
  }

  /** Preprocessing step 1: all correlated transfers of the pass, straight to their places. */
  private void transfers(int first, int count) throws ProtocolAbortException {
    int words = Planes.words(count);
    int[] own = layout.transferPlaces(self);
    long[] choices = new long[own.length * words];
    choiceRandom.fill(choices);
    for (int n = 0; n < own.length; n++) {
      if (own[n] < circuit.wireCount()) {
        inputs.copy(own[n], first / 64, choices, n * words, words);
      }
      System.arraycopy(choices, n * words, masks.bits(own[n]), 0, words);
    }
    SequencedMap<PartyId, WordsMessage> outbox = new LinkedHashMap<>();
    long[] strings = strings(64 * choices.length);
    for (int p = 0; p < garblers; p++) {
      if (p != self) {
        long[] message = inference.receiver(p).extend(choices, 64 * choices.length, strings);
        outbox.put(parties.garblers().get(p), new WordsMessage(message));
        for (int n = 0; n < own.length; n++) {
          System.arraycopy(strings, 128 * n * words, masks.mac(p, own[n]), 0, 2 * count);
        }
      }
    }
    Arrays.fill(choices, 0);
    Messages.TRANSFERS.send(session, new Outbox<>(outbox));
    for (int p = 0; p < garblers; p++) {
      if (p != self) {
        int[] theirs = layout.transferPlaces(p);
        int transfers = 64 * theirs.length * words;
        int length = CotReceiver.messageWords(options.fieldBits(), transfers);
        long[] message = Messages.TRANSFERS.receive(session, parties.garblers().get(p), length);
        strings = strings(transfers);
        inference.sender(p).extend(transfers, message, strings);
        for (int n = 0; n < theirs.length; n++) {
          System.arraycopy(strings, 128 * n * words, masks.key(p, theirs[n]), 0, 2 * count);
        }
      }
    }
    Arrays.fill(strings, 0);
  }

  /** Room for the strings of {@code transfers} transfers; the same for every pass. */
  private long[] strings(int transfers) {
    if (strings.length < 2 * transfers) {
      Arrays.fill(strings, 0);
      strings = new long[2 * transfers];
    }
    return strings;
  }

  /** A single garbler needs no transfers: its masks are what it likes them to be. */
  private void ownMasks(int first, int count) {
    int words = Planes.words(count);
    for (int gate : layout.garbledGates) {
      Arrays.fill(masks.bits(circuit.gateWire(gate)), 0);
    }
    for (Circuit.Input input : circuit.inputs()) {
      for (int w = 0; w < input.wires(); w++) {
        int wire = input.firstWire() + w;
        switch (input.kind()) {
          case InputKind.SetupKnown known ->
              inputs.copy(wire, first / 64, masks.bits(wire), 0, words);
          case InputKind.GarblerOnline online -> choiceRandom.fill(masks.bits(wire));
          case InputKind.EvaluatorInput evaluator -> {}
        }
      }
    }
    if (!ownChoice) {
      for (int gate : layout.garbledGates) {
        choiceRandom.fill(masks.bits(circuit.gateWire(gate)));
      }
    }
  }

  /** The evaluator's inputs: mask 0, a random label, and a transfer to hand it over with. */
  private void evaluatorTransfers(int first, int count) throws ProtocolAbortException {
    int words = Planes.words(count);
    int wires = layout.evaluatorWires.length;
    if (wires == 0) {
      return;
    }
    int transfers = 64 * wires * words;
    long[] message =
        Messages.EVALUATOR_TRANSFERS.receive(
            session, parties.evaluator(), CotReceiver.messageWords(options.fieldBits(), transfers));
    long[] strings = strings(transfers);
    inference.toEvaluator.extend(transfers, message, strings);
    for (int n = 0; n < wires; n++) {
      int wire = layout.evaluatorWires[n];
      long[] label = freshLabel(wire);
      Blocks.xorInto(strings, 64 * n * words, label, 0, count);
      result.storeAnswer(wire, first, count, strings, 64 * n * words);
    }
    Arrays.fill(strings, 0);
  }

  /** Inputs that a garbler will know online: its random mask is the transfer's choice. */
  private void onlineInputs(int first, int count) {
    for (Circuit.Input input : circuit.inputs()) {
      if (input.kind() instanceof InputKind.GarblerOnline) {
        for (int w = 0; w < input.wires(); w++) {
          int wire = input.firstWire() + w;
          result.storeAnswer(wire, first, count, freshLabel(wire), 0);
          result.storeMask(wire, first, masks.bits(wire));
        }
      }
    }
  }

  private long[] freshLabel(int wire) {
    long[] label = label(wire);
    labelRandom.fill(label);
    return label;
  }

  private long[] label(int wire) {
    long[] label = labels[wire];
    if (label.length == 0) {
      throw new AssertionError("expected a wire with labels, got wire " + wire);
    }
    return label;
  }

  /** Level by level: the mask of a wire known in setup is its value, so an AND is a product. */
  private void setupKnown(int first, int count) throws ProtocolAbortException {
    masks.setZero(0);
    for (Circuit.SetupLevel level : circuit.setupLevels()) {
      for (int gate : level.linear()) {
        linear(gate);
      }
      products.compute(level.and().stream().map(layout::product).toList(), first, count);
    }
  }

  private void linear(int gate) {
    switch (circuit.operation(gate)) {
      case XOR -> masks.xor(circuit.left(gate), circuit.right(gate), circuit.gateWire(gate));
      case NOT -> masks.not(circuit.left(gate), circuit.gateWire(gate));
      case AND -> {}
    }
  }

  /** Masks of all other wires, and σ of all gates that will have rows, in one go. */
  private void maskProducts(int first, int count) throws ProtocolAbortException {
    for (int gate = 0; gate < circuit.gateCount(); gate++) {
      if (!circuit.isSetupKnown(circuit.gateWire(gate))) {
        linear(gate);
      }
    }
    products.compute(
        Arrays.stream(layout.garbledGates).mapToObj(layout::product).toList(), first, count);
  }

  private void rows(int first, int count) throws ProtocolAbortException {
    int left = layout.garbledGates.length;
    RowBuffer buffer = rowBuffer;
    buffer.begin(Math.min(layout.gatesPerMessage, left), count);
    for (int gate = 0; gate < circuit.gateCount(); gate++) {
      int wire = circuit.gateWire(gate);
      if (circuit.isSetupKnown(wire)) {
        continue;
      }
      switch (circuit.operation(gate)) {
        case XOR -> xorLabels(circuit.left(gate), circuit.right(gate), wire, count);
        case NOT -> {}
        case AND -> {
          and(gate, new GateRun(gate, first, count), buffer);
          left--;
          if (buffer.add(label(wire))) {
            buffer.begin(Math.min(layout.gatesPerMessage, left), count);
          }
        }
      }
      if (ownChoice) {
        // The masks of AND gates come out of the rows, so all others have to wait for them.
        linear(gate);
      }
    }
  }

  private void xorLabels(int a, int b, int wire, int count) {
    long[] left = labels[a];
    long[] right = labels[b];
    long[] target = label(wire);
    if (left.length == 0) {
      System.arraycopy(label(b), 0, target, 0, 2 * count);
    } else if (right.length == 0) {
      System.arraycopy(left, 0, target, 0, 2 * count);
    } else {
      Blocks.xor(left, right, target, count);
    }
  }

  private void and(int gate, GateRun run, RowBuffer buffer) {
    int count = run.count();
    int u = circuit.left(gate);
    int v = circuit.right(gate);
    int wire = circuit.gateWire(gate);
    int sigma = layout.sigmaPlace(gate);
    masks.ownShare(u, ownU, count);
    masks.ownShare(v, ownV, count);
    for (int j = 0; j < garblers; j++) {
      if (j == self) {
        shareU[j] = ownU;
        shareV[j] = ownV;
      } else {
        shareU[j] = masks.mac(j, u);
        shareV[j] = masks.mac(j, v);
        Blocks.xor(masks.mac(j, sigma), masks.mac(j, wire), shareC[j], count);
      }
    }
    if (!ownChoice) {
      masks.ownShare(sigma, shareC[self], count);
      masks.addOwnShare(wire, shareC[self], count);
      if (!scheme.derivesLabel()) {
        labelRandom.fill(label(wire));
      }
    }
    scheme.garble(
        hash,
        run,
        new GarblerOperands(self, inference.delta, labels[u], labels[v], shareU, shareV, shareC),
        buffer.rows,
        buffer.next(),
        label(wire),
        ownChoice ? masks.bits(wire) : NOT_CHOSEN);
    if (ownChoice) {
      // λ_w = σ + the bit just chosen, and σ = λ_u λ_v.
      Planes.andInto(masks.bits(wire), masks.bits(u), masks.bits(v));
    }
  }

  /** λ shares of the outputs, with a fresh sharing of zero on top, to whoever learns them. */
  private void outputMasks(int first, int count) throws ProtocolAbortException {
    int words = Planes.words(count);
    long[] shares = new long[circuit.outputBits() * words];
    for (int o = 0; o < circuit.outputBits(); o++) {
      System.arraycopy(masks.bits(circuit.outputWire(o)), 0, shares, o * words, words);
    }
    long[] zero = new long[shares.length];
    for (RandomSource stream : zeroShares) {
      stream.fill(zero);
      Planes.xorInto(shares, zero);
    }
    // Behind the last instance stands what earlier passes left: nobody is to see it.
    for (int o = 0; o < circuit.outputBits(); o++) {
      Planes.clearBehind(shares, o * words, count);
    }
    SequencedMap<PartyId, WordsMessage> outbox = new LinkedHashMap<>();
    put(outbox, parties.evaluator(), select(shares, layout.outputBits(OptionalInt.empty()), words));
    for (PartyId peer : parties.peers(self)) {
      int[] bits = layout.outputBits(OptionalInt.of(parties.indexOf(peer)));
      put(outbox, peer, select(shares, bits, words));
    }
    Messages.OUTPUT_MASKS.send(session, new Outbox<>(outbox));
    int[] own = layout.outputBits(OptionalInt.of(self));
    if (own.length > 0) {
      long[] sum = select(shares, own, words);
      for (PartyId peer : parties.peers(self)) {
        Planes.xorInto(sum, Messages.OUTPUT_MASKS.receive(session, peer, sum.length));
      }
      result.storeOutputMasks(own, first, sum, words);
    }
  }

  private static void put(
      SequencedMap<PartyId, WordsMessage> outbox, PartyId receiver, long[] planes) {
    if (planes.length > 0) {
      outbox.put(receiver, new WordsMessage(planes));
    }
  }

  private static long[] select(long[] planes, int[] numbers, int words) {
    long[] selected = new long[numbers.length * words];
    for (int n = 0; n < numbers.length; n++) {
      System.arraycopy(planes, numbers[n] * words, selected, n * words, words);
    }
    return selected;
  }
}
