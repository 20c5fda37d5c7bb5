package org.secolab.repro.experiment;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Where a figure comes from.
 *
 * @param machine processor and how many
 * @param jdk vendor and version
 * @param commit of the source tree that the program was built in, where there is one
 * @param date when, in UTC
 */
public record Provenance(String machine, String jdk, String commit, String date) {

  /** Here and now. */
  public static Provenance here() {
    return new Provenance(
        processor(),
        System.getProperty("java.vendor.version", "") + " " + Runtime.version(),
        sourceCommit(),
        Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
  }

  private static String processor() {
    String model = System.getProperty("os.arch");
    Path cpuinfo = Path.of("/proc/cpuinfo");
    if (Files.isReadable(cpuinfo)) {
      try (Stream<String> lines = Files.lines(cpuinfo)) {
        model =
            lines
                .filter(line -> line.startsWith("model name"))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse(model);
      } catch (IOException e) {
        // The architecture will do.
      }
    }
    return model + ", " + Runtime.getRuntime().availableProcessors() + " processors";
  }

  private static String sourceCommit() {
    try {
      Path code =
          Path.of(Provenance.class.getProtectionDomain().getCodeSource().getLocation().getPath());
      String home = Objects.requireNonNull(code.getParent(), "a jar stands in a folder").toString();
      Process process =
          new ProcessBuilder("git", "-C", home, "rev-parse", "--short", "HEAD")
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      String text =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      return process.waitFor() == 0 && !text.isEmpty() ? text : "unknown";
    } catch (IOException e) {
      return "unknown";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "unknown";
    }
  }
}
