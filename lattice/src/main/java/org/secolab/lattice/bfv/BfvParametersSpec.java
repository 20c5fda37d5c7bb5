package org.secolab.lattice.bfv;

import java.util.ArrayList;
import java.util.List;
import org.secolab.lattice.arith.PlaintextModulus;
import org.secolab.lattice.arith.Primes;

/**
 * An unchecked wish for parameters; {@link BfvParameters#of} checks it.
 *
 * @param name how reports call the set; starts with {@code INSECURE} exactly if it is not to be
 *     held against the security table
 * @param degree N
 * @param primes of the ciphertext modulus q
 * @param specialPrimes of the key-switching modulus p; none unless keys are to be switched
 * @param plaintextModulus t
 */
public record BfvParametersSpec(
    String name, int degree, List<Long> primes, List<Long> specialPrimes, long plaintextModulus) {
  /** Parameter sets whose name starts so are for tests. */
  public static final String INSECURE = "INSECURE";

  /** 15·2^37 + 1, the prime of the SECO paper. */
  public static final long PAPER_PLAINTEXT_MODULUS = 2061584302081L;

  public BfvParametersSpec {
    primes = List.copyOf(primes);
    specialPrimes = List.copyOf(specialPrimes);
  }

  /** N = 8192, the three largest NTT primes below 2^50 (149.99 bits), t = 2^ringBits. */
  public static BfvParametersSpec standard(int ringBits) {
    return powerOfTwo("default", 8192, Primes.largestNttPrimes(8192, 50, 3), ringBits);
  }

  /** N = 8192, the four largest NTT primes below 2^50 (199.99 bits), t = 2^ringBits. */
  public static BfvParametersSpec wide(int ringBits) {
    return powerOfTwo("wide", 8192, Primes.largestNttPrimes(8192, 50, 4), ringBits);
  }

  /** N = 4096, primes of 37, 36 and 36 bits (108.99 bits), t = 2^ringBits: for plain weights. */
  public static BfvParametersSpec small(int ringBits) {
    List<Long> primes = new ArrayList<>(Primes.largestNttPrimes(4096, 37, 1));
    primes.addAll(Primes.largestNttPrimes(4096, 36, 2));
    return powerOfTwo("small", 4096, primes, ringBits);
  }

  /**
   * The parameters of the SECO paper: N = 8192, t = 15·2^37 + 1, primes of 43, 43, 44 and 44 bits
   * and a special one of 44 bits, 218 bits in all: the shape of the default of Microsoft SEAL,
   * which the paper's implementation uses.
   */
  public static BfvParametersSpec paper() {
    List<Long> primes = new ArrayList<>(Primes.largestNttPrimes(8192, 43, 2));
    List<Long> larger = Primes.largestNttPrimes(8192, 44, 3);
    primes.addAll(larger.subList(1, 3));
    return new BfvParametersSpec(
        "paper", 8192, primes, larger.subList(0, 1), PAPER_PLAINTEXT_MODULUS);
  }

  /** The parameters without the last prime of q: where a ciphertext goes that drops it. */
  public BfvParametersSpec withoutLastPrime() {
    return new BfvParametersSpec(
        name + "-" + (primes.size() - 1),
        degree,
        primes.subList(0, primes.size() - 1),
        specialPrimes,
        plaintextModulus);
  }

  /**
   * A toy with a special prime, the largest of its length.
   *
   * @param primeBits the length of each prime
   */
  public static BfvParametersSpec insecureToyWithSpecialPrime(
      int degree, int primeBits, int primeCount, long plaintextModulus) {
    List<Long> primes = Primes.largestNttPrimes(degree, primeBits, primeCount + 1);
    return new BfvParametersSpec(
        INSECURE + "_N" + degree,
        degree,
        primes.subList(1, primeCount + 1),
        primes.subList(0, 1),
        plaintextModulus);
  }

  /**
   * A toy: no security at all.
   *
   * @param degree 16 to 1024
   * @param primeBits the length of each prime
   */
  public static BfvParametersSpec insecureToy(
      int degree, int primeBits, int primeCount, long plaintextModulus) {
    return new BfvParametersSpec(
        INSECURE + "_N" + degree,
        degree,
        Primes.largestNttPrimes(degree, primeBits, primeCount),
        List.of(),
        plaintextModulus);
  }

  private static BfvParametersSpec powerOfTwo(
      String name, int degree, List<Long> primes, int ringBits) {
    return new BfvParametersSpec(
        name, degree, primes, List.of(), PlaintextModulus.powerOfTwo(ringBits).value());
  }
}
