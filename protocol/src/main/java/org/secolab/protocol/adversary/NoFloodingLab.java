package org.secolab.protocol.adversary;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import org.secolab.foundation.random.RandomSource;
import org.secolab.lattice.bfv.BfvDecryptor;
import org.secolab.lattice.bfv.BfvEncryptor;
import org.secolab.lattice.bfv.BfvParameters;
import org.secolab.lattice.bfv.BfvParametersSpec;
import org.secolab.lattice.bfv.LinearCircuit;
import org.secolab.lattice.bfv.RoundedPolynomial;
import org.secolab.lattice.mhe.CollectiveDecryption;
import org.secolab.lattice.ring.Domain;
import org.secolab.lattice.ring.Ring;
import org.secolab.lattice.ring.RnsPolynomial;
import org.secolab.lattice.rlwe.Ciphertext;
import org.secolab.lattice.rlwe.Flooding;
import org.secolab.lattice.rlwe.SecretKey;
import org.secolab.lattice.sample.CentredBinomialSampler;
import org.secolab.lattice.sample.TernarySampler;
import org.secolab.protocol.deploy.UniformResidues;
import org.secolab.protocol.inference.SplitPlan;

/** The noise that collective decryption reveals is linear in an honest server's key. */
final class NoFloodingLab implements AttackLab {
  private static final int DEGREE = 32;
  private static final int PLAINTEXT_BITS = 42;
  private static final int DECRYPTIONS = 1024;

  /** The sum of three encryptions, once; two of the three key holders flood their shares. */
  private static final LinearCircuit CIRCUIT = new LinearCircuit(3, 1, 2, 1, 1);

  @Override
  public String name() {
    return "no-flooding";
  }

  @Override
  public String title() {
    return "an honest server's secret key from the noise of partial decryptions";
  }

  @Override
  public String attackers() {
    return "gateway and remote2 against remote1: its share of the secret key";
  }

  @Override
  public String weakened() {
    return "decryption shares s·c_1 + e with noise of fresh size, as printed in the paper; toy ring"
        + " of N = "
        + DEGREE
        + ", "
        + DECRYPTIONS
        + " decryptions (the number needed does not depend on N)";
  }

  @Override
  public String standard() {
    return "the shares that CollectiveDecryption makes, same ring, the "
        + parameters().largestStatisticalSecurity(CIRCUIT)
        + " bits of flooding that it affords";
  }

  @Override
  public String gist() {
    return """
        Whoever decrypts c_0 + c_1·s sees the message and what is left: the noise. For an encryption
        that remote2 made it is −u·e_pk + e_0 + e_1·s, and remote2 remembers u, e_0 and e_1. So each
        decryption gives N noisy linear equations in s^B (and e_pk); the others' encryptions only add
        noise of the same size. Least squares over a thousand decryptions, rounded: the key.
        A flood 2^64 times larger than all of it leaves nothing to solve for.
        """;
  }

  @Override
  public Finding onWeakened(RandomSource random) {
    return attack(
        random,
        (parameters, c1, key, own) -> {
          Ring ring = parameters.ring();
          RnsPolynomial noise =
              RnsPolynomial.ofSigned(ring, CentredBinomialSampler.sample(DEGREE, own));
          return TernaryKeys.centred(
              c1.times(key.evaluated()).transformTo(Domain.COEFFICIENT).addInPlace(noise));
        });
  }

  @Override
  public Finding onStandard(RandomSource random) {
    int bits = parameters().largestStatisticalSecurity(CIRCUIT);
    Flooding flooding = parameters().flooding(CIRCUIT, bits);
    return attack(
        random,
        (parameters, c1, key, own) -> {
          RoundedPolynomial share =
              CollectiveDecryption.share(
                      parameters,
                      List.of(c1),
                      List.of(RoundedPolynomial.everywhere(parameters)),
                      key,
                      SplitPlan.GATEWAY,
                      flooding,
                      own)
                  .outbox()
                  .messages()
                  .firstEntry()
                  .getValue()
                  .polynomials()
                  .getFirst();
          long[] words = TernaryKeys.words(parameters, share);
          BigInteger[] values = new BigInteger[words.length];
          for (int i = 0; i < words.length; i++) {
            values[i] =
                BigInteger.valueOf(words[i])
                    .multiply(parameters.ring().q())
                    .shiftRight(TernaryKeys.shareBits(parameters));
          }
          return values;
        });
  }

  /**
   * Rounding a share to 2^4 loses less than the noise holds, so that only the flood protects it.
   */
  private static BfvParameters parameters() {
    return BfvParameters.of(BfvParametersSpec.insecureToy(DEGREE, 30, 2, 1L << PLAINTEXT_BITS));
  }

  /** Remote1's decryption share of a ciphertext, as a number for each coefficient. */
  @FunctionalInterface
  private interface Shares {
    BigInteger[] of(BfvParameters parameters, RnsPolynomial c1, SecretKey key, RandomSource random);
  }

  private static Finding attack(RandomSource random, Shares shares) {
    BfvParameters parameters = parameters();
    Ring ring = parameters.ring();
    // Gateway, remote1 (honest), remote2.
    CollectiveKey key = CollectiveKey.generate(parameters, 3, random.fork("key"));
    SecretKey coalition =
        SecretKey.insecureSum(parameters.rlwe(), List.of(key.shares().get(0), key.shares().get(2)));
    SecretKey honest = key.shares().get(1);
    BfvEncryptor encryptor = new BfvEncryptor(parameters, key.publicKey());
    org.secolab.modelio.fixed.Modulus modulus =
        org.secolab.modelio.fixed.Modulus.powerOfTwo(PLAINTEXT_BITS);
    RandomSource user = random.fork("user");
    RandomSource remote1 = random.fork("remote1");
    RandomSource remote2 = random.fork("remote2");
    LeastSquares system = new LeastSquares(2 * DEGREE);
    double squares = 0;
    for (int run = 0; run < DECRYPTIONS; run++) {
      // At the cut: the user's encrypted mask, and one of each remote server, summed.
      long[] u = TernarySampler.sample(DEGREE, remote2);
      long[] e0 = CentredBinomialSampler.sample(DEGREE, remote2);
      long[] e1 = CentredBinomialSampler.sample(DEGREE, remote2);
      Ciphertext own = encrypt(key, UniformResidues.draw(DEGREE, modulus, remote2), u, e0, e1);
      Ciphertext users = encryptor.encrypt(UniformResidues.draw(DEGREE, modulus, user), user);
      Ciphertext theirs =
          encryptor.encrypt(UniformResidues.draw(DEGREE, modulus, remote1), remote1);
      RnsPolynomial c0 = own.c0().plus(users.c0()).addInPlace(theirs.c0());
      RnsPolynomial c1 = own.c1().plus(users.c1()).addInPlace(theirs.c1());

      BigInteger[] share = shares.of(parameters, c1, honest, remote1);
      RnsPolynomial known =
          c0.plus(c1.times(coalition.evaluated())).transformTo(Domain.COEFFICIENT);
      double[] noise = noise(parameters, known, share);
      // Less what remote2 knows: e_0 + e_1·(s_A + s_C).
      double[] explained = explained(ring, e0, e1, coalition);
      for (int k = 0; k < DEGREE; k++) {
        double[] row = new double[2 * DEGREE];
        for (int i = 0; i < DEGREE; i++) {
          int from = k - i;
          row[i] = from >= 0 ? e1[from] : -e1[DEGREE + from];
          row[DEGREE + i] = from >= 0 ? -u[from] : u[DEGREE + from];
        }
        double value = noise[k] - explained[k];
        squares += value * value;
        system.add(row, value);
      }
    }
    double[] solution = system.solve();
    return TernaryKeys.compare(TernaryKeys.nearest(solution, DEGREE), honest)
        .with("decryptions", DECRYPTIONS)
        .with(
            "log2 of the noise's standard deviation",
            Math.log(squares / DECRYPTIONS / DEGREE) / Math.log(2) / 2)
        .with(
            "log2 of the largest estimate of a coefficient",
            Math.log(java.util.Arrays.stream(solution).limit(DEGREE).map(Math::abs).max().orElse(0))
                / Math.log(2));
  }

  /** (p_0·u + e_0 + message, p_1·u + e_1): an encryption whose maker remembers its randomness. */
  private static Ciphertext encrypt(
      CollectiveKey key, long[] message, long[] u, long[] e0, long[] e1) {
    Ring ring = key.parameters().ring();
    RnsPolynomial mask = RnsPolynomial.ofSigned(ring, u).transformTo(Domain.EVALUATION);
    RnsPolynomial c0 =
        RnsPolynomial.ofSigned(ring, e0)
            .addInPlace(key.parameters().encoder().message(message))
            .transformTo(Domain.EVALUATION)
            .addInPlace(key.publicKey().p0().times(mask));
    RnsPolynomial c1 =
        RnsPolynomial.ofSigned(ring, e1)
            .transformTo(Domain.EVALUATION)
            .addInPlace(key.publicKey().p1().times(mask));
    return new Ciphertext(c0, c1);
  }

  /** What decryption leaves over when the message is taken away. */
  private static double[] noise(BfvParameters parameters, RnsPolynomial known, BigInteger[] share) {
    Ring ring = parameters.ring();
    RnsPolynomial phase = RnsPolynomial.zero(ring, Domain.COEFFICIENT);
    for (int i = 0; i < ring.degree(); i++) {
      for (int row = 0; row < ring.size(); row++) {
        BigInteger prime = BigInteger.valueOf(ring.modulus(row).value());
        phase.row(row)[i] = known.coefficient(i).add(share[i]).mod(prime).longValueExact();
      }
    }
    long[] message = BfvDecryptor.round(parameters, phase.copy());
    BigInteger[] rest = TernaryKeys.centred(phase.minus(parameters.encoder().message(message)));
    double[] noise = new double[rest.length];
    for (int i = 0; i < noise.length; i++) {
      noise[i] = new BigDecimal(rest[i]).doubleValue();
    }
    return noise;
  }

  private static double[] explained(Ring ring, long[] e0, long[] e1, SecretKey coalition) {
    BigInteger[] values =
        TernaryKeys.centred(
            RnsPolynomial.ofSigned(ring, e1)
                .transformTo(Domain.EVALUATION)
                .multiplyInPlace(coalition.evaluated())
                .transformTo(Domain.COEFFICIENT)
                .addInPlace(RnsPolynomial.ofSigned(ring, e0)));
    double[] explained = new double[values.length];
    for (int i = 0; i < explained.length; i++) {
      explained[i] = values[i].doubleValue();
    }
    return explained;
  }
}
