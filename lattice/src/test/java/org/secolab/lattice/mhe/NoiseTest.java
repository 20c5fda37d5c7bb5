package org.secolab.lattice.mhe;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.secolab.foundation.party.ProtocolAbortException;
import org.secolab.foundation.random.RandomSource;
import org.secolab.foundation.random.SeededRandom;
import org.secolab.foundation.wire.MalformedMessageException;
import org.secolab.foundation.wire.WireReader;
import org.secolab.foundation.wire.WireWriter;
import org.secolab.lattice.arith.PlaintextModulus;
import org.secolab.lattice.bfv.BfvDecryptor;
import org.secolab.lattice.bfv.BfvEncryptor;
import org.secolab.lattice.bfv.BfvEvaluator;
import org.secolab.lattice.bfv.BfvMultiplier;
import org.secolab.lattice.bfv.BfvParameters;
import org.secolab.lattice.bfv.BfvParametersSpec;
import org.secolab.lattice.bfv.InsecureNoiseMeter;
import org.secolab.lattice.bfv.LinearCircuit;
import org.secolab.lattice.bfv.NoiseEstimate;
import org.secolab.lattice.bfv.NoiseLedger;
import org.secolab.lattice.bfv.NoiseModel;
import org.secolab.lattice.bfv.QuadraticCiphertext;
import org.secolab.lattice.bfv.SeededCiphertext;
import org.secolab.lattice.bfv.SlotEncoder;
import org.secolab.lattice.rlwe.Ciphertext;
import org.secolab.lattice.rlwe.Flooding;
import org.secolab.lattice.rlwe.GaloisKey;
import org.secolab.lattice.rlwe.RelinearizationKey;
import org.secolab.lattice.rlwe.SecretKey;
import org.secolab.lattice.sample.UniformSampler;

/** Estimates against measurements, at the degrees that are used in earnest. */
class NoiseTest {
  /** log2 of the factor that {@link NoiseEstimate} promises: 1.2. */
  private static final double TOLERANCE = Math.log(1.2) / Math.log(2);

  private static long[] uniform(BfvParameters parameters, RandomSource random) {
    long[] values = new long[parameters.degree()];
    UniformSampler.fill(values, parameters.plaintextModulus().value(), random);
    return values;
  }

  @Test
  void collectiveComputation_isAsNoisyAsEstimated() throws ProtocolAbortException {
    BfvParameters parameters = BfvParameters.of(BfvParametersSpec.paper());
    int holders = 3;
    MultipartyFixture parties = new MultipartyFixture(parameters, holders, 41);
    InsecureNoiseMeter meter = new InsecureNoiseMeter(parameters, parties.insecureSecretKey());
    SlotEncoder slots = new SlotEncoder(parameters);
    BfvEncryptor encryptor = new BfvEncryptor(parameters, parties.publicKey());
    BfvEvaluator evaluator = new BfvEvaluator(parameters);
    PlaintextModulus t = parameters.plaintextModulus();
    NoiseLedger ledger = new NoiseLedger();

    long[] a = uniform(parameters, parties.random);
    long[] b = uniform(parameters, parties.random);
    Ciphertext ca = encryptor.encrypt(slots.encode(a), parties.random);
    Ciphertext cb = encryptor.encrypt(slots.encode(b), parties.random);
    NoiseEstimate fresh = NoiseEstimate.fresh(parameters, holders);
    ledger.add("fresh", parameters, fresh, meter.measure(ca, slots.encode(a)));

    long[] sum = new long[a.length];
    long[] product = new long[a.length];
    for (int i = 0; i < sum.length; i++) {
      sum[i] = t.add(a[i], b[i]);
      product[i] = t.multiply(a[i], b[i]);
    }
    ledger.add(
        "add",
        parameters,
        fresh.plus(fresh),
        meter.measure(evaluator.add(ca, cb), slots.encode(sum)));

    double uniformSquare = Math.pow((double) t.value(), 2) / 12;
    ledger.add(
        "multiply by plaintext",
        parameters,
        fresh.timesPlain(parameters.degree(), uniformSquare),
        meter.measure(
            evaluator.multiplySum(List.of(evaluator.prepare(slots.encode(b))), List.of(ca)),
            slots.encode(product)));

    QuadraticCiphertext quadratic = new BfvMultiplier(parameters).multiply(ca, cb);
    NoiseEstimate multiplied = fresh.times(fresh, parameters);
    ledger.add("multiply", parameters, multiplied, meter.measure(quadratic, slots.encode(product)));

    Keys keys = keys(parties, slots.rotation(1));
    Ciphertext linear = BfvMultiplier.relinearise(quadratic, keys.relinearization);
    ledger.add(
        "relinearise",
        parameters,
        multiplied.relinearised(parameters),
        meter.measure(linear, slots.encode(product)));

    long[] rotated = new long[a.length];
    int row = slots.rowSize();
    for (int i = 0; i < rotated.length; i++) {
      rotated[i] = a[i / row * row + (i + 1) % row];
    }
    // On a fresh ciphertext, so that the rotation's own noise shows.
    ledger.add(
        "rotate",
        parameters,
        fresh.rotated(parameters),
        meter.measure(evaluator.apply(ca, keys.galois), slots.encode(rotated)));

    Flooding flooding = new Flooding(40, 50);
    ledger.add(
        "flood",
        parameters,
        fresh.flooded(flooding),
        meter.measure(
            encryptor.rerandomise(ca, new long[a.length], flooding, parties.random),
            slots.encode(a)));

    BfvParameters lower = BfvParameters.of(parameters.spec().withoutLastPrime());
    SecretKey lowerKey =
        SecretKey.of(
            lower.rlwe(),
            parties.insecureSecretKey().evaluatedInKeyRing().restrictedTo(lower.rlwe().keyRing()));
    ledger.add(
        "drop last prime",
        lower,
        fresh.flooded(flooding).withoutLastPrime(parameters),
        new InsecureNoiseMeter(lower, lowerKey)
            .measure(
                evaluator.dropLastPrime(
                    encryptor.rerandomise(ca, new long[a.length], flooding, parties.random)),
                slots.encode(a)));

    assertEquals(8, ledger.entries().size());
    for (NoiseLedger.Entry entry : ledger.entries()) {
      assertEquals(
          entry.estimatedLog2(),
          entry.measuredLog2().orElseThrow(),
          TOLERANCE,
          entry.step() + "\n" + ledger);
      assertTrue(entry.budgetLog2() > 0, entry.step() + " leaves room");
    }
    assertTrue(ledger.toString().contains("relinearise"));
  }

  private record Keys(RelinearizationKey relinearization, GaloisKey galois) {}

  private static Keys keys(MultipartyFixture parties, int exponent) throws ProtocolAbortException {
    return parties
        .run(
            (index, session) -> {
              RandomSource reference = SeededRandom.ofInsecureNumber(1);
              RandomSource random = SeededRandom.ofInsecureNumber(100 + index);
              var second =
                  session.exchange(
                      RelinearizationKeyGen.begin(
                          parties.parameters.rlwe(),
                          parties.secretKeys.get(index),
                          reference,
                          session.self(),
                          parties.keyHolders,
                          random));
              RelinearizationKey relinearization = session.exchange(second);
              return new Keys(
                  relinearization,
                  session
                      .exchange(
                          GaloisKeyGen.begin(
                              parties.parameters.rlwe(),
                              List.of(exponent),
                              parties.secretKeys.get(index),
                              reference,
                              session.self(),
                              parties.keyHolders,
                              random))
                      .getFirst());
            })
        .getFirst();
  }

  /** The bound that flooding is measured against must hold, and not be far above what it bounds. */
  @Test
  void boundBeforeFlooding_boundsTheNoiseOfALinearLayer() throws ProtocolAbortException {
    BfvParameters parameters = BfvParameters.of(BfvParametersSpec.standard(28));
    int holders = 3;
    MultipartyFixture parties = new MultipartyFixture(parameters, holders, 42);
    InsecureNoiseMeter meter = new InsecureNoiseMeter(parameters, parties.insecureSecretKey());
    BfvEncryptor encryptor = new BfvEncryptor(parameters, parties.publicKey());
    BfvEvaluator evaluator = new BfvEvaluator(parameters);
    // n encryptions are summed, m remotes multiply, their results are added: message zero.
    long[] zero = new long[parameters.degree()];
    Ciphertext input = encryptor.encrypt(zero, parties.random);
    for (int i = 1; i < holders; i++) {
      input = evaluator.add(input, encryptor.encrypt(zero, parties.random));
    }
    Ciphertext result = encryptor.encrypt(zero, parties.random);
    for (int j = 1; j < holders; j++) {
      long[] weights = uniform(parameters, parties.random);
      result =
          evaluator.add(
              result, evaluator.multiplySum(List.of(evaluator.prepare(weights)), List.of(input)));
    }
    LinearCircuit circuit = LinearCircuit.collective(holders, 2, parameters.degree());
    double bound =
        NoiseModel.boundLog2(parameters.degree(), parameters.plaintextModulus(), circuit);
    InsecureNoiseMeter.Noise noise = meter.measure(result, zero);
    assertTrue(noise.maximumLog2() < bound, noise + " against 2^" + bound);
    assertEquals(
        bound - Math.log(NoiseModel.DEVIATIONS) / Math.log(2), noise.deviationLog2(), TOLERANCE);
  }

  @Test
  void seededCiphertext_hasTheLeastNoise_andHalfTheSize() throws MalformedMessageException {
    BfvParameters parameters = BfvParameters.of(BfvParametersSpec.small(28));
    RandomSource random = SeededRandom.ofInsecureNumber(43);
    SecretKey secretKey = SecretKey.generate(parameters.rlwe(), random);
    long[] message = uniform(parameters, random);
    SeededCiphertext seeded = SeededCiphertext.encrypt(parameters, secretKey, message, random);
    WireWriter out = new WireWriter(16);
    seeded.writeTo(out);
    assertEquals(Ciphertext.wireBytes(parameters.rlwe()) / 2 + 32, out.size());
    WireReader in = new WireReader(out.toByteArray());
    Ciphertext read = SeededCiphertext.read(in, parameters.rlwe()).expand();
    in.end();
    assertArrayEquals(message, new BfvDecryptor(parameters, secretKey).decrypt(read));
    assertEquals(
        NoiseEstimate.seeded().deviationLog2(),
        new InsecureNoiseMeter(parameters, secretKey).measure(read, message).deviationLog2(),
        TOLERANCE);
  }
}
