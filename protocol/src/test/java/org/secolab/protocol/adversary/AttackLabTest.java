package org.secolab.protocol.adversary;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.secolab.foundation.random.SeededRandom;

/** Every attack in both directions. */
final class AttackLabTest {
  /** What share of the secrets an attack must get where the guard is missing: all of them, but: */
  private static final Map<String, List<Double>> PARTLY =
      Map.of("local-truncation", List.of(0.24, 0.26));

  @TestFactory
  Stream<DynamicTest> guardMissing_attackGetsWhatItIsAfter() {
    return AttackLab.all().stream()
        .map(
            lab ->
                DynamicTest.dynamicTest(
                    lab.name(),
                    () -> {
                      Finding finding = lab.onWeakened(SeededRandom.ofInsecureNumber(1));
                      List<Double> range = PARTLY.getOrDefault(lab.name(), List.of(1.0, 1.0));
                      double share = (double) finding.right() / finding.of();
                      assertTrue(
                          share >= range.getFirst() && share <= range.getLast(), finding::summary);
                      assertTrue(finding.succeeded(), finding::summary);
                    }));
  }

  @TestFactory
  Stream<DynamicTest> defaultProtocol_attackDoesNoBetterThanGuessing() {
    return AttackLab.all().stream()
        .map(
            lab ->
                DynamicTest.dynamicTest(
                    lab.name(),
                    () -> {
                      Finding finding = lab.onStandard(SeededRandom.ofInsecureNumber(2));
                      assertFalse(finding.succeeded(), finding::summary);
                    }));
  }

  @Test
  void names_areDistinct_andEverythingIsSaid() {
    List<AttackLab> labs = AttackLab.all();
    assertEquals(labs.size(), new TreeSet<>(labs.stream().map(AttackLab::name).toList()).size());
    for (AttackLab lab : labs) {
      for (String text :
          List.of(lab.title(), lab.attackers(), lab.weakened(), lab.standard(), lab.gist())) {
        assertFalse(text.isBlank(), lab.name());
      }
      assertEquals(lab.getClass(), AttackLab.named(lab.name()).getClass());
    }
  }

  @Test
  void success_meansMoreThanGuessing() {
    assertFalse(new Finding("coins", 60, 100, 0.5).succeeded());
    assertTrue(new Finding("coins", 90, 100, 0.5).succeeded());
    assertFalse(new Finding("keys", 2, 100, 0).succeeded());
    assertTrue(new Finding("keys", 3, 100, 0).succeeded());
  }
}
