package org.secolab.protocol.secopaper;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.secolab.lattice.bfv.BfvParameters;
import org.secolab.lattice.bfv.BfvParametersSpec;
import org.secolab.lattice.rlwe.Flooding;

/** How much the printed protocols flood. */
final class PaperParametersTest {
  private static int bits(BfvParametersSpec spec) {
    return new PaperParameters(BfvParameters.of(spec), 64)
        .encryptedWeights(List.of())
        .flooding()
        .statisticalSecurityBits();
  }

  @Test
  void secureParametersWithoutRoomForAFlood_areRefused_insecureOnesFloodWhatTheyCan() {
    assertEquals(64, bits(BfvParametersSpec.paper()));
    BfvParametersSpec narrow = BfvParametersSpec.paper().withoutLastPrime().withoutLastPrime();
    IllegalArgumentException refusal =
        assertThrows(IllegalArgumentException.class, () -> bits(narrow));
    assertTrue(
        refusal
            .getMessage()
            .startsWith("expected room for a flood of 40 bits of statistical security, but"),
        refusal.getMessage());
    int toy =
        bits(
            BfvParametersSpec.insecureToyWithSpecialPrime(
                64, 43, 2, BfvParametersSpec.PAPER_PLAINTEXT_MODULUS));
    assertTrue(toy >= 1 && toy < Flooding.LEAST_STATISTICAL_SECURITY_BITS, "" + toy);
  }
}
