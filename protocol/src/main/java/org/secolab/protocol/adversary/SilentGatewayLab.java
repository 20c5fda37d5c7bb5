package org.secolab.protocol.adversary;

import java.util.ArrayList;
import java.util.List;
import org.secolab.foundation.party.ProtocolAbortException;
import org.secolab.foundation.random.RandomSource;
import org.secolab.protocol.linear.Tensors;

/** Joint garbling without the gateway's one answer: the circuit can be evaluated again. */
final class SilentGatewayLab implements AttackLab {
  private static final int VALUES = 64;
  private static final int QUARTERS = 4;

  @Override
  public String name() {
    return "silent-gateway";
  }

  @Override
  public String title() {
    return "remote servers evaluate the activation again, on values of their choice";
  }

  @Override
  public String attackers() {
    return "remote1 and remote2 (all remote servers): the gateway's masks r^A, and with them the"
        + " activations";
  }

  @Override
  public String weakened() {
    return "jointly garbled, but the gateway need not answer online: its labels for both values of"
        + " every bit are the coalition's (here: it answers again, from the same tape); "
        + VALUES
        + " values of 28 bits";
  }

  @Override
  public String standard() {
    return "the default's garbling: the gateway's single answer is for the true y; remote1's labels"
        + " are the coalition's own";
  }

  @Override
  public String gist() {
    return """
        The garbled circuit computes max(y, 0) >> f − r^A − r^1 for y = ŷ + E^A − ρ, and the remote
        servers know everything but E^A and r^A. If they can evaluate it again they shift ŷ by
        quarters of the ring: two of four shifts make y negative, ReLU makes it 0, and the same value
        −r^A − r^1 comes out twice. So "A idle online" and "secure against {B, C}" exclude each other.
        With one answer of the gateway, for the bits of the true ŷ, other inputs give noise.
        """;
  }

  @Override
  public Finding onWeakened(RandomSource random) throws ProtocolAbortException {
    return attack(random, false);
  }

  @Override
  public Finding onStandard(RandomSource random) throws ProtocolAbortException {
    return attack(random, true);
  }

  /**
   * The attack.
   *
   * @param single whether all that is known of the gateway's labels is its answer to the true ŷ
   */
  private static Finding attack(RandomSource random, boolean single) throws ProtocolAbortException {
    GarbledActivation layer = new GarbledActivation(VALUES, 1L << GarbledActivation.SHIFT, random);
    GarbledActivation.Played honest = layer.play(layer.opened);
    List<long[]> outputs = new ArrayList<>(List.of(honest.output));
    long quarter = GarbledActivation.MODULUS.value() / QUARTERS;
    long[] shifted = layer.opened;
    for (int k = 1; k < QUARTERS; k++) {
      shifted = shift(shifted, quarter);
      byte[] question = honest.questions.getFirst();
      outputs.add((single ? layer.play(shifted, question) : layer.play(shifted)).output);
    }
    // Where nothing comes out twice, the guess x = 0: no y here is that small.
    long[] masks = new long[VALUES];
    long repeated = 0;
    for (int i = 0; i < VALUES; i++) {
      int at = repeated(outputs, i);
      repeated += at >= 0 ? 1 : 0;
      long minusMasks = outputs.get(Math.max(at, 0))[i];
      masks[i] =
          GarbledActivation.MODULUS.negate(
              GarbledActivation.MODULUS.add(minusMasks, layer.masks.get(1)[i]));
    }
    long[] activations =
        Tensors.add(
            honest.output,
            Tensors.add(masks, layer.masks.get(1), GarbledActivation.MODULUS),
            GarbledActivation.MODULUS);
    Finding read = Finding.compare("", activations, layer.activations(), 0);
    return Finding.compare(
            "masks of the gateway recovered",
            masks,
            layer.masks.getFirst(),
            1.0 / GarbledActivation.MODULUS.value())
        .with("evaluations of the same circuit", QUARTERS)
        .with("values that came out twice", (double) repeated)
        .with("activations read with these masks, of " + VALUES, (double) read.right());
  }

  private static long[] shift(long[] values, long by) {
    long[] shifted = new long[values.length];
    for (int i = 0; i < values.length; i++) {
      shifted[i] = GarbledActivation.MODULUS.add(values[i], by);
    }
    return shifted;
  }

  /** Which output of instance {@code i} equals a later one; −1 if none does. */
  private static int repeated(List<long[]> outputs, int i) {
    for (int a = 0; a < outputs.size(); a++) {
      for (int b = a + 1; b < outputs.size(); b++) {
        if (outputs.get(a)[i] == outputs.get(b)[i]) {
          return a;
        }
      }
    }
    return -1;
  }
}
