package org.secolab.repro;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What the documents at the top level name is really there. */
final class ReadmeTest {
  private static final Path TOP = Path.of("..");

  private static Set<String> classes() {
    return new ClassFileImporter()
        .importPackages("org.secolab").stream()
            .map(c -> c.getSimpleName())
            .collect(Collectors.toSet());
  }

  @Test
  void classesOfTheWayDown_exist() throws IOException {
    Set<String> classes = classes();
    List<String> rows =
        Files.readAllLines(TOP.resolve("README.md")).stream()
            .filter(line -> line.matches("\\| \\d \\|.*"))
            .toList();
    assertEquals(9, rows.size());
    for (String row : rows) {
      Matcher names = Pattern.compile("`([A-Z]\\w+)`").matcher(row);
      int found = 0;
      while (names.find()) {
        assertTrue(classes.contains(names.group(1)), row + ": no class " + names.group(1));
        found++;
      }
      assertTrue(found > 0 || row.contains("128-bit"), row);
    }
  }

  @Test
  void testsThatSecurityNames_exist() throws IOException {
    Matcher names =
        Pattern.compile("`(\\w+(?:Test|Properties))`")
            .matcher(Files.readString(TOP.resolve("SECURITY.md")));
    Set<String> sources;
    try (var files = Files.walk(TOP)) {
      sources =
          files
              .filter(file -> file.toString().contains("src/test/java"))
              .map(file -> file.getFileName().toString())
              .collect(Collectors.toSet());
    }
    int found = 0;
    while (names.find()) {
      assertTrue(sources.contains(names.group(1) + ".java"), names.group(1));
      found++;
    }
    assertTrue(found > 0);
  }

  @Test
  void linksOfTheDocuments_lead() throws IOException {
    for (String document : List.of("README.md", "DESIGN.md", "SECURITY.md", "PAPERS.md")) {
      Matcher links =
          Pattern.compile("\\]\\(([^)#]+)\\)").matcher(Files.readString(TOP.resolve(document)));
      while (links.find()) {
        if (!links.group(1).contains("://")) {
          assertTrue(Files.exists(TOP.resolve(links.group(1))), document + ": " + links.group(1));
        }
      }
    }
  }
}
