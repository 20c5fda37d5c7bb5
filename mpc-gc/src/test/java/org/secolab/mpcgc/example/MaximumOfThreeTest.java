package org.secolab.mpcgc.example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.secolab.foundation.party.ProtocolAbortException;

class MaximumOfThreeTest {
  @Test
  void largestNumber_isFoundWhoeverHasIt() throws ProtocolAbortException {
    assertEquals(41, MaximumOfThree.maximum(new long[] {41, 7, 12}));
    assertEquals(41, MaximumOfThree.maximum(new long[] {7, 41, 12}));
    assertEquals(41, MaximumOfThree.maximum(new long[] {12, 7, 41}));
  }

  @Test
  void readme_showsTheExampleThatRuns() throws IOException {
    String source =
        Files.readString(Path.of("src/test/java/org/secolab/mpcgc/example/MaximumOfThree.java"));
    int from = source.indexOf("  // example\n") + "  // example\n".length();
    String example = source.substring(from, source.indexOf("  // end of example")).stripIndent();
    String shown = Files.readString(Path.of("README.md")).replaceAll("[ \n]+", " ");
    assertTrue(shown.contains(example.replaceAll("[ \n]+", " ").strip()));
  }
}
