package org.secolab.lattice.rlwe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.secolab.lattice.bfv.BfvParameters;
import org.secolab.lattice.bfv.BfvParametersSpec;

class SecurityTableTest {
  /** Two independent sources: a slip of the pen in either would show. */
  @Test
  void twoSources_agreeWithinFourPercent_andTheYoungerIsStricter() {
    for (int log = 10; log <= 15; log++) {
      double standard = SecurityTable.maxLog2q(1 << log);
      double guidelines = SecurityTable.guidelinesMaxLog2q(1 << log);
      assertTrue(guidelines <= standard, "degree 2^" + log);
      assertTrue(guidelines >= 0.96 * standard, "degree 2^" + log);
      if (log > 10) {
        // log2 q grows in proportion to the degree, a little faster than it.
        double step = standard / SecurityTable.maxLog2q(1 << (log - 1));
        assertEquals(2.01, step, 0.02, "degree 2^" + log);
        double other = guidelines / SecurityTable.guidelinesMaxLog2q(1 << (log - 1));
        assertEquals(2.02, other, 0.025, "degree 2^" + log);
      }
    }
    assertThrows(IllegalArgumentException.class, () -> SecurityTable.maxLog2q(512));
    assertThrows(IllegalArgumentException.class, () -> SecurityTable.guidelinesMaxLog2q(3000));
  }

  @Test
  void setsThatServersUse_satisfyBoth_andTheOthersSayThatTheyDoNot() {
    assertTrue(security(BfvParametersSpec.standard(28)).contains("and by the 2024"));
    assertTrue(security(BfvParametersSpec.wide(48)).contains("and by the 2024"));
    assertTrue(security(BfvParametersSpec.small(28)).contains("slightly less by the 2024"));
    assertTrue(security(BfvParametersSpec.paper()).contains("slightly less by the 2024"));
    assertTrue(security(BfvParametersSpec.insecureToy(64, 50, 2, 16)).startsWith("INSECURE"));
  }

  private static String security(BfvParametersSpec spec) {
    return BfvParameters.of(spec).rlwe().security();
  }
}
