package org.secolab.mpcgc.circuit;

import java.util.ArrayList;
import java.util.List;

/** Pictures of small circuits, for teaching. */
public final class CircuitDrawing {
  /** The most gates that still make a picture. */
  public static final int LARGEST = 2000;

  private static final int COLUMN = 90;
  private static final int ROW = 40;

  private CircuitDrawing() {}

  private static void requireSmall(Circuit circuit) {
    if (circuit.gateCount() > LARGEST) {
      throw new IllegalArgumentException(
          "expected at most " + LARGEST + " gates to draw, got " + circuit.gateCount());
    }
  }

  private static String label(Circuit circuit, int wire) {
    if (wire == 0) {
      return "0";
    }
    if (wire >= circuit.firstGateWire()) {
      int gate = wire - circuit.firstGateWire();
      return switch (circuit.operation(gate)) {
        case XOR -> "⊕";
        case AND -> "∧";
        case NOT -> "¬";
      };
    }
    for (Circuit.Input input : circuit.inputs()) {
      int offset = wire - input.firstWire();
      if (offset >= 0 && offset < input.wires()) {
        String word = input.words() == 1 ? "" : "[" + offset / input.bits() + "]";
        return escape(input.name()) + word + "." + offset % input.bits();
      }
    }
    throw new AssertionError("every wire is an input or a gate");
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "'");
  }

  private static boolean[] drawn(Circuit circuit) {
    boolean[] drawn = new boolean[circuit.wireCount()];
    for (int wire = 1; wire < drawn.length; wire++) {
      drawn[wire] = true;
    }
    for (int gate = 0; gate < circuit.gateCount(); gate++) {
      drawn[0] |= circuit.left(gate) == 0 || circuit.right(gate) == 0;
    }
    for (int o = 0; o < circuit.outputBits(); o++) {
      drawn[0] |= circuit.outputWire(o) == 0;
    }
    return drawn;
  }

  /** The circuit in Graphviz's language; AND gates, which cost something, are boxes. */
  public static String dot(Circuit circuit) {
    requireSmall(circuit);
    StringBuilder text = new StringBuilder("digraph circuit {\n  rankdir=LR;\n");
    boolean[] drawn = drawn(circuit);
    for (int wire = 0; wire < circuit.wireCount(); wire++) {
      if (drawn[wire]) {
        text.append("  w").append(wire).append(" [label=\"").append(label(circuit, wire));
        text.append("\" shape=").append(shape(circuit, wire)).append("];\n");
      }
    }
    for (int gate = 0; gate < circuit.gateCount(); gate++) {
      int wire = circuit.gateWire(gate);
      text.append("  w").append(circuit.left(gate)).append(" -> w").append(wire).append(";\n");
      if (circuit.operation(gate) != Circuit.Operation.NOT) {
        text.append("  w").append(circuit.right(gate)).append(" -> w").append(wire).append(";\n");
      }
    }
    for (Circuit.Output output : circuit.outputs()) {
      for (int b = 0; b < output.bits(); b++) {
        int position = output.first() + b;
        text.append("  o").append(position).append(" [label=\"").append(escape(output.name()));
        text.append(".").append(b).append("\" shape=plaintext];\n  w");
        text.append(circuit.outputWire(position)).append(" -> o").append(position).append(";\n");
      }
    }
    return text.append("}\n").toString();
  }

  private static String shape(Circuit circuit, int wire) {
    if (wire < circuit.firstGateWire()) {
      return "plaintext";
    }
    int gate = wire - circuit.firstGateWire();
    return circuit.operation(gate) == Circuit.Operation.AND ? "box" : "circle";
  }

  /** The circuit as a self-contained SVG: a column per depth, inputs left, outputs right. */
  public static String svg(Circuit circuit) {
    requireSmall(circuit);
    boolean[] drawn = drawn(circuit);
    int[] column = new int[circuit.wireCount()];
    int last = 0;
    for (int gate = 0; gate < circuit.gateCount(); gate++) {
      int wire = circuit.gateWire(gate);
      column[wire] = 1 + Math.max(column[circuit.left(gate)], column[circuit.right(gate)]);
      last = Math.max(last, column[wire]);
    }
    int[] filled = new int[last + 2];
    int[] row = new int[circuit.wireCount()];
    for (int wire = 0; wire < circuit.wireCount(); wire++) {
      if (drawn[wire]) {
        row[wire] = filled[column[wire]]++;
      }
    }
    List<String> lines = new ArrayList<>();
    List<String> nodes = new ArrayList<>();
    for (int wire = 0; wire < circuit.wireCount(); wire++) {
      if (drawn[wire]) {
        nodes.add(node(circuit, wire, column[wire], row[wire]));
      }
    }
    for (int gate = 0; gate < circuit.gateCount(); gate++) {
      int wire = circuit.gateWire(gate);
      int[] sources = {circuit.left(gate), circuit.right(gate)};
      for (int source : sources) {
        lines.add(line(column[source], row[source], column[wire], row[wire]));
      }
    }
    int outputs = 0;
    for (Circuit.Output output : circuit.outputs()) {
      for (int b = 0; b < output.bits(); b++) {
        int wire = circuit.outputWire(output.first() + b);
        lines.add(line(column[wire], row[wire], last + 1, outputs));
        nodes.add(text(escape(output.name()) + "." + b, last + 1, outputs));
        outputs++;
      }
    }
    filled[last + 1] = outputs;
    int rows = 0;
    for (int count : filled) {
      rows = Math.max(rows, count);
    }
    return "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\""
        + COLUMN * (last + 2)
        + "\" height=\""
        + ROW * (rows + 1)
        + "\" font-family=\"sans-serif\" font-size=\"12\" text-anchor=\"middle\">\n"
        + String.join("", lines)
        + String.join("", nodes)
        + "</svg>\n";
  }

  private static int x(int column) {
    return COLUMN * column + COLUMN / 2;
  }

  private static int y(int row) {
    return ROW * row + ROW;
  }

  private static String line(int fromColumn, int fromRow, int toColumn, int toRow) {
    return "<line x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\" stroke=\"#888\"/>%n"
        .formatted(x(fromColumn), y(fromRow), x(toColumn), y(toRow));
  }

  private static String text(String label, int column, int row) {
    return "<text x=\"%d\" y=\"%d\">%s</text>%n".formatted(x(column), y(row) + 4, label);
  }

  private static String node(Circuit circuit, int wire, int column, int row) {
    String shape =
        switch (shape(circuit, wire)) {
          case "box" ->
              "<rect x=\"%d\" y=\"%d\" width=\"28\" height=\"28\" fill=\"#fdd\" stroke=\"#333\"/>%n"
                  .formatted(x(column) - 14, y(row) - 14);
          case "circle" ->
              "<circle cx=\"%d\" cy=\"%d\" r=\"12\" fill=\"#fff\" stroke=\"#333\"/>%n"
                  .formatted(x(column), y(row));
          default -> "";
        };
    return shape + text(label(circuit, wire), column, row);
  }
}
