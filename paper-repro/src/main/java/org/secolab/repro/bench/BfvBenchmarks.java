package org.secolab.repro.bench;

import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.secolab.foundation.random.RandomSource;
import org.secolab.foundation.random.SystemRandom;
import org.secolab.lattice.bfv.BfvDecryptor;
import org.secolab.lattice.bfv.BfvEncryptor;
import org.secolab.lattice.bfv.BfvEvaluator;
import org.secolab.lattice.bfv.BfvParameters;
import org.secolab.lattice.bfv.BfvParametersSpec;
import org.secolab.lattice.bfv.PreparedWeights;
import org.secolab.lattice.rlwe.Ciphertext;
import org.secolab.lattice.rlwe.PublicKey;
import org.secolab.lattice.rlwe.SecretKey;
import org.secolab.lattice.sample.UniformSampler;

/** Encryption, decryption and products with plaintexts, N = 8192. */
@State(Scope.Thread)
public class BfvBenchmarks {
  /** Everything that depends on the parameters. */
  private record Fixture(
      BfvEncryptor encryptor,
      BfvDecryptor decryptor,
      BfvEvaluator evaluator,
      List<Ciphertext> ciphertexts,
      List<PreparedWeights> weights) {}

  /** {@code default}: three primes, t = 2^28; {@code paper}: four, t of 41 bits. */
  @Param({"default", "paper"})
  @SuppressWarnings("NullAway.Init") // JMH sets it before anything runs
  public String set;

  private final RandomSource random = new SystemRandom();
  private final long[] message = new long[8192];

  @SuppressWarnings("NullAway.Init") // by setUp
  private Fixture fixture;

  /** Keys and operands, once per fork. */
  @Setup
  public void setUp() {
    BfvParameters parameters = parameters(set);
    SecretKey secretKey = SecretKey.generate(parameters.rlwe(), random);
    PublicKey publicKey = PublicKey.generate(parameters.rlwe(), secretKey, random);
    UniformSampler.fill(message, parameters.plaintextModulus().value(), random);
    BfvEncryptor encryptor = new BfvEncryptor(parameters, publicKey);
    BfvEvaluator evaluator = new BfvEvaluator(parameters);
    fixture =
        new Fixture(
            encryptor,
            new BfvDecryptor(parameters, secretKey),
            evaluator,
            List.of(encryptor.encrypt(message, random)),
            List.of(evaluator.prepare(message)));
  }

  static BfvParameters parameters(String set) {
    return BfvParameters.of(
        set.equals("paper") ? BfvParametersSpec.paper() : BfvParametersSpec.standard(28));
  }

  /** Under a public key; a collective one is no different. */
  @Benchmark
  public Ciphertext encrypt() {
    return fixture.encryptor().encrypt(message, random);
  }

  /** With the whole key. */
  @Benchmark
  public long[] decrypt() {
    return fixture.decryptor().decrypt(fixture.ciphertexts().getFirst());
  }

  /** Ciphertext times plaintext, both in evaluation form. */
  @Benchmark
  public Ciphertext multiplyPlain() {
    return fixture.evaluator().multiplySum(fixture.weights(), fixture.ciphertexts());
  }
}
