package org.secolab.lattice.mhe;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.secolab.foundation.random.RandomSource;
import org.secolab.foundation.random.SeededRandom;
import org.secolab.foundation.wire.MalformedMessageException;
import org.secolab.foundation.wire.Message;
import org.secolab.foundation.wire.MessageType;
import org.secolab.foundation.wire.WireReader;
import org.secolab.foundation.wire.WireWriter;
import org.secolab.lattice.bfv.BfvEncryptor;
import org.secolab.lattice.bfv.BfvMultiplier;
import org.secolab.lattice.bfv.BfvParameters;
import org.secolab.lattice.bfv.BfvParametersSpec;
import org.secolab.lattice.bfv.QuadraticCiphertext;
import org.secolab.lattice.bfv.RoundedPolynomial;
import org.secolab.lattice.bfv.SeededCiphertext;
import org.secolab.lattice.ring.Domain;
import org.secolab.lattice.ring.RnsPolynomial;
import org.secolab.lattice.rlwe.Ciphertext;
import org.secolab.lattice.rlwe.GaloisKey;
import org.secolab.lattice.rlwe.KeySwitchingKey;
import org.secolab.lattice.rlwe.PublicKey;
import org.secolab.lattice.rlwe.RelinearizationKey;
import org.secolab.lattice.rlwe.SecretKey;
import org.secolab.lattice.rlwe.ThresholdKeyShare;

/** Everything that is stored or sent: what is read is what was written, and nothing else is. */
class WireFormsTest {
  /** Reads with given parameters, and returns what writes the same again. */
  private interface Reading {
    Consumer<WireWriter> read(WireReader in, BfvParameters parameters)
        throws MalformedMessageException;
  }

  /**
   * One type.
   *
   * @param header how many bytes at the beginning have no choice
   * @param residues whether what follows is residues, of which the largest packed ones are too
   *     large
   */
  private record Form(
      String name, Consumer<WireWriter> writer, Reading reading, int header, boolean residues) {
    @Override
    public String toString() {
      return name;
    }

    byte[] bytes() {
      WireWriter out = new WireWriter(16);
      writer.accept(out);
      return out.toByteArray();
    }
  }

  private static final BfvParameters PARAMETERS =
      BfvParameters.of(BfvParametersSpec.insecureToyWithSpecialPrime(64, 50, 3, 257));

  private static RandomSource random() {
    return SeededRandom.ofInsecureNumber(71);
  }

  private static SecretKey secretKey() {
    return SecretKey.generate(PARAMETERS.rlwe(), random());
  }

  private static <M extends Message> Reading message(Function<BfvParameters, MessageType<M>> type) {
    return (in, parameters) -> type.apply(parameters).read(in)::writeTo;
  }

  static List<Form> forms() {
    RandomSource random = random();
    SecretKey secretKey = SecretKey.generate(PARAMETERS.rlwe(), random);
    PublicKey seeded = PublicKey.generate(PARAMETERS.rlwe(), secretKey, random);
    PublicKey explicit = new PublicKey(seeded.p0(), seeded.p1());
    Ciphertext ciphertext = new BfvEncryptor(PARAMETERS, seeded).encrypt(new long[64], random);
    RnsPolynomial coefficients = ciphertext.c0().copy().transformTo(Domain.COEFFICIENT);
    QuadraticCiphertext product = new BfvMultiplier(PARAMETERS).multiply(ciphertext, ciphertext);
    SeededCiphertext owned = SeededCiphertext.encrypt(PARAMETERS, secretKey, new long[64], random);
    GaloisKey galois = GaloisKey.generate(PARAMETERS.rlwe(), 5, secretKey, random);
    KeySwitchingKey explicitKey = galois.key().restrictedTo(PARAMETERS.rlwe());
    RelinearizationKey relinearization =
        RelinearizationKey.generate(PARAMETERS.rlwe(), secretKey, random);
    BitSet some = BitSet.valueOf(new long[] {0x8000_0000_0000_00a5L});
    RoundedPolynomial rounded = RoundedPolynomial.of(PARAMETERS, coefficients, some);
    ThresholdKeyShare threshold =
        new ThresholdKeyShare(PARAMETERS.rlwe(), 2, 3, secretKey.evaluatedInKeyRing().copy());
    return List.of(
        new Form(
            "RnsPolynomial",
            coefficients::writeTo,
            (in, p) -> RnsPolynomial.read(in, p.ring(), Domain.COEFFICIENT)::writeTo,
            6,
            true),
        new Form(
            "Ciphertext",
            ciphertext::writeTo,
            (in, p) -> Ciphertext.read(in, p.rlwe())::writeTo,
            6,
            true),
        new Form(
            "QuadraticCiphertext",
            product::writeTo,
            (in, p) -> QuadraticCiphertext.read(in, p.rlwe())::writeTo,
            6,
            true),
        new Form(
            "SeededCiphertext",
            owned::writeTo,
            (in, p) -> SeededCiphertext.read(in, p.rlwe())::writeTo,
            0,
            true),
        new Form(
            "RoundedPolynomial",
            rounded::writeTo,
            (in, p) -> RoundedPolynomial.read(in, p, some)::writeTo,
            10,
            false),
        new Form(
            "SecretKey",
            secretKey::writeTo,
            (in, p) -> SecretKey.read(in, p.rlwe())::writeTo,
            7,
            true),
        new Form(
            "ThresholdKeyShare",
            threshold::writeTo,
            (in, p) -> ThresholdKeyShare.read(in, p.rlwe())::writeTo,
            1,
            true),
        new Form(
            "PublicKey, seeded",
            seeded::writeTo,
            (in, p) -> PublicKey.read(in, p.rlwe())::writeTo,
            7,
            true),
        new Form(
            "PublicKey",
            explicit::writeTo,
            (in, p) -> PublicKey.read(in, p.rlwe())::writeTo,
            7,
            true),
        new Form(
            "KeySwitchingKey",
            explicitKey::writeTo,
            (in, p) -> KeySwitchingKey.read(in, p.rlwe())::writeTo,
            7,
            true),
        new Form(
            "GaloisKey",
            galois::writeTo,
            (in, p) -> GaloisKey.read(in, p.rlwe())::writeTo,
            11,
            true),
        new Form(
            "RelinearizationKey",
            relinearization::writeTo,
            (in, p) -> RelinearizationKey.read(in, p.rlwe())::writeTo,
            7,
            true),
        new Form(
            "PublicKeyShare",
            new PublicKeyShare(seeded.p0())::writeTo,
            message(p -> PublicKeyShare.type(p.rlwe())),
            6,
            true),
        new Form(
            "PolynomialBatch",
            new PolynomialBatch(List.of(seeded.p0(), seeded.p1()))::writeTo,
            message(p -> PolynomialBatch.type(1, "batch", "Test", p.rlwe(), 2)),
            6,
            true),
        new Form(
            "CiphertextBatch",
            new CiphertextBatch(List.of(ciphertext, ciphertext))::writeTo,
            message(p -> CiphertextBatch.type(1, "batch", "Test", p.rlwe(), 2)),
            6,
            true),
        new Form(
            "RoundedBatch",
            new RoundedBatch(List.of(rounded, rounded))::writeTo,
            message(p -> RoundedBatch.type(1, "batch", "Test", p, List.of(some, some))),
            10,
            false));
  }

  private static void expectRefused(Form form, byte[] bytes, BfvParameters parameters) {
    assertThrows(
        MalformedMessageException.class,
        () -> {
          WireReader in = new WireReader(bytes);
          Consumer<WireWriter> unused = form.reading().read(in, parameters);
          in.end();
        });
  }

  @ParameterizedTest
  @MethodSource("forms")
  void whatIsRead_isWhatWasWritten(Form form) throws MalformedMessageException {
    byte[] bytes = form.bytes();
    WireReader in = new WireReader(bytes);
    Consumer<WireWriter> read = form.reading().read(in, PARAMETERS);
    in.end();
    WireWriter again = new WireWriter(16);
    read.accept(again);
    assertArrayEquals(bytes, again.toByteArray());
  }

  @ParameterizedTest
  @MethodSource("forms")
  void truncatedAndOversizedBytes_areRefused(Form form) {
    byte[] bytes = form.bytes();
    for (int length = 0; length < bytes.length; length += length < 80 ? 1 : 97) {
      expectRefused(form, Arrays.copyOf(bytes, length), PARAMETERS);
    }
    expectRefused(form, Arrays.copyOf(bytes, bytes.length - 1), PARAMETERS);
    expectRefused(form, Arrays.copyOf(bytes, bytes.length + 1), PARAMETERS);
    expectRefused(form, Arrays.copyOf(bytes, 2 * bytes.length), PARAMETERS);
  }

  @ParameterizedTest
  @MethodSource("forms")
  void foreignBytes_areRefused(Form form) {
    byte[] bytes = form.bytes();
    // Of a ring with other primes of the same lengths; and of one level less.
    BfvParametersSpec spec = PARAMETERS.spec();
    List<Long> turned = List.of(spec.primes().get(1), spec.primes().get(0), spec.primes().get(2));
    expectRefused(
        form,
        bytes,
        BfvParameters.of(
            new BfvParametersSpec(spec.name(), 64, turned, spec.specialPrimes(), 257)));
    expectRefused(form, bytes, BfvParameters.of(spec.withoutLastPrime()));
    for (int at = 0; at < form.header(); at++) {
      byte[] changed = bytes.clone();
      changed[at] ^= (byte) 0x80;
      expectRefused(form, changed, PARAMETERS);
    }
    if (form.residues()) {
      Arrays.fill(bytes, bytes.length / 4, bytes.length - 32, (byte) 0xff);
      expectRefused(form, bytes, PARAMETERS);
    }
  }

  @Test
  void storedSecretKeys_rememberTheirShares() throws MalformedMessageException {
    SecretKey key = secretKey();
    RnsPolynomial c1 = PublicKey.generate(PARAMETERS.rlwe(), key, random()).p1();
    key.claimShare(c1);
    WireWriter out = new WireWriter(16);
    key.writeTo(out);
    SecretKey read = SecretKey.read(new WireReader(out.toByteArray()), PARAMETERS.rlwe());
    assertArrayEquals(key.evaluated().row(0), read.evaluated().row(0));
    assertThrows(IllegalArgumentException.class, () -> read.claimShare(c1));

    ThresholdKeyShare share =
        new ThresholdKeyShare(PARAMETERS.rlwe(), 2, 3, key.evaluatedInKeyRing().copy());
    share.additiveShare(Set.of(1, 3)).claimShare(c1);
    out = new WireWriter(16);
    share.writeTo(out);
    ThresholdKeyShare stored =
        ThresholdKeyShare.read(new WireReader(out.toByteArray()), PARAMETERS.rlwe());
    assertEquals(3, stored.point());
    SecretKey other = stored.additiveShare(Set.of(2, 3));
    assertThrows(IllegalArgumentException.class, () -> other.claimShare(c1));
    assertThrows(IllegalArgumentException.class, () -> stored.additiveShare(Set.of(3)));
  }

  @Test
  void storedThresholdShares_withImpossiblePoints_areRefused() {
    ThresholdKeyShare share =
        new ThresholdKeyShare(PARAMETERS.rlwe(), 2, 3, secretKey().evaluatedInKeyRing());
    WireWriter out = new WireWriter(16);
    share.writeTo(out);
    for (int at : new int[] {1, 5}) { // threshold and point
      byte[] zero = out.toByteArray();
      zero[at] = 0;
      assertThrows(
          MalformedMessageException.class,
          () -> ThresholdKeyShare.read(new WireReader(zero), PARAMETERS.rlwe()));
    }
  }
}
