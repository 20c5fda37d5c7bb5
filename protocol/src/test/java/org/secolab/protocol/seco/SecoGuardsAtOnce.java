package org.secolab.protocol.seco;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Method;
import org.junit.jupiter.api.Test;

/**
 * {@link SecoGuardsTest} as one test, with one run of all parties: for the profile {@code
 * mutation-protocol}, which would make a run for each of its checks. Its name keeps it out of other
 * builds, which have those checks already.
 */
final class SecoGuardsAtOnce {
  @Test
  void allChecks_passOnOneRun() throws Exception {
    SecoGuardsTest.runOnce();
    int checks = 0;
    for (Method method : SecoGuardsTest.class.getDeclaredMethods()) {
      if (method.isAnnotationPresent(Test.class)) {
        method.setAccessible(true);
        method.invoke(new SecoGuardsTest());
        checks++;
      }
    }
    assertTrue(checks >= 8, "found " + checks);
  }
}
