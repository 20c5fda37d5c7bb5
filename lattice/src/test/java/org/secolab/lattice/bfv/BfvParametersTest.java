package org.secolab.lattice.bfv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.secolab.lattice.arith.PlaintextModulus;
import org.secolab.lattice.arith.Primes;
import org.secolab.lattice.rlwe.Flooding;

class BfvParametersTest {
  private static String refusal(org.junit.jupiter.api.function.Executable executable) {
    return assertThrows(IllegalArgumentException.class, executable).getMessage();
  }

  /** Bits of q that a collective circuit needs at stat = 64, as the design's table counts them. */
  private static double bitsNeeded(int ringBits, int keyHolders, long nonZeros) {
    LinearCircuit circuit = LinearCircuit.collective(keyHolders, keyHolders - 1, nonZeros);
    PlaintextModulus t = PlaintextModulus.powerOfTwo(ringBits);
    double bound = NoiseModel.boundLog2(8192, t, circuit);
    return NoiseModel.floodedLog2(bound, circuit, 64) + ringBits + 1;
  }

  @Test
  void noiseBound_agreesWithTheTableOfTheDesign() {
    // Computed there with σ = 3.2; ours is 3.24, which is 0.02 bits more.
    assertEquals(139.3, bitsNeeded(28, 3, 1024), 0.1);
    assertEquals(142.3, bitsNeeded(28, 3, 65536), 0.1);
    assertEquals(142.9, bitsNeeded(28, 7, 1024), 0.1);
    assertEquals(147.3, bitsNeeded(32, 3, 1024), 0.1);
    assertEquals(150.3, bitsNeeded(32, 3, 65536), 0.1);
    assertEquals(148.6, bitsNeeded(32, 4, 1024), 0.1);
  }

  @Test
  void presets_areWithinTheSecurityTable_andAsLargeAsStated() {
    assertEquals(149.99, BfvParameters.of(BfvParametersSpec.standard(28)).ring().log2q(), 0.02);
    assertEquals(199.99, BfvParameters.of(BfvParametersSpec.wide(48)).ring().log2q(), 0.02);
    assertEquals(108.99, BfvParameters.of(BfvParametersSpec.small(32)).ring().log2q(), 0.02);
  }

  @Test
  void choice_isDefaultWhereItFits_andWideElsewhere() {
    assertEquals("default", collective(28, 7, 65536).parameters().name());
    assertEquals("default", collective(32, 3, 8192).parameters().name());
    assertEquals("wide", collective(32, 7, 8192).parameters().name());
    assertEquals("wide", collective(48, 7, 8192).parameters().name());
    List<String> explanation = collective(48, 7, 8192).explanation();
    assertTrue(explanation.get(0).startsWith("default:"), explanation.get(0));
    assertTrue(explanation.get(1).startsWith("wide:"), explanation.get(1));
    String last = explanation.getLast();
    assertTrue(last.startsWith("12 floods") && last.endsWith("bits to spare"), last);
    assertEquals(64, collective(28, 3, 1024).flooding().statisticalSecurityBits());
  }

  private static ParameterChoice collective(int ringBits, int keyHolders, long nonZeros) {
    return ParameterChoice.collective(
        ringBits, LinearCircuit.collective(keyHolders, keyHolders - 1, nonZeros), 64);
  }

  @Test
  void smallParameters_giveTheLargestStatisticalSecurityThatFits() {
    ParameterChoice at28 = ParameterChoice.singleKey(28, LinearCircuit.singleKey(4096, 12), 64);
    assertEquals("small", at28.parameters().name());
    assertEquals(52, at28.flooding().statisticalSecurityBits());
    ParameterChoice at32 = ParameterChoice.singleKey(32, LinearCircuit.singleKey(4096, 12), 64);
    assertEquals(48, at32.flooding().statisticalSecurityBits());
    // Too many bits of weight: another set must do.
    assertEquals(
        "default",
        ParameterChoice.singleKey(48, LinearCircuit.singleKey(4096, 12), 64).parameters().name());
  }

  @Test
  void largestStatisticalSecurity_isTheLargestThatIsNotRefused() {
    BfvParameters parameters = BfvParameters.of(BfvParametersSpec.standard(32));
    LinearCircuit circuit = LinearCircuit.collective(5, 4, 5000);
    int largest = parameters.largestStatisticalSecurity(circuit);
    assertEquals(largest, parameters.flooding(circuit, largest).statisticalSecurityBits());
    String message = refusal(() -> parameters.flooding(circuit, largest + 1));
    assertTrue(message.contains("default") && message.contains("8 floods"), message);
  }

  @Test
  void modulusBeyondTheSecurityTable_isRefusedWithFigures() {
    List<Long> five = Primes.largestNttPrimes(8192, 50, 5);
    String message =
        refusal(
            () -> BfvParameters.of(new BfvParametersSpec("mine", 8192, five, List.of(), 1L << 20)));
    assertTrue(message.contains("at most 218") && message.contains("250"), message);
    // Special primes count as well.
    refusal(
        () ->
            BfvParameters.of(
                new BfvParametersSpec(
                    "mine", 8192, five.subList(0, 4), five.subList(4, 5), 1L << 20)));
    refusal(
        () ->
            BfvParameters.of(
                new BfvParametersSpec(
                    "mine", 256, Primes.largestNttPrimes(256, 20, 1), List.of(), 4)));
  }

  @Test
  void badPrimesAndModuli_areRefused() {
    List<Long> good = Primes.largestNttPrimes(4096, 50, 2);
    refusal(() -> BfvParameters.of(new BfvParametersSpec("x", 4096, List.of(), List.of(), 16)));
    refusal(
        () ->
            BfvParameters.of(
                new BfvParametersSpec("x", 4096, List.of(good.get(0) + 2), List.of(), 16)));
    refusal(
        () ->
            BfvParameters.of(
                new BfvParametersSpec(
                    "x", 4096, List.of(good.get(0), good.get(0)), List.of(), 16)));
    refusal(() -> BfvParameters.of(new BfvParametersSpec("x", 4096, good, List.of(), 12)));
    refusal(() -> BfvParameters.of(new BfvParametersSpec("x", 4096, good, List.of(), 1L << 49)));
    // q too small for t.
    refusal(
        () ->
            BfvParameters.of(
                new BfvParametersSpec("x", 4096, good.subList(0, 1), List.of(), 1L << 46)));
  }

  @Test
  void tooLittleStatisticalSecurity_isRefused_exceptForToys() {
    LinearCircuit circuit = LinearCircuit.collective(3, 2, 100);
    refusal(() -> BfvParameters.of(BfvParametersSpec.standard(28)).flooding(circuit, 39));
    BfvParameters toy = BfvParameters.of(BfvParametersSpec.insecureToy(32, 50, 3, 1 << 10));
    assertEquals(10, toy.flooding(circuit, 10).statisticalSecurityBits());
  }

  @Test
  void floodingOfAnyComputation_isMeasuredAgainstItsNoise_orRefusedWithFigures() {
    BfvParameters paper = BfvParameters.of(BfvParametersSpec.paper());
    NoiseEstimate fresh = NoiseEstimate.fresh(paper, 3);
    NoiseEstimate product = fresh.times(fresh, paper).relinearised(paper);
    assertEquals(new Flooding(64, fresh.boundLog2()), paper.flooding(fresh, 3, 64));
    assertEquals(new Flooding(64, product.boundLog2()), paper.flooding(product, 2, 64));
    String message = refusal(() -> paper.flooding(product, 2, 70));
    assertTrue(message.contains("paper") && message.contains("2 floods"), message);
    refusal(() -> paper.flooding(fresh, 2, 39));
  }

  @Test
  void floodingBound_isTwoToTheStatTimesTheNoise() {
    assertEquals(BigInteger.ONE.shiftLeft(104), new Flooding(64, 40).bound());
    double bound = new Flooding(64, 40.5).bound().doubleValue();
    assertEquals(1, bound / Math.pow(2, 104.5), 1e-12);
    assertEquals(BigInteger.valueOf(6), new Flooding(1, 1.5).bound(), "2·2^1.5 = 5.66, rounded up");
    assertEquals(-54, new Flooding(64, 40).statisticalDistanceLog2(1024), 1e-9);
    refusal(() -> new Flooding(0, 40));
    refusal(() -> new Flooding(64, Double.NaN));
  }
}
