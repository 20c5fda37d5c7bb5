package org.secolab.repro.report;

/**
 * A picture.
 *
 * @param name of its SVG file
 * @param caption says what it shows
 * @param svg the picture; in a page its colours follow the page's, elsewhere it has its own
 */
public record Chart(String name, String caption, String svg) {
  String html() {
    return "<figure>" + svg + "<figcaption>" + Html.text(caption) + "</figcaption></figure>";
  }
}
