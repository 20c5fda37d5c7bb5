package org.secolab.repro.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.secolab.repro.claim.PaperClaim;
import org.secolab.repro.claim.PaperClaims;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

/** Marks are as long as the numbers they stand for, and text cannot break out of a page. */
final class ChartTest {
  private static List<Element> elements(Chart chart, String tag) throws Exception {
    var document =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new InputSource(new StringReader(chart.svg())));
    var nodes = document.getElementsByTagName(tag);
    List<Element> elements = new ArrayList<>();
    for (int i = 0; i < nodes.getLength(); i++) {
      elements.add((Element) nodes.item(i));
    }
    return elements;
  }

  private static double number(Element element, String attribute) {
    return Double.parseDouble(element.getAttribute(attribute));
  }

  @Test
  void bars_areAsLongAsTheirValues() throws Exception {
    Chart chart =
        new BarChart("n", "c", List.of("a"), Units::bytes)
            .bar("x", List.of(100.0))
            .bar("y", List.of(25.0))
            .bar("z", List.of(0.0))
            .chart();
    List<Element> bars = elements(chart, "rect");
    assertEquals(2, bars.size());
    assertEquals(4, number(bars.get(0), "width") / number(bars.get(1), "width"), 0.01);
  }

  @Test
  void parts_standBesideEachOther() throws Exception {
    Chart chart =
        new BarChart("n", "c", List.of("a", "b"), Units::bytes)
            .bar("x", List.of(30.0, 10.0))
            .chart();
    List<Element> bars = elements(chart, "rect").subList(2, 4);
    assertEquals(
        number(bars.get(0), "x") + number(bars.get(0), "width"), number(bars.get(1), "x"), 0.11);
    assertThrows(
        IllegalArgumentException.class,
        () -> new BarChart("n", "c", List.of("a"), Units::bytes).bar("x", List.of(-1.0)));
  }

  @Test
  void linearAxis_beginsAtZero_logarithmicKeepsRatios() throws Exception {
    List<LineChart.At> points =
        List.of(new LineChart.At(0, 10), new LineChart.At(1, 100), new LineChart.At(2, 1000));
    List<Element> linear =
        elements(
            new LineChart("n", "c", "x", Units::digits, false).line("l", points).chart(), "circle");
    double zero = 340 - 46;
    assertEquals(
        10, (zero - number(linear.get(1), "cy")) / (zero - number(linear.get(0), "cy")), 0.4);
    List<Element> log =
        elements(
            new LineChart("n", "c", "x", Units::digits, true).line("l", points).chart(), "circle");
    assertEquals(
        number(log.get(0), "cy") - number(log.get(1), "cy"),
        number(log.get(1), "cy") - number(log.get(2), "cy"),
        0.11);
    assertThrows(
        IllegalArgumentException.class,
        () ->
            new LineChart("n", "c", "x", Units::digits, true)
                .line("l", List.of(new LineChart.At(1, 0))));
  }

  @Test
  void arrows_goFromSenderToReceiver() throws Exception {
    Chart chart =
        new SequenceDiagram("n", "c", List.of("a", "b", "c"))
            .heading("first")
            .arrow("1", "a", "c", "there", 0)
            .arrow("2", "c", "b", "back", 1)
            .chart();
    List<Element> lines = elements(chart, "line");
    Element there = lines.get(lines.size() - 2);
    Element back = lines.getLast();
    assertTrue(number(there, "x1") < number(there, "x2"));
    assertEquals(number(there, "x2"), number(back, "x1"));
    assertTrue(number(back, "x1") > number(back, "x2"));
    assertThrows(
        IllegalArgumentException.class,
        () -> new SequenceDiagram("n", "c", List.of("a")).arrow("", "a", "d", "", 0));
  }

  @Test
  void text_isEscapedInPagesChartsAndTables() throws Exception {
    String evil = "<script>\"a\",&</script>";
    Table table = new Table("t", evil, List.of("h"), List.of(List.of(evil)));
    assertEquals("h\n\"<script>\"\"a\"\",&</script>\"\n", table.csv());
    Chart chart =
        new BarChart("b", evil, List.of("s"), Units::bytes).bar(evil, List.of(1.0)).chart();
    assertEquals(2, elements(chart, "text").size());
    Section section =
        new Section(
            "s",
            evil,
            List.of(evil),
            List.of(chart),
            List.of(table),
            List.of(PaperClaims.USER_WAITING.judge(1, evil, evil)));
    Map<String, String> files =
        new Page(evil, evil, List.of(evil), List.of(section)).files("index.html");
    assertEquals(
        List.of("t.csv", "b.svg", "claims.csv", "index.html"), List.copyOf(files.keySet()));
    assertFalse(files.get("index.html").contains(evil));
    assertTrue(files.get("index.html").contains("not met"));
  }

  @Test
  void verdictOfThePage_isTheClaims() {
    PaperClaim claim = PaperClaims.USER_ONLINE_BYTES;
    Section section =
        new Section(
            "s", "t", List.of(), List.of(), List.of(), List.of(claim.judge(18.4, "basis", "why")));
    String csv = new Page("p", "", List.of(), List.of(section)).files("i").get("claims.csv");
    assertTrue(csv.contains("18.5 ×,25 %,18.4 ×,met,basis,why"), csv);
  }

  @Test
  void units_keepThreeDigits() {
    assertEquals("999 B", Units.bytes(999));
    assertEquals("1.00 kB", Units.bytes(1000));
    assertEquals("21.6 GB", Units.bytes(21.609e9));
    assertEquals("12.3 ms", Units.millis(12.34));
    assertEquals("1.50 s", Units.millis(1500));
    assertEquals("20.0 min", Units.millis(1_200_000));
  }
}
