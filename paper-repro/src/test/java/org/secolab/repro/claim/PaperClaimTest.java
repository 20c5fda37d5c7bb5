package org.secolab.repro.claim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

final class PaperClaimTest {
  private static PaperClaim claim(PaperClaim.Demand demand) {
    return new PaperClaim("id", "where", "what", 10, "×", 0.2, demand);
  }

  @Test
  void demands_areMetUpToTheToleranceAndNoFurther() {
    PaperClaim saving = claim(PaperClaim.Demand.AT_LEAST);
    assertTrue(saving.isMetBy(8.0));
    assertTrue(saving.isMetBy(1000));
    assertFalse(saving.isMetBy(7.99));
    PaperClaim cost = claim(PaperClaim.Demand.AT_MOST);
    assertTrue(cost.isMetBy(12.0));
    assertTrue(cost.isMetBy(0));
    assertFalse(cost.isMetBy(12.01));
    PaperClaim about = claim(PaperClaim.Demand.ABOUT);
    assertTrue(about.isMetBy(8.0) && about.isMetBy(12.0));
    assertFalse(about.isMetBy(7.99) || about.isMetBy(12.01));
  }

  @Test
  void noFigure_meetsNothing() {
    for (PaperClaim.Demand demand : PaperClaim.Demand.values()) {
      assertEquals(
          Verdict.Outcome.NOT_MET, claim(demand).judge(Double.NaN, "basis", "why").outcome());
    }
  }

  @Test
  void claims_haveDistinctNamesAndTheHeadlinesValues() {
    assertEquals(
        PaperClaims.ALL.size(), PaperClaims.ALL.stream().map(PaperClaim::id).distinct().count());
    assertTrue(
        PaperClaims.ALL.stream()
            .map(PaperClaim::value)
            .toList()
            .containsAll(java.util.List.of(9.9, 2.6, 11.0, 18.5, 16.6, 2.0)));
  }

  @Test
  void printedRatiosOfTable2_areInTheClaims() {
    for (PaperClaim claim :
        java.util.List.of(PaperClaims.SERVER_BYTES_MINIONN, PaperClaims.SERVER_BYTES_LENET)) {
      String model = claim.id().replace("server-bytes-", "mnist-");
      assertEquals(megabytes(model, "SECO") / megabytes(model, "Falcon"), claim.value(), 0.05);
    }
  }

  private static double megabytes(String model, String system) {
    return PaperFigures.TABLE_2.stream()
        .filter(row -> row.model().equals(model) && row.system().equals(system))
        .findFirst()
        .orElseThrow()
        .megabytes();
  }

  @Test
  void impossibleClaims_areRefused() {
    assertThrows(
        IllegalArgumentException.class,
        () -> new PaperClaim("id", "where", "what", 0, "×", 0.2, PaperClaim.Demand.ABOUT));
    assertThrows(
        IllegalArgumentException.class,
        () -> new PaperClaim("id", "where", "what", 1, "×", 1, PaperClaim.Demand.ABOUT));
  }
}
