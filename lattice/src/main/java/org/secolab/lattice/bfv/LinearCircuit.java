package org.secolab.lattice.bfv;

/**
 * What a parameter set is asked to carry: a sum of fresh encryptions, multiplied by packed weights,
 * re-randomised, and decrypted, as protocols for linear layers do.
 *
 * <p>Collective: n key holders each encrypt a part of the input; each of m parties multiplies the
 * sum by its share of the weights, uniform modulo t, and floods; the results are added, and every
 * party but the receiver floods its decryption share. Single key: one party encrypts, another
 * multiplies by its plain weights and floods once.
 *
 * @param keyHolders n, who share the secret key
 * @param multipliers m, whose products are added
 * @param floods how many floods enter one decryption
 * @param nonZeros the most non-zero weight coefficients that enter one output polynomial
 * @param weightBits weights are signed integers of this many bits; 0: uniform modulo t
 */
public record LinearCircuit(
    int keyHolders, int multipliers, int floods, long nonZeros, int weightBits) {
  public LinearCircuit {
    if (keyHolders < 1
        || multipliers < 1
        || floods < 0
        || nonZeros < 1
        || weightBits < 0
        || weightBits > 61) {
      throw new IllegalArgumentException(
          "expected at least one key holder, multiplier and non-zero weight of at most 61 bits, got"
              + String.format(
                  " %d, %d, %d, %d bits", keyHolders, multipliers, nonZeros, weightBits));
    }
  }

  /** n key holders, m of them with weight shares uniform modulo t. */
  public static LinearCircuit collective(int keyHolders, int multipliers, long nonZeros) {
    return new LinearCircuit(keyHolders, multipliers, 2 * multipliers, nonZeros, 0);
  }

  /** One key; the other party multiplies by plain weights in [−2^(bits−1), 2^(bits−1)). */
  public static LinearCircuit singleKey(long nonZeros, int weightBits) {
    return new LinearCircuit(1, 1, 1, nonZeros, weightBits);
  }
}
