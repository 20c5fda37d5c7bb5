package org.secolab.repro;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The table of guards in SECURITY.md: each row names classes of the main sources, and tests or
 * attacks that are really there. An attack {@code some-name} is the class {@code SomeNameLab}.
 */
final class SecurityTableTest {
  private static final Path TOP = Path.of("..");
  private static final String HEADING = "## Guards, and the tests that fail without them";
  private static final Pattern NAME = Pattern.compile("`([^`]+)`");

  private static final Map<String, String> MAIN = new HashMap<>();
  private static final Map<String, String> TESTS = new HashMap<>();
  private static final List<String[]> ROWS = new ArrayList<>();

  @BeforeAll
  static void readSourcesAndTable() throws IOException {
    try (var files = Files.walk(TOP)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
        String name = file.getFileName().toString().replace(".java", "");
        if (file.toString().contains("/src/main/java/")) {
          MAIN.put(name, "");
        } else if (file.toString().contains("/src/test/java/")) {
          TESTS.put(name, Files.readString(file));
        }
      }
    }
    boolean inTable = false;
    for (String line : Files.readAllLines(TOP.resolve("SECURITY.md"))) {
      if (line.startsWith("## ")) {
        inTable = line.equals(HEADING);
      } else if (inTable && line.startsWith("| ") && !line.startsWith("| guard ")) {
        ROWS.add(line.split("\\|", -1));
      }
    }
  }

  private static List<String> names(String cell) {
    List<String> names = new ArrayList<>();
    Matcher matcher = NAME.matcher(cell);
    while (matcher.find()) {
      names.add(matcher.group(1));
    }
    return names;
  }

  @Test
  void everyRow_saysGuardWhereAndTest() {
    assertTrue(ROWS.size() >= 20, ROWS.size() + " rows");
    for (String[] row : ROWS) {
      assertTrue(row.length == 5 && !row[1].isBlank(), String.join("|", row));
    }
  }

  @Test
  void classesThatGuard_exist() {
    for (String[] row : ROWS) {
      assertFalse(names(row[2]).isEmpty(), row[1]);
      for (String name : names(row[2])) {
        assertTrue(MAIN.containsKey(name), row[1] + ": no class " + name);
      }
    }
  }

  @Test
  void testsAndAttacks_exist() {
    for (String[] row : ROWS) {
      assertFalse(names(row[3]).isEmpty(), row[1]);
      for (String name : names(row[3])) {
        if (name.matches("[a-z0-9-]+")) {
          assertTrue(MAIN.containsKey(lab(name)), row[1] + ": no attack " + name);
        } else {
          String source = TESTS.getOrDefault(name, "");
          assertTrue(
              source.contains("@Test") || source.contains("@Property"),
              row[1] + ": no tests in " + name);
        }
      }
    }
  }

  private static String lab(String attack) {
    StringBuilder name = new StringBuilder();
    for (String word : attack.split("-")) {
      name.append(Character.toUpperCase(word.charAt(0))).append(word.substring(1));
    }
    return name.append("Lab").toString();
  }
}
