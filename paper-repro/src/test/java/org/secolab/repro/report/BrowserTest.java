package org.secolab.repro.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.secolab.repro.experiment.Experiment;
import org.secolab.repro.experiment.ReproPage;
import org.secolab.repro.experiment.Runs;
import org.secolab.repro.experiment.Scale;

/**
 * The page in a real browser. Skipped, visibly, where there is none; {@code .ci/browser} installs
 * one and sets {@code SECO_BROWSER=required}, under which its absence fails.
 */
final class BrowserTest {
  private static final Path CHROMIUM = Path.of("/usr/bin/chromium");

  @TempDir private Path folder;

  private record Loaded(String dom, String log) {}

  private Loaded load(String html) throws Exception {
    boolean isThere = Files.isExecutable(CHROMIUM);
    if (!isThere && !"required".equals(System.getenv("SECO_BROWSER"))) {
      Assumptions.abort("no Chromium at " + CHROMIUM + ": the page was not looked at");
    }
    assertTrue(isThere, "expected Chromium at " + CHROMIUM + ", got none");
    Path page = folder.resolve("index.html");
    Files.writeString(page, html);
    List<String> command =
        new ArrayList<>(
            List.of(
                CHROMIUM.toString(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--hide-scrollbars",
                "--enable-logging=stderr",
                "--log-level=0",
                "--user-data-dir=" + folder.resolve("profile"),
                "--window-size=1100,2400",
                "--dump-dom"));
    command.add(page.toUri().toString());
    Path dom = folder.resolve("dom.txt");
    Path log = folder.resolve("log.txt");
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(dom.toFile())
            .redirectError(log.toFile())
            .start();
    try {
      assertTrue(process.waitFor(60, TimeUnit.SECONDS), "the browser did not end");
    } finally {
      process.destroyForcibly();
    }
    return new Loaded(
        Files.readString(dom), new String(Files.readAllBytes(log), StandardCharsets.UTF_8));
  }

  @Test
  void page_loadsWithoutAConsoleMessage_andEveryChartIsDrawn() throws Exception {
    List<Experiment> experiments =
        Experiment.all().stream()
            .filter(e -> List.of("table5", "table6", "fig5").contains(e.name()))
            .toList();
    String html = ReproPage.of(experiments, Scale.SMALL, new Runs(List.of())).files("i").get("i");
    int charts = html.split("<figure", -1).length - 1;
    assertTrue(charts > 0);
    Loaded loaded = load(html);
    assertTrue(loaded.dom.contains("data-charts=\"" + charts + "\""), loaded.log);
    assertEquals(
        0, loaded.log.lines().filter(line -> line.contains("CONSOLE")).count(), loaded.log);
  }

  @Test
  void brokenPage_isNoticed() throws Exception {
    Loaded loaded = load("<html><body><script>nothing()</script></body></html>");
    assertTrue(loaded.log.contains("CONSOLE"), loaded.log);
  }
}
