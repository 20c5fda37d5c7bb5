package org.secolab.repro.report;

import java.util.ArrayList;
import java.util.List;

/** Who sends what to whom, from top to bottom. */
public final class SequenceDiagram {
  private static final int LEFT = 210;
  private static final int COLUMN = 170;
  private static final int STEP = 21;

  /** A line of the diagram. */
  private sealed interface Line {}

  private record Heading(String text) implements Line {}

  private record Arrow(String note, int from, int to, String label, int colour) implements Line {}

  private final String name;
  private final String caption;
  private final List<String> parties;
  private final List<Line> lines = new ArrayList<>();

  /** An empty diagram. */
  public SequenceDiagram(String name, String caption, List<String> parties) {
    this.name = name;
    this.caption = caption;
    this.parties = List.copyOf(parties);
  }

  /** Begins a new part. */
  public SequenceDiagram heading(String text) {
    lines.add(new Heading(text));
    return this;
  }

  /**
   * Adds an arrow.
   *
   * @param note at the left edge
   * @param label over the arrow
   * @param colour of a series
   */
  public SequenceDiagram arrow(String note, String from, String to, String label, int colour) {
    lines.add(new Arrow(note, index(from), index(to), label, colour));
    return this;
  }

  private int index(String party) {
    int index = parties.indexOf(party);
    if (index < 0) {
      throw new IllegalArgumentException("expected one of " + parties + ", got " + party);
    }
    return index;
  }

  private static double x(int party) {
    return LEFT + COLUMN * party;
  }

  /** Draws. */
  public Chart chart() {
    double height = 40 + STEP * lines.size() + 10;
    Svg svg = new Svg(x(parties.size() - 1) + 90, height);
    for (int i = 0; i < parties.size(); i++) {
      svg.text(x(i), 16, "middle", Svg.INK, parties.get(i));
      svg.line(x(i), 24, x(i), height - 4, Svg.LINE, "stroke-width:1.5");
    }
    double y = 44;
    for (Line line : lines) {
      switch (line) {
        case Heading heading -> {
          svg.text(4, y + 4, "start", Svg.INK, heading.text);
          svg.line(4, y + 8, x(parties.size() - 1) + 80, y + 8, Svg.LINE, "");
        }
        case Arrow arrow -> draw(svg, arrow, y);
      }
      y += STEP;
    }
    return new Chart(name, caption, svg.toString());
  }

  private static void draw(Svg svg, Arrow arrow, double y) {
    boolean right = arrow.to > arrow.from;
    String colour = Svg.colour(arrow.colour);
    svg.text(12, y + 4, "start", Svg.FAINT, arrow.note);
    svg.line(x(arrow.from), y, x(arrow.to), y, colour, "stroke-width:1.5");
    svg.head(x(arrow.to), y, right, colour);
    // Beside the sender, so that lifelines in between do not cross the text.
    double beside = x(arrow.from) + (right ? 8 : -8);
    svg.text(beside, y - 4, right ? "start" : "end", Svg.INK, arrow.label);
  }
}
