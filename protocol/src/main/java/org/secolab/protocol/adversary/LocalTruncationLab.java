package org.secolab.protocol.adversary;

import org.secolab.foundation.party.ProtocolAbortException;
import org.secolab.foundation.random.RandomSource;
import org.secolab.modelio.fixed.Modulus;
import org.secolab.protocol.deploy.UniformResidues;
import org.secolab.protocol.linear.Tensors;

/** Truncating three additive shares where they are: wrong once in four. */
final class LocalTruncationLab implements AttackLab {
  private static final int LOCAL_VALUES = 20000;
  private static final int GARBLED_VALUES = 256;

  @Override
  public String name() {
    return "local-truncation";
  }

  @Override
  public String title() {
    return "servers that truncate their own shares get a quarter of all values wrong";
  }

  @Override
  public String attackers() {
    return "nobody: the variant fails by itself";
  }

  @Override
  public String weakened() {
    return "Delphi's local truncation, with three servers: each shifts its share of y by f = 8; "
        + LOCAL_VALUES
        + " values of at most 20 bits in a ring of 28";
  }

  @Override
  public String standard() {
    return "the default's garbled activation of " + GARBLED_VALUES + " such values";
  }

  @Override
  public String gist() {
    return """
        y = y^1 + y^2 + y^3 holds modulo 2^l. As signed numbers the shares add up to y + k·2^l, and
        shifting each by f turns k·2^l into k·2^(l−f), which is no longer 0. For two shares k is 0
        but for a chance of |y|/2^l. For three, the density of their sum at ±2^l is 1/8 each: k is
        not 0 for one value in four, whatever y is. Inside the circuit a shift only drops wires.
        """;
  }

  @Override
  public Finding onWeakened(RandomSource random) {
    Modulus modulus = GarbledActivation.MODULUS;
    long[] values = new long[LOCAL_VALUES];
    for (int i = 0; i < values.length; i++) {
      values[i] =
          modulus.reduce(
              random.nextInt((int) (2 * GarbledActivation.BOUND)) - GarbledActivation.BOUND);
    }
    long[] first = UniformResidues.draw(LOCAL_VALUES, modulus, random);
    long[] second = UniformResidues.draw(LOCAL_VALUES, modulus, random);
    long[] third = Tensors.subtract(Tensors.subtract(values, first, modulus), second, modulus);
    long[] three =
        Tensors.add(
            Tensors.add(truncated(first), truncated(second), modulus), truncated(third), modulus);
    long[] two =
        Tensors.add(truncated(first), truncated(Tensors.subtract(values, first, modulus)), modulus);
    long wrong = wrong(three, values, 2);
    return new Finding("values truncated wrongly", wrong, LOCAL_VALUES, 0)
        .with("share of wrong values, three servers", (double) wrong / LOCAL_VALUES)
        .with("the same, two servers", (double) wrong(two, values, 1) / LOCAL_VALUES);
  }

  @Override
  public Finding onStandard(RandomSource random) throws ProtocolAbortException {
    Modulus modulus = GarbledActivation.MODULUS;
    GarbledActivation layer =
        new GarbledActivation(GARBLED_VALUES, -GarbledActivation.BOUND, random);
    long[] output = layer.play(layer.opened).output;
    long[] opened =
        Tensors.add(Tensors.add(output, layer.masks.get(0), modulus), layer.masks.get(1), modulus);
    Finding right = Finding.compare("", opened, layer.activations(), 0);
    return new Finding("values truncated wrongly", right.of() - right.right(), right.of(), 0);
  }

  /** Each share shifted as a signed number, by the server that holds it. */
  private static long[] truncated(long[] share) {
    Modulus modulus = GarbledActivation.MODULUS;
    long[] shifted = new long[share.length];
    for (int i = 0; i < shifted.length; i++) {
      shifted[i] = modulus.reduce(modulus.centered(share[i]) >> GarbledActivation.SHIFT);
    }
    return shifted;
  }

  /** Values off by more than what rounding down several shares explains. */
  private static long wrong(long[] truncated, long[] values, long allowed) {
    Modulus modulus = GarbledActivation.MODULUS;
    long wrong = 0;
    for (int i = 0; i < values.length; i++) {
      long right = modulus.centered(values[i]) >> GarbledActivation.SHIFT;
      wrong += Math.abs(modulus.centered(truncated[i]) - right) > allowed ? 1 : 0;
    }
    return wrong;
  }
}
