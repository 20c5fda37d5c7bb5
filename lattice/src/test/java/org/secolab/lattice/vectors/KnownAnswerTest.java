package org.secolab.lattice.vectors;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.secolab.lattice.bfv.BfvDecryptor;
import org.secolab.lattice.bfv.BfvEncryptor;
import org.secolab.lattice.bfv.BfvMultiplier;
import org.secolab.lattice.bfv.BfvParameters;
import org.secolab.lattice.bfv.BfvParametersSpec;
import org.secolab.lattice.bfv.QuadraticCiphertext;
import org.secolab.lattice.ring.BaseConversion;
import org.secolab.lattice.ring.Domain;
import org.secolab.lattice.ring.PrimeField;
import org.secolab.lattice.ring.Ring;
import org.secolab.lattice.ring.RnsPolynomial;
import org.secolab.lattice.rlwe.Ciphertext;
import org.secolab.lattice.rlwe.KeySwitchingKey;
import org.secolab.lattice.rlwe.PublicKey;
import org.secolab.lattice.rlwe.RlweParameters;
import org.secolab.lattice.rlwe.SecretKey;
import org.secolab.testvectors.VectorFile;

/** What a generator in plain big integers computed; see SOURCES.md of the module testvectors. */
class KnownAnswerTest {
  private static void forEach(String name, Consumer<JsonNode> test) {
    VectorFile<JsonNode> file = VectorFile.load("lattice", name, vector -> vector);
    assertFalse(file.vectors().isEmpty());
    file.vectors().forEach(test);
  }

  private static List<Long> primes(JsonNode array) {
    List<Long> primes = new ArrayList<>();
    for (long prime : VectorFile.longs(array)) {
      primes.add(prime);
    }
    return primes;
  }

  private static Ring ring(JsonNode vector, String field) {
    return new Ring(vector.get("degree").asInt(), primes(vector.get(field)));
  }

  private static BigInteger[] integers(JsonNode array) {
    BigInteger[] values = new BigInteger[array.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = new BigInteger(array.get(i).asText());
    }
    return values;
  }

  /** The element with these integer coefficients, in {@link Domain#COEFFICIENT}. */
  private static RnsPolynomial element(Ring ring, JsonNode array) {
    BigInteger[] values = integers(array);
    RnsPolynomial result = RnsPolynomial.zero(ring, Domain.COEFFICIENT);
    for (int i = 0; i < ring.size(); i++) {
      for (int j = 0; j < values.length; j++) {
        result.row(i)[j] = ring.modulus(i).reduce(values[j]);
      }
    }
    return result;
  }

  private static RnsPolynomial evaluated(Ring ring, JsonNode array) {
    return element(ring, array).transformTo(Domain.EVALUATION);
  }

  private static void expect(JsonNode expected, RnsPolynomial found) {
    RnsPolynomial coefficients = found.copy().transformTo(Domain.COEFFICIENT);
    BigInteger[] values = integers(expected);
    assertEquals(values.length, coefficients.ring().degree());
    for (int i = 0; i < values.length; i++) {
      assertEquals(values[i], coefficients.coefficient(i), "coefficient " + i);
    }
  }

  @Test
  void negacyclicConvolution() {
    forEach(
        "negacyclic-convolution",
        vector -> {
          Ring ring = ring(vector, "primes");
          expect(
              vector.get("product"),
              evaluated(ring, vector.get("a")).times(evaluated(ring, vector.get("b"))));
        });
  }

  @Test
  void numberTheoreticTransform() {
    forEach(
        "number-theoretic-transform",
        vector -> {
          PrimeField field =
              PrimeField.of(vector.get("prime").asLong(), vector.get("degree").asInt());
          long[] row = VectorFile.longs(vector.get("coefficients"));
          long[] values = VectorFile.longs(vector.get("values"));
          field.transform().forward(row);
          assertArrayEquals(values, row);
          field.transform().inverse(row);
          assertArrayEquals(VectorFile.longs(vector.get("coefficients")), row);
        });
  }

  @Test
  void baseConversion() {
    forEach(
        "base-conversion",
        vector -> {
          Ring from = ring(vector, "from");
          BaseConversion conversion = new BaseConversion(from, ring(vector, "to"));
          expect(vector.get("converted"), conversion.apply(element(from, vector.get("x"))));
        });
  }

  private static BfvParameters parameters(JsonNode vector) {
    return BfvParameters.of(
        new BfvParametersSpec(
            BfvParametersSpec.INSECURE + "_vector",
            vector.get("degree").asInt(),
            primes(vector.get("primes")),
            List.of(),
            vector.get("t").asLong()));
  }

  @Test
  void bfvEncryption_withGivenRandomness() {
    forEach(
        "bfv-encryption",
        vector -> {
          BfvParameters parameters = parameters(vector);
          PublicKey publicKey =
              new PublicKey(
                  evaluated(parameters.ring(), vector.get("p0")),
                  evaluated(parameters.ring(), vector.get("p1")));
          ScriptedRandom random =
              new ScriptedRandom()
                  .ternary(VectorFile.longs(vector.get("u")))
                  .narrow(VectorFile.longs(vector.get("e0")))
                  .narrow(VectorFile.longs(vector.get("e1")));
          long[] message = VectorFile.longs(vector.get("message"));
          Ciphertext ciphertext = new BfvEncryptor(parameters, publicKey).encrypt(message, random);
          expect(vector.get("c0"), ciphertext.c0());
          expect(vector.get("c1"), ciphertext.c1());
          SecretKey secretKey =
              SecretKey.of(parameters.rlwe(), evaluated(parameters.ring(), vector.get("s")));
          assertArrayEquals(message, new BfvDecryptor(parameters, secretKey).decrypt(ciphertext));
        });
  }

  @Test
  void bfvProduct() {
    forEach(
        "bfv-product",
        vector -> {
          BfvParameters parameters = parameters(vector);
          QuadraticCiphertext product =
              new BfvMultiplier(parameters)
                  .multiply(
                      ciphertext(parameters, vector.get("a")),
                      ciphertext(parameters, vector.get("b")));
          expect(vector.get("product").get(0), product.c0());
          expect(vector.get("product").get(1), product.c1());
          expect(vector.get("product").get(2), product.c2());
          SecretKey secretKey =
              SecretKey.of(parameters.rlwe(), evaluated(parameters.ring(), vector.get("s")));
          assertArrayEquals(
              VectorFile.longs(vector.get("message")),
              new BfvDecryptor(parameters, secretKey).decrypt(product));
        });
  }

  private static Ciphertext ciphertext(BfvParameters parameters, JsonNode pair) {
    return new Ciphertext(
        evaluated(parameters.ring(), pair.get(0)), evaluated(parameters.ring(), pair.get(1)));
  }

  @Test
  void keySwitching_withGivenRandomness() {
    forEach(
        "key-switching",
        vector -> {
          RlweParameters parameters =
              RlweParameters.insecure(
                  vector.get("degree").asInt(),
                  primes(vector.get("primes")),
                  List.of(vector.get("special").asLong()));
          Ring keyRing = parameters.keyRing();
          List<RnsPolynomial> a = new ArrayList<>();
          ScriptedRandom random = new ScriptedRandom();
          for (int k = 0; k < parameters.ring().size(); k++) {
            a.add(evaluated(keyRing, vector.get("a").get(k)));
            random.narrow(VectorFile.longs(vector.get("e").get(k)));
          }
          SecretKey secretKey = SecretKey.of(parameters, evaluated(keyRing, vector.get("s")));
          List<RnsPolynomial> b =
              KeySwitchingKey.encrypt(
                  parameters, a, evaluated(keyRing, vector.get("target")), secretKey, random);
          for (int k = 0; k < b.size(); k++) {
            expect(vector.get("b").get(k), b.get(k));
          }
          Ciphertext switched =
              KeySwitchingKey.of(parameters, b, a)
                  .apply(evaluated(parameters.ring(), vector.get("c")));
          expect(vector.get("d0"), switched.c0());
          expect(vector.get("d1"), switched.c1());
        });
  }
}
