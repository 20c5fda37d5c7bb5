package org.secolab.protocol.adversary;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.secolab.foundation.random.RandomSource;
import org.secolab.lattice.arith.Modulus;
import org.secolab.lattice.bfv.BfvParameters;
import org.secolab.lattice.bfv.BfvParametersSpec;
import org.secolab.lattice.bfv.RoundedPolynomial;
import org.secolab.lattice.mhe.CollectiveDecryption;
import org.secolab.lattice.ring.Domain;
import org.secolab.lattice.ring.RnsPolynomial;
import org.secolab.lattice.rlwe.Flooding;
import org.secolab.lattice.rlwe.SecretKey;
import org.secolab.lattice.sample.UniformSampler;
import org.secolab.protocol.inference.SplitPlan;

/** The mean of many decryption shares of one ciphertext has no flood. */
final class SecondShareLab implements AttackLab {
  private static final int DEGREE = 64;
  private static final int SHARES = 1 << 14;

  /** Small enough for the mean of {@link #SHARES} shares; see the lab's page about 64 bits. */
  private static final Flooding FLOODING = new Flooding(4, 0);

  @Override
  public String name() {
    return "second-share";
  }

  @Override
  public String title() {
    return "many decryption shares of one ciphertext average their flood away";
  }

  @Override
  public String attackers() {
    return "the gateway against remote1: its share of the secret key";
  }

  @Override
  public String weakened() {
    return "remote1 answers as often as it is asked, with a fresh flood each time; toy ring of N = "
        + DEGREE
        + ", a flood of 4 bits, "
        + SHARES
        + " shares";
  }

  @Override
  public String standard() {
    return "the same questions to a SecretKey, which remembers what it shared; same ring and flood";
  }

  @Override
  public String gist() {
    return """
        A share is s·c_1 + e. Its flood e hides s·c_1 once. The mean of k shares of the same c_1 is
        s·c_1 plus a flood smaller by the square root of k; when that is below one half it rounds
        away, and s = (s·c_1)/c_1. Each doubling of k costs half a bit of the flood, so no amount
        counted once is right for a party that answers twice. A SecretKey refuses the second share.
        """;
  }

  @Override
  public Finding onWeakened(RandomSource random) {
    BfvParameters parameters = parameters();
    return attack(
        random, key -> SecretKey.of(parameters.rlwe(), key.evaluatedInKeyRing().copy())); // forgets
  }

  @Override
  public Finding onStandard(RandomSource random) {
    return attack(random, UnaryOperator.identity());
  }

  /** A ring in which rounding a share loses nothing, so that only the flood protects it. */
  private static BfvParameters parameters() {
    return BfvParameters.of(BfvParametersSpec.insecureToy(DEGREE, 50, 1, 1L << 36));
  }

  private static Finding attack(RandomSource random, UnaryOperator<SecretKey> memory) {
    BfvParameters parameters = parameters();
    SecretKey key = SecretKey.generate(parameters.rlwe(), random.fork("key"));
    RnsPolynomial c1 =
        UniformSampler.polynomial(parameters.ring(), Domain.EVALUATION, random.fork("c1"));
    List<long[]> shares = new ArrayList<>();
    RandomSource floods = random.fork("floods");
    try {
      for (int i = 0; i < SHARES; i++) {
        shares.add(share(parameters, c1, memory.apply(key), floods));
      }
    } catch (IllegalArgumentException refused) {
      // The attacker makes do with what it got.
    }
    long[] product = mean(parameters, shares);

    Modulus q = parameters.ring().modulus(0);
    RnsPolynomial candidate = RnsPolynomial.zero(parameters.ring(), Domain.COEFFICIENT);
    System.arraycopy(product, 0, candidate.row(0), 0, DEGREE);
    candidate.transformTo(Domain.EVALUATION);
    for (int slot = 0; slot < DEGREE; slot++) {
      candidate.row(0)[slot] = q.multiply(candidate.row(0)[slot], q.inverse(c1.row(0)[slot]));
    }
    BigInteger[] found = TernaryKeys.centred(candidate.transformTo(Domain.COEFFICIENT));
    double[] values = new double[DEGREE];
    for (int i = 0; i < DEGREE; i++) {
      values[i] = found[i].doubleValue();
    }
    return TernaryKeys.compare(TernaryKeys.nearest(values, DEGREE), key)
        .with("shares of one ciphertext received", shares.size())
        .with(
            "standard deviation of the mean flood (below 0.1 it rounds away)",
            FLOODING.bound().doubleValue() / Math.sqrt(3.0 * shares.size()));
  }

  private static long[] share(
      BfvParameters parameters, RnsPolynomial c1, SecretKey key, RandomSource random) {
    RoundedPolynomial share =
        CollectiveDecryption.share(
                parameters,
                List.of(c1),
                List.of(RoundedPolynomial.everywhere(parameters)),
                key,
                SplitPlan.GATEWAY,
                FLOODING,
                random)
            .outbox()
            .messages()
            .firstEntry()
            .getValue()
            .polynomials()
            .getFirst();
    // round(2^b·x/q) with 2^b > q: x = round(q·v/2^b), nothing is lost.
    long[] words = TernaryKeys.words(parameters, share);
    BigInteger q = parameters.ring().q();
    BigInteger half = BigInteger.ONE.shiftLeft(TernaryKeys.shareBits(parameters) - 1);
    long[] values = new long[words.length];
    for (int i = 0; i < words.length; i++) {
      values[i] =
          BigInteger.valueOf(words[i])
              .multiply(q)
              .add(half)
              .shiftRight(TernaryKeys.shareBits(parameters))
              .mod(q)
              .longValueExact();
    }
    return values;
  }

  /** The mean modulo q of values that lie close to each other. */
  private static long[] mean(BfvParameters parameters, List<long[]> shares) {
    long q = parameters.ring().modulus(0).value();
    long[] first = shares.getFirst();
    long[] mean = new long[first.length];
    for (int i = 0; i < first.length; i++) {
      long sum = 0;
      for (long[] share : shares) {
        long difference = Math.floorMod(share[i] - first[i], q);
        sum += difference > q / 2 ? difference - q : difference;
      }
      mean[i] = Math.floorMod(first[i] + Math.round((double) sum / shares.size()), q);
    }
    return mean;
  }
}
