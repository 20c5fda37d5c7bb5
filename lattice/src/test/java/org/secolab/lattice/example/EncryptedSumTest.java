package org.secolab.lattice.example;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.secolab.foundation.party.ProtocolAbortException;
import org.secolab.foundation.random.SeededRandom;
import org.secolab.lattice.sample.UniformSampler;

/** The example of the README runs, and is the one that stands there. */
class EncryptedSumTest {
  @Test
  void oneParty_learnsTheSum() throws ProtocolAbortException {
    List<long[]> vectors = new ArrayList<>();
    long[] expected = new long[8192];
    for (int party = 0; party < 3; party++) {
      long[] vector = new long[8192];
      UniformSampler.fill(vector, 1L << 32, SeededRandom.ofInsecureNumber(party));
      for (int i = 0; i < vector.length; i++) {
        expected[i] = (expected[i] + vector[i]) & 0xffffffffL;
      }
      vectors.add(vector);
    }
    List<List<long[]>> results = EncryptedSum.runAll(vectors);
    assertArrayEquals(expected, results.get(0).getFirst());
    assertEquals(List.of(), results.get(1));
    assertEquals(List.of(), results.get(2));
  }

  private static String between(Path file, String from, String to) throws IOException {
    String text = Files.readString(file);
    return text.substring(text.indexOf(from) + from.length(), text.indexOf(to)).strip();
  }

  private static String squeezed(String text) {
    return text.replaceAll("\\s+", " ");
  }

  @Test
  void readme_showsTheCodeThatRuns() throws IOException {
    String code =
        between(
            Path.of("src/test/java/org/secolab/lattice/example/EncryptedSum.java"),
            "// [readme]",
            "// [/readme]");
    String readme = Files.readString(Path.of("README.md"));
    assertTrue(squeezed(readme).contains(squeezed(code)), "README.md shows other code");
    long lines = code.lines().filter(line -> !line.strip().startsWith("/**")).count();
    assertTrue(lines <= 20, "expected at most 20 lines, got " + lines);
  }

  @Test
  void readme_namesTypesThatExist() throws IOException {
    String readme = Files.readString(Path.of("README.md"));
    Matcher names = Pattern.compile("`((?:[a-z]+\\.)+[A-Z][A-Za-z]+)`").matcher(readme);
    int found = 0;
    while (names.find()) {
      Path file =
          Path.of("src/main/java/org/secolab/lattice", names.group(1).replace('.', '/') + ".java");
      assertTrue(Files.exists(file), "README.md names " + names.group(1));
      found++;
    }
    assertTrue(found >= 25, "expected the table of types, got " + found + " names");
  }
}
