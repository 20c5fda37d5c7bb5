package org.secolab.mpcgc.multiparty;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import org.secolab.foundation.party.PartyId;
import org.secolab.foundation.party.ProtocolAbortException;
import org.secolab.foundation.random.RandomSource;
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
  // What goes out or came in last; a bit per transfer; masks of outputs, and planes of them.
  private final long[] message;
  private final long[] choices;
  private final long[] outputs;
  private final long[] planes;
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
    masks = new SharedBits(self, garblers, inference.delta, layout.maskSlots.slots(), capacity);
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
    int words = Planes.words(capacity);
    int transfers = layout.evaluatorWires.length;
    for (int p = 0; garblers > 1 && p < garblers; p++) {
      transfers = Math.max(transfers, layout.transferPlaces(p).length);
    }
    message = new long[CotReceiver.messageWords(options.fieldBits(), 64 * transfers * words)];
    choices = new long[garblers == 1 ? 0 : layout.transferPlaces(self).length * words];
    outputs = new long[circuit.outputBits() * words];
    planes = new long[outputs.length];
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
      products.close();
      rowBuffer.close();
      inputs.close();
      long[][] buffers = {ownU, ownV, message, choices, outputs, planes};
      for (long[][] arrays : new long[][][] {labelPool, shareC, buffers}) {
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
    choiceRandom.fill(choices);
    for (int n = 0; n < own.length; n++) {
      if (own[n] < circuit.wireCount()) {
        inputs.copy(own[n], first / 64, choices, n * words, words);
      }
      System.arraycopy(choices, n * words, masks.bits(own[n]), 0, words);
    }
    int k = options.fieldBits();
    int sending = CotReceiver.messageWords(k, 64 * own.length * words);
    for (int p = 0; p < garblers; p++) {
      if (p != self) {
        inference.receiver(p).extend(choices, masks.macs(p, own), 0, count, message);
        Messages.TRANSFERS.send(session, parties.garblers().get(p), message, sending);
      }
    }
    for (int p = 0; p < garblers; p++) {
      if (p != self) {
        int[] theirs = layout.transferPlaces(p);
        int length = CotReceiver.messageWords(k, 64 * theirs.length * words);
        Messages.TRANSFERS.receive(session, parties.garblers().get(p), message, length);
        inference.sender(p).extend(message, masks.keys(p, theirs), 0, count);
      }
    }
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
    int length = CotReceiver.messageWords(options.fieldBits(), 64 * wires * words);
    Messages.EVALUATOR_TRANSFERS.receive(session, parties.evaluator(), message, length);
    long[][] answers = result.answers(layout.evaluatorWires);
    inference.toEvaluator.extend(message, answers, first, count);
    for (int n = 0; n < wires; n++) {
      Blocks.xorInto(answers[n], first, freshLabel(layout.evaluatorWires[n]), 0, count);
    }
  }

  /** Inputs that a garbler will know online: its random mask is the transfer's choice. */
  private void onlineInputs(int first, int count) {
    for (Circuit.Input input : circuit.inputs()) {
      if (input.kind() instanceof InputKind.GarblerOnline) {
        for (int w = 0; w < input.wires(); w++) {
          int wire = input.firstWire() + w;
          result.storeAnswer(wire, first, count, freshLabel(wire));
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
    for (int o = 0; o < circuit.outputBits(); o++) {
      System.arraycopy(masks.bits(circuit.outputWire(o)), 0, outputs, o * words, words);
    }
    for (RandomSource stream : zeroShares) {
      stream.fill(planes);
      Planes.xorInto(outputs, planes);
    }
    // Behind the last instance stands what earlier passes left: nobody is to see it.
    for (int o = 0; o < circuit.outputBits(); o++) {
      Planes.clearBehind(outputs, o * words, count);
    }
    sendOutputs(parties.evaluator(), layout.outputBits(OptionalInt.empty()), words);
    for (PartyId peer : parties.peers(self)) {
      sendOutputs(peer, layout.outputBits(OptionalInt.of(parties.indexOf(peer))), words);
    }
    int[] own = layout.outputBits(OptionalInt.of(self));
    if (own.length > 0) {
      result.storeOutputMasks(own, first, outputs, words);
      for (PartyId peer : parties.peers(self)) {
        Messages.OUTPUT_MASKS.receive(session, peer, planes, own.length * words);
        result.addOutputMasks(own, first, planes, words);
      }
    }
  }

  private void sendOutputs(PartyId receiver, int[] bits, int words) throws ProtocolAbortException {
    if (bits.length > 0) {
      for (int n = 0; n < bits.length; n++) {
        System.arraycopy(outputs, bits[n] * words, planes, n * words, words);
      }
      Messages.OUTPUT_MASKS.send(session, receiver, planes, bits.length * words);
    }
  }
}
