package org.secolab.repro.bench;

import java.util.Collections;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.secolab.foundation.random.RandomSource;
import org.secolab.foundation.random.SystemRandom;
import org.secolab.lattice.bfv.BfvEncryptor;
import org.secolab.lattice.bfv.BfvEvaluator;
import org.secolab.lattice.bfv.BfvMultiplier;
import org.secolab.lattice.bfv.BfvParameters;
import org.secolab.lattice.bfv.ExtendedCiphertext;
import org.secolab.lattice.bfv.SlotEncoder;
import org.secolab.lattice.rlwe.Ciphertext;
import org.secolab.lattice.rlwe.GaloisKey;
import org.secolab.lattice.rlwe.HoistedCiphertext;
import org.secolab.lattice.rlwe.PublicKey;
import org.secolab.lattice.rlwe.RelinearizationKey;
import org.secolab.lattice.rlwe.SecretKey;
import org.secolab.lattice.sample.UniformSampler;

/** What takes evaluation keys, under the paper's parameters: N = 8192, 218 bits, t of 41 bits. */
@State(Scope.Thread)
public class EvaluationBenchmarks {
  private static final int TERMS = 16;

  private final BfvEvaluator evaluator;
  private final BfvMultiplier multiplier;
  private final RelinearizationKey relinearizationKey;
  private final GaloisKey rotation;
  private final Ciphertext ciphertext;
  private final Ciphertext other;
  private final List<ExtendedCiphertext> factors;
  private final HoistedCiphertext hoisted;

  /** Keys and operands, once per fork. */
  public EvaluationBenchmarks() {
    BfvParameters parameters = BfvBenchmarks.parameters("paper");
    RandomSource random = new SystemRandom();
    SecretKey secretKey = SecretKey.generate(parameters.rlwe(), random);
    PublicKey publicKey = PublicKey.generate(parameters.rlwe(), secretKey, random);
    SlotEncoder encoder = new SlotEncoder(parameters);
    evaluator = new BfvEvaluator(parameters);
    multiplier = new BfvMultiplier(parameters);
    relinearizationKey = RelinearizationKey.generate(parameters.rlwe(), secretKey, random);
    rotation = GaloisKey.generate(parameters.rlwe(), encoder.rotation(1), secretKey, random);
    long[] slots = new long[parameters.degree()];
    UniformSampler.fill(slots, parameters.plaintextModulus().value(), random);
    BfvEncryptor encryptor = new BfvEncryptor(parameters, publicKey);
    ciphertext = encryptor.encrypt(encoder.encode(slots), random);
    other = encryptor.encrypt(encoder.encode(slots), random);
    factors = Collections.nCopies(TERMS, multiplier.extend(ciphertext));
    hoisted = evaluator.hoist(ciphertext);
  }

  /** Ciphertext times ciphertext, relinearised. */
  @Benchmark
  public Ciphertext multiplyRelinearise() {
    return BfvMultiplier.relinearise(multiplier.multiply(ciphertext, other), relinearizationKey);
  }

  /** A sum of {@value #TERMS} products of factors that were extended before, relinearised once. */
  @Benchmark
  public Ciphertext multiplySumRelinearise() {
    return BfvMultiplier.relinearise(multiplier.multiplySum(factors, factors), relinearizationKey);
  }

  /** Slots rotated by one place. */
  @Benchmark
  public Ciphertext rotate() {
    return evaluator.apply(ciphertext, rotation);
  }

  /** The same when the ciphertext is rotated by other distances too. */
  @Benchmark
  public Ciphertext rotateHoisted() {
    return hoisted.apply(rotation);
  }
}
