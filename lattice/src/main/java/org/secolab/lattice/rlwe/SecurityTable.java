package org.secolab.lattice.rlwe;

/**
 * The largest ciphertext modulus for 128 bits of classical security with ternary secrets and noise
 * of standard deviation 3.2: Albrecht et al., Homomorphic Encryption Security Standard
 * (HomomorphicEncryption.org, November 2018), table 1. What counts is everything that a key appears
 * under: the special primes of key switching included.
 */
public final class SecurityTable {
  private SecurityTable() {}

  /**
   * log2 of the largest product of all primes at degree N.
   *
   * @throws IllegalArgumentException if the table has no row for this degree
   */
  public static int maxLog2q(int degree) {
    return switch (degree) {
      case 1 << 10 -> 27;
      case 1 << 11 -> 54;
      case 1 << 12 -> 109;
      case 1 << 13 -> 218;
      case 1 << 14 -> 438;
      case 1 << 15 -> 881;
      default ->
          throw new IllegalArgumentException(
              "expected a degree of the security table, 1024 to 32768, got " + degree);
    };
  }
}
