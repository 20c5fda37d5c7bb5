package org.secolab.repro.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A table of texts.
 *
 * @param name of its CSV file
 * @param caption says what it shows
 * @param header one text for each column
 * @param rows as wide as the header
 */
public record Table(String name, String caption, List<String> header, List<List<String>> rows) {
  public Table {
    header = List.copyOf(header);
    List<List<String>> copies = new ArrayList<>();
    for (List<String> row : rows) {
      if (row.size() != header.size()) {
        throw new IllegalArgumentException(
            name + ": expected " + header.size() + " columns, got " + row);
      }
      copies.add(List.copyOf(row));
    }
    rows = List.copyOf(copies);
  }

  /** As comma-separated values. */
  public String csv() {
    StringBuilder text = new StringBuilder(line(header));
    rows.forEach(row -> text.append(line(row)));
    return text.toString();
  }

  private static String line(List<String> cells) {
    return cells.stream().map(Table::quoted).collect(Collectors.joining(",")) + "\n";
  }

  private static String quoted(String cell) {
    return cell.matches("[^\",\\r\\n]*") ? cell : "\"" + cell.replace("\"", "\"\"") + "\"";
  }

  String html() {
    StringBuilder html = new StringBuilder("<table><caption>" + Html.text(caption) + "</caption>");
    html.append("<thead><tr>");
    header.forEach(cell -> html.append("<th>").append(Html.text(cell)).append("</th>"));
    html.append("</tr></thead><tbody>");
    for (List<String> row : rows) {
      html.append("<tr>");
      row.forEach(cell -> html.append("<td>").append(Html.text(cell)).append("</td>"));
      html.append("</tr>");
    }
    return html.append("</tbody></table>").toString();
  }
}
