package org.secolab.lattice.bfv;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.secolab.foundation.random.RandomSource;
import org.secolab.foundation.random.SeededRandom;
import org.secolab.foundation.wire.MalformedMessageException;
import org.secolab.foundation.wire.WireReader;
import org.secolab.foundation.wire.WireWriter;
import org.secolab.lattice.arith.PlaintextModulus;
import org.secolab.lattice.clear.InsecureClearScheme;
import org.secolab.lattice.ring.RnsPolynomial;
import org.secolab.lattice.rlwe.Ciphertext;
import org.secolab.lattice.rlwe.Flooding;
import org.secolab.lattice.rlwe.PublicKey;
import org.secolab.lattice.rlwe.SecretKey;
import org.secolab.lattice.sample.UniformSampler;
import org.secolab.lattice.scheme.Decryptor;
import org.secolab.lattice.scheme.Encryptor;
import org.secolab.lattice.scheme.Evaluator;

/** The same program on the encrypting scheme and on its clear twin. */
class BfvProperties {
  private static final Flooding FLOODING = new Flooding(20, 60);

  /** Every operation once, so that no order of domains is left out. */
  private static <C, W> List<long[]> run(
      Encryptor<C> encryptor,
      Evaluator<C, W> evaluator,
      Decryptor<C> decryptor,
      int degree,
      PlaintextModulus t,
      int terms,
      long seed) {
    RandomSource random = SeededRandom.ofInsecureNumber(seed);
    RandomSource values = random.fork("values");
    RandomSource encryption = random.fork("encryption");
    List<C> ciphertexts = new ArrayList<>();
    List<W> factors = new ArrayList<>();
    for (int i = 0; i < terms; i++) {
      ciphertexts.add(encryptor.encrypt(uniform(degree, t, values), encryption));
      factors.add(evaluator.prepare(uniform(degree, t, values)));
    }
    C sum = evaluator.multiplySum(factors, ciphertexts);
    C masked = encryptor.rerandomise(sum, uniform(degree, t, values), FLOODING, encryption);
    C shifted = evaluator.addPlain(masked, uniform(degree, t, values));
    C difference = evaluator.subtract(evaluator.add(shifted, sum), ciphertexts.getFirst());
    return List.of(
        decryptor.decrypt(ciphertexts.getFirst()),
        decryptor.decrypt(sum),
        decryptor.decrypt(masked),
        decryptor.decrypt(shifted),
        decryptor.decrypt(difference));
  }

  private static long[] uniform(int degree, PlaintextModulus t, RandomSource random) {
    long[] values = new long[degree];
    UniformSampler.fill(values, t.value(), random);
    return values;
  }

  @Property(tries = 60)
  void everyOperation_equalsTheClearTwin(
      @ForAll @IntRange(min = 4, max = 8) int logDegree,
      @ForAll @IntRange(min = 2, max = 40) int bits,
      @ForAll boolean odd,
      @ForAll @IntRange(min = 1, max = 4) int terms,
      @ForAll long seed) {
    int degree = 1 << logDegree;
    PlaintextModulus t = new PlaintextModulus(odd ? (1L << bits) - 1 : 1L << bits);
    BfvParameters parameters =
        BfvParameters.of(BfvParametersSpec.insecureToy(degree, 50, 3, t.value()));
    RandomSource random = SeededRandom.ofInsecureNumber(seed).fork("keys");
    try (SecretKey secretKey = SecretKey.generate(parameters.rlwe(), random)) {
      PublicKey publicKey = PublicKey.generate(parameters.rlwe(), secretKey, random);
      InsecureClearScheme clear = new InsecureClearScheme(degree, t);
      List<long[]> expected = run(clear, clear, clear, degree, t, terms, seed);
      List<long[]> found =
          run(
              new BfvEncryptor(parameters, publicKey),
              new BfvEvaluator(parameters),
              new BfvDecryptor(parameters, secretKey),
              degree,
              t,
              terms,
              seed);
      for (int i = 0; i < expected.size(); i++) {
        assertArrayEquals(expected.get(i), found.get(i), "result " + i);
      }
    }
  }

  @Property(tries = 20)
  void wireForms_roundTrip(@ForAll long seed) throws MalformedMessageException {
    BfvParameters parameters = BfvParameters.of(BfvParametersSpec.insecureToy(32, 50, 3, 1L << 20));
    RandomSource random = SeededRandom.ofInsecureNumber(seed);
    SecretKey secretKey = SecretKey.generate(parameters.rlwe(), random);
    PublicKey publicKey = PublicKey.generate(parameters.rlwe(), secretKey, random);
    WireWriter out = new WireWriter(16);
    publicKey.writeTo(out);
    WireReader in = new WireReader(out.toByteArray());
    PublicKey readKey = PublicKey.read(in, parameters.rlwe());
    in.end();
    assertEquals(PublicKey.seededWireBytes(parameters.rlwe()), out.size());
    WireWriter explicit = new WireWriter(16);
    new PublicKey(publicKey.p0(), publicKey.p1()).writeTo(explicit);
    assertEquals(explicit.size() - 1, 2 * (out.size() - 1 - 32), "a seed stands for half of it");
    WireReader explicitIn = new WireReader(explicit.toByteArray());
    assertArrayEquals(
        readKey.p1().row(2), PublicKey.read(explicitIn, parameters.rlwe()).p1().row(2));
    explicitIn.end();
    long[] message = uniform(32, parameters.plaintextModulus(), random);
    BfvEncryptor encryptor = new BfvEncryptor(parameters, readKey);
    Ciphertext original =
        encryptor.rerandomise(encryptor.encrypt(message, random), new long[32], FLOODING, random);
    WireWriter bytes = new WireWriter(16);
    original.writeTo(bytes);
    assertEquals(Ciphertext.wireBytes(parameters.rlwe()), bytes.size());
    WireReader reader = new WireReader(bytes.toByteArray());
    Ciphertext read = Ciphertext.read(reader, parameters.rlwe());
    reader.end();
    assertArrayEquals(message, new BfvDecryptor(parameters, secretKey).decrypt(read));
  }

  @Example
  void closedKey_isUseless() {
    BfvParameters parameters = BfvParameters.of(BfvParametersSpec.insecureToy(32, 50, 3, 1L << 20));
    SecretKey secretKey = SecretKey.generate(parameters.rlwe(), SeededRandom.ofInsecureNumber(1));
    RnsPolynomial inside = secretKey.evaluated();
    secretKey.close();
    assertArrayEquals(new long[32], inside.row(0));
    assertThrows(IllegalStateException.class, secretKey::evaluated);
    assertThrows(IllegalStateException.class, secretKey::evaluatedInKeyRing);
  }
}
