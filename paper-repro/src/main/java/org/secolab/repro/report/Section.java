package org.secolab.repro.report;

import java.util.List;
import org.secolab.repro.claim.Verdict;

/**
 * A part of a page.
 *
 * @param id short, for links
 * @param title says what it is about
 * @param paragraphs plain text before everything else
 * @param charts then these
 * @param tables then these
 * @param verdicts on claims of the paper; the page collects them at its top
 */
public record Section(
    String id,
    String title,
    List<String> paragraphs,
    List<Chart> charts,
    List<Table> tables,
    List<Verdict> verdicts) {
  public Section {
    paragraphs = List.copyOf(paragraphs);
    charts = List.copyOf(charts);
    tables = List.copyOf(tables);
    verdicts = List.copyOf(verdicts);
  }
}
