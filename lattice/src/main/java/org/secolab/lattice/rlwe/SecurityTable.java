package org.secolab.lattice.rlwe;

/**
 * The largest modulus for 128 bits of classical security with ternary secrets and noise of standard
 * deviation 3.2, from two sources. What counts is everything that a key appears under: the special
 * primes of key switching included.
 *
 * <p>The first is the one that parameters are held to, as in all libraries of the field. The second
 * is younger, reckons with better attacks and is 2 to 4 % stricter; what exceeds it is said, not
 * refused.
 */
public final class SecurityTable {
  private SecurityTable() {}

  /**
   * log2 of the largest product of all primes at degree N: Albrecht et al., Homomorphic Encryption
   * Security Standard (HomomorphicEncryption.org, November 2018), table 1.
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
      default -> throw noRow(degree);
    };
  }

  /**
   * The same by Bossuat et al., Security Guidelines for Implementing Homomorphic Encryption (eprint
   * 2024/463), classical attacks, ternary secret.
   *
   * @throws IllegalArgumentException if the table has no row for this degree
   */
  public static int guidelinesMaxLog2q(int degree) {
    return switch (degree) {
      case 1 << 10 -> 26;
      case 1 << 11 -> 53;
      case 1 << 12 -> 106;
      case 1 << 13 -> 214;
      case 1 << 14 -> 430;
      case 1 << 15 -> 868;
      default -> throw noRow(degree);
    };
  }

  private static IllegalArgumentException noRow(int degree) {
    return new IllegalArgumentException(
        "expected a degree of the security tables, 1024 to 32768, got " + degree);
  }
}
