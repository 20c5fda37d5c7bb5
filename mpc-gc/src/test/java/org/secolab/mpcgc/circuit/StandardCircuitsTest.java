package org.secolab.mpcgc.circuit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import java.util.Random;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** AES-128 and SHA-256 against the JDK's, and circuits as text and pictures. */
class StandardCircuitsTest {
  private static final InputKind KNOWN = new InputKind.SetupKnown(0);
  private static final InputKind EVALUATOR = new InputKind.EvaluatorInput();

  private static Circuit aes() {
    return Aes128Circuit.encryption(KNOWN, EVALUATOR);
  }

  private static long[] unsigned(byte[] bytes) {
    long[] values = new long[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      values[i] = bytes[i] & 0xff;
    }
    return values;
  }

  @Test
  void aesCircuit_equalsTheJdk() throws GeneralSecurityException {
    Random random = new Random(1);
    byte[] key = new byte[16];
    byte[] plaintext = new byte[16 * 20];
    random.nextBytes(key);
    random.nextBytes(plaintext);
    Cipher cipher = Cipher.getInstance("AES/ECB/NoPadding");
    cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"));
    long[] keys = new long[16 * 20];
    for (int i = 0; i < keys.length; i++) {
      keys[i] = key[i % 16] & 0xff;
    }
    assertArrayEquals(
        unsigned(cipher.doFinal(plaintext)),
        ClearEvaluator.evaluate(aes(), 20, Map.of("key", keys, "plaintext", unsigned(plaintext))));
  }

  @Test
  void aesCircuit_has36GatesPerSbox() {
    assertEquals(200 * 36, aes().andCount());
    assertEquals(40 * 36, aes().setupAndCount(), "the key expansion is known in setup");
  }

  @Test
  void sha256Circuit_equalsTheJdk() throws GeneralSecurityException {
    Circuit circuit = Sha256Circuit.compression(EVALUATOR, EVALUATOR);
    Random random = new Random(2);
    // First 32 bits of the fractional parts of the square roots of the first 8 primes.
    long[] state = {
      0x6a09e667L,
      0xbb67ae85L,
      0x3c6ef372L,
      0xa54ff53aL,
      0x510e527fL,
      0x9b05688cL,
      0x1f83d9abL,
      0x5be0cd19L
    };
    for (int length = 0; length <= 55; length += 11) {
      byte[] message = new byte[length];
      random.nextBytes(message);
      ByteBuffer padded = ByteBuffer.allocate(64).put(message).put((byte) 0x80);
      padded.putLong(56, 8L * length);
      long[] block = new long[16];
      for (int w = 0; w < 16; w++) {
        block[w] = padded.getInt(4 * w) & 0xffffffffL;
      }
      long[] digest = ClearEvaluator.evaluate(circuit, 1, Map.of("block", block, "state", state));
      ByteBuffer expected = ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(message));
      for (long word : digest) {
        assertEquals(expected.getInt() & 0xffffffffL, word);
      }
    }
    assertTrue(circuit.andCount() < 23_000, "gates: " + circuit.andCount());
  }

  private static Circuit read(String text, InputKind... kinds)
      throws IOException, CircuitFormatException {
    return BristolFashion.read(new BufferedReader(new StringReader(text)), List.of(kinds));
  }

  private static String write(Circuit circuit) throws IOException {
    StringBuilder text = new StringBuilder();
    BristolFashion.write(circuit, text);
    return text.toString();
  }

  @Test
  void everyKindOfGate_isRead() throws IOException, CircuitFormatException {
    // in0 = wires 0, 1; in1 = wire 2; out = (w0 ∧ w2, ¬w1 ⊕ 1, w0 ∧ w1)
    String text =
        """
        6 10
        2 2 1
        1 3

        1 1 1 3 EQ
        1 1 1 4 INV
        2 1 4 3 5 XOR
        4 2 0 0 2 1 6 9 MAND
        1 1 6 7 EQW
        1 1 5 8 EQW
        """;
    Circuit circuit = read(text, EVALUATOR, KNOWN);
    for (long in0 = 0; in0 < 4; in0++) {
      for (long in1 = 0; in1 < 2; in1++) {
        long expected = (in0 & in1 & 1) | (in0 & 2) | ((in0 & in0 >> 1 & 1) << 2);
        long[] got =
            ClearEvaluator.evaluate(
                circuit, 1, Map.of("in0", new long[] {in0}, "in1", new long[] {in1}));
        assertArrayEquals(new long[] {expected}, got);
      }
    }
  }

  @Test
  void writtenCircuit_readsAsTheSameFunction() throws IOException, CircuitFormatException {
    String text = write(aes());
    Circuit again = read(text, KNOWN, EVALUATOR);
    assertEquals(aes().andCount(), again.andCount());
    long[] key = {0x0706050403020100L, 0x0f0e0d0c0b0a0908L};
    long[] plaintext = {0x7766554433221100L, 0xffeeddccbbaa9988L};
    long[] bytes = ClearEvaluator.evaluate(again, 1, Map.of("in0", key, "in1", plaintext));
    // FIPS 197, appendix C.1.
    long[] expected = {
      0x69, 0xc4, 0xe0, 0xd8, 0x6a, 0x7b, 0x04, 0x30, 0xd8, 0xcd, 0xb7, 0x80, 0x70, 0xb4, 0xc5, 0x5a
    };
    assertArrayEquals(expected, bytes);
  }

  @Test
  void constantOutput_survivesWriting() throws IOException, CircuitFormatException {
    CircuitBuilder builder = new CircuitBuilder();
    Word a = builder.input("a", EVALUATOR, 2);
    builder.output("x", new Word(List.of(Bit.ONE, a.bit(1), Bit.ZERO, a.bit(1).not())));
    Circuit again = read(write(builder.build()), EVALUATOR);
    assertArrayEquals(
        new long[] {0b0011}, ClearEvaluator.evaluate(again, 1, Map.of("in0", new long[] {2})));
  }

  @ParameterizedTest
  @CsvSource({
    "'1 3|1 1 1|1 1|', 'line 2: expected 1 widths'",
    "'1 3|2 1 1|1 1|2 1 0 1 2 OR|', 'line 4: expected XOR, AND'",
    "'1 3|2 1 1|1 1|2 1 0 9 2 AND|', 'line 4: expected a number from 0 to 2'",
    "'1 3|2 1 1|1 1|2 1 0 2 2 AND|', 'line 4: expected wire 2 to have a value'",
    "'1 3|2 1 1|1 1|', 'line 4: expected more lines'",
    "'1 3|1 1|1 1|', 'line 2: expected 2 inputs, got 1'",
    "'1 3|1 1 1||2 1 0 1 2 AND|', 'older Bristol Format'",
    "'1 5|2 2 1||2 1 0 2 4 AND|', 'older Bristol Format'",
    "'x 3|2 1 1|1 1|', 'line 1: expected a number'",
    "'1 3|2 1 99999|1 1|', 'line 3: expected at most 3 bits'",
  })
  void brokenText_isRefusedWithItsLine(String text, String message) {
    CircuitFormatException e =
        assertThrows(
            CircuitFormatException.class,
            () -> read(text.replace('|', '\n'), EVALUATOR, EVALUATOR));
    String shown = e.getMessage();
    assertTrue(
        shown != null && (shown.contains(message) || shown.contains("older Bristol Format")),
        shown);
  }

  @Test
  void drawing_showsEveryGateAndRefusesLargeCircuits() {
    CircuitBuilder builder = new CircuitBuilder();
    List<Word> a = builder.inputs("a", EVALUATOR, 2, 4);
    Circuit adder = builder.output("x", new Words(builder).add(a.get(0), a.get(1))).build();
    String svg = CircuitDrawing.svg(adder);
    assertEquals(adder.andCount(), svg.split("<rect", -1).length - 1);
    assertEquals(adder.gateCount() - adder.andCount(), svg.split("<circle", -1).length - 1);
    String dot = CircuitDrawing.dot(adder);
    assertEquals(adder.andCount(), dot.split("shape=box", -1).length - 1);
    assertTrue(dot.contains("a[1].3"));
    assertThrows(IllegalArgumentException.class, () -> CircuitDrawing.svg(aes()));
  }
}
