package org.secolab.repro.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.secolab.repro.claim.Verdict;

/**
 * One HTML page that needs nothing else, and the files beside it.
 *
 * @param title at its top
 * @param subtitle what was run, where and when
 * @param notices what a reader must know first
 * @param sections in order
 */
public record Page(String title, String subtitle, List<String> notices, List<Section> sections) {
  public Page {
    notices = List.copyOf(notices);
    sections = List.copyOf(sections);
  }

  /** All files by name: the page as {@code index}, every table as CSV, every chart as SVG. */
  public Map<String, String> files(String index) {
    Map<String, String> files = new LinkedHashMap<>();
    for (Section section : sections) {
      section.tables().forEach(table -> files.put(table.name() + ".csv", table.csv()));
      section.charts().forEach(chart -> files.put(chart.name() + ".svg", chart.svg()));
    }
    List<Verdict> verdicts = verdicts();
    if (!verdicts.isEmpty()) {
      files.put("claims.csv", claims(verdicts).csv());
    }
    files.put(index, html());
    return files;
  }

  private List<Verdict> verdicts() {
    return sections.stream().flatMap(section -> section.verdicts().stream()).toList();
  }

  private static Table claims(List<Verdict> verdicts) {
    List<List<String>> rows = new ArrayList<>();
    for (Verdict verdict : verdicts) {
      rows.add(
          List.of(
              verdict.claim().statement(),
              verdict.claim().where(),
              Units.digits(verdict.claim().value()) + " " + verdict.claim().unit(),
              Math.round(100 * verdict.claim().tolerance()) + " %",
              Double.isNaN(verdict.ours())
                  ? "–"
                  : Units.digits(verdict.ours()) + " " + verdict.claim().unit(),
              verdict.outcome().label(),
              verdict.basis(),
              verdict.why()));
    }
    return new Table(
        "claims",
        "claims",
        List.of("claim", "where", "printed", "tolerance", "ours", "verdict", "basis", "why"),
        rows);
  }

  private String html() {
    StringBuilder html = new StringBuilder("<!doctype html>\n<html lang=\"en\"><head>");
    html.append("<meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">");
    html.append("<link rel=\"icon\" href=\"data:,\">");
    html.append("<title>").append(Html.text(title)).append("</title>");
    html.append("<style>").append(resource("page.css")).append("</style></head><body>");
    html.append("<header><h1>").append(Html.text(title)).append("</h1>");
    html.append("<p class=\"subtitle\">").append(Html.text(subtitle)).append("</p>");
    notices.forEach(
        notice -> html.append("<p class=\"notice\">").append(Html.text(notice)).append("</p>"));
    html.append("<nav>");
    for (Section section : sections) {
      html.append("<a href=\"#").append(section.id()).append("\">");
      html.append(Html.text(section.title())).append("</a>");
    }
    html.append("</nav></header><main>");
    List<Verdict> verdicts = verdicts();
    if (!verdicts.isEmpty()) {
      html.append("<section id=\"claims\"><h2>The paper’s claims</h2>");
      verdicts.forEach(verdict -> html.append(card(verdict)));
      html.append("</section>");
    }
    sections.forEach(section -> html.append(html(section)));
    html.append("</main><script>").append(resource("page.js")).append("</script></body></html>\n");
    return html.toString();
  }

  private static String card(Verdict verdict) {
    String ours = Double.isNaN(verdict.ours()) ? "–" : Units.digits(verdict.ours());
    String unit = verdict.claim().unit();
    return String.format(
        "<article class=\"%s\"><div class=\"figures\"><b>%s</b><span>printed %s %s</span></div>"
            + "<div><h3>%s <em>%s</em></h3><p>%s</p>"
            + "<p class=\"basis\">%s. Ours: %s. Tolerance, fixed before the run: %d %%.</p>"
            + "</div></article>",
        verdict.outcome().name().toLowerCase(java.util.Locale.ROOT).replace('_', '-'),
        Html.text(ours + " " + unit),
        Html.text(Units.digits(verdict.claim().value())),
        Html.text(unit),
        Html.text(verdict.claim().statement()),
        Html.text(verdict.outcome().label()),
        Html.text(verdict.why()),
        Html.text(verdict.claim().where()),
        Html.text(verdict.basis()),
        Math.round(100 * verdict.claim().tolerance()));
  }

  private static String html(Section section) {
    StringBuilder html = new StringBuilder("<section id=\"" + section.id() + "\"><h2>");
    html.append(Html.text(section.title())).append("</h2>");
    for (String paragraph : section.paragraphs()) {
      html.append("<p>").append(Html.text(paragraph)).append("</p>");
    }
    section.charts().forEach(chart -> html.append(chart.html()));
    section
        .tables()
        .forEach(table -> html.append("<div class=\"wide\">" + table.html() + "</div>"));
    return html.append("</section>").toString();
  }

  private static String resource(String name) {
    try (InputStream in = Page.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new AssertionError("missing resource " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
