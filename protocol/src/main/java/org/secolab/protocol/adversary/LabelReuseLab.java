package org.secolab.protocol.adversary;

import java.util.List;
import org.secolab.foundation.party.ProtocolAbortException;
import org.secolab.foundation.random.RandomSource;
import org.secolab.mpcgc.label.Delta;

/** Both labels of a wire differ by Δ, and Δ opens everything. */
final class LabelReuseLab implements AttackLab {
  private static final int VALUES = 16;

  @Override
  public String name() {
    return "label-reuse";
  }

  @Override
  public String title() {
    return "both labels of a wire give the garbler's difference away";
  }

  @Override
  public String attackers() {
    return "remote2, the evaluator: the Δ of both garblers";
  }

  @Override
  public String weakened() {
    return "garblers that answer a second time, for the opposite bits (started again from the same"
        + " tape, as after a crash without a record of what was used); "
        + VALUES
        + " values of 28 bits";
  }

  @Override
  public String standard() {
    return "the default's GarbledBatch, asked a second time";
  }

  @Override
  public String gist() {
    return """
        For an input bit the evaluator gets one of two labels, L or L + Δ. A second answer for the
        other bit gives the other: their sum is Δ, the same for all wires of the inference. Then
        every label has its twin and the circuit can be evaluated on all inputs; wires known in
        setup, whose labels are 0 and Δ, have their rows decrypted. A batch answers each input once.
        """;
  }

  @Override
  public Finding onWeakened(RandomSource random) throws ProtocolAbortException {
    GarbledActivation layer = new GarbledActivation(VALUES, -GarbledActivation.BOUND, random);
    long[] opposite = layer.opened.clone();
    for (int i = 0; i < opposite.length; i++) {
      opposite[i] ^= GarbledActivation.MODULUS.value() - 1;
    }
    GarbledActivation.Played first = layer.play(layer.opened);
    GarbledActivation.Played second = layer.play(opposite);
    return attack(
        layer,
        List.of(
            List.of(first.labels.get(0).getFirst(), second.labels.get(0).getFirst()),
            List.of(first.labels.get(1).getFirst(), second.labels.get(1).getFirst())),
        0);
  }

  @Override
  public Finding onStandard(RandomSource random) throws ProtocolAbortException {
    GarbledActivation layer = new GarbledActivation(VALUES, -GarbledActivation.BOUND, random);
    GarbledActivation.Played played = layer.askTwice(layer.opened);
    return attack(layer, played.labels, played.refusals);
  }

  /** Adds the two answers of each garbler; with one answer only, labels of different wires. */
  private static Finding attack(
      GarbledActivation layer, List<List<long[]>> answers, long refusals) {
    long right = 0;
    long pairs = 0;
    for (int garbler = 0; garbler < answers.size(); garbler++) {
      Delta delta = layer.delta(garbler);
      List<long[]> own = answers.get(garbler);
      long[] first = own.getFirst();
      for (int i = 0; i < first.length; i += 2) {
        int other = own.size() > 1 ? i : (i + 2) % first.length;
        boolean low = (first[i] ^ own.getLast()[other]) == delta.low();
        right += low && (first[i + 1] ^ own.getLast()[other + 1]) == delta.high() ? 1 : 0;
        pairs++;
      }
    }
    return new Finding("sums of two labels are Δ", right, pairs, Math.scalb(1.0, -127))
        .with("answers received from each garbler", answers.getFirst().size())
        .with("second answers refused", (double) refusals);
  }
}
