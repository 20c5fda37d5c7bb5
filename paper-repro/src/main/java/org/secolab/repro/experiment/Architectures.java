package org.secolab.repro.experiment;

import java.util.ArrayList;
import java.util.List;
import org.secolab.modelio.fixed.FixedModel;
import org.secolab.modelio.graph.ModelFormatException;
import org.secolab.repro.claim.PaperFigures;
import org.secolab.repro.report.Section;
import org.secolab.repro.report.Table;

/** Tables VI and VII: the printed architectures, checked against the model files. */
final class Architectures implements Experiment {
  private final String name;
  private final String title;
  private final String model;

  Architectures(String name, String title, String model) {
    this.name = name;
    this.title = title;
    this.model = model;
  }

  @Override
  public String name() {
    return name;
  }

  /** Nothing to run. */
  @Override
  public List<Point> points(Scale scale) {
    return List.of();
  }

  @Override
  public Section section(Scale scale, Runs runs) throws ModelFormatException {
    FixedModel fixed = Networks.fixed(Point.of("clear", model, 0, 2));
    List<String> printed = PaperFigures.architecture(name);
    List<List<String>> rows = new ArrayList<>();
    boolean all = printed.size() == fixed.layers().size();
    for (int i = 0; i < fixed.layers().size(); i++) {
      String ours = fixed.layers().get(i).outputShape().toString();
      String theirs = i < printed.size() ? printed.get(i) : "–";
      all &= ours.equals(theirs);
      rows.add(
          List.of(
              Integer.toString(i + 1),
              fixed.layers().get(i).name(),
              ours,
              theirs,
              ours.equals(theirs) ? "yes" : "NO"));
    }
    LayerSizes sizes = LayerSizes.of(fixed);
    return new Section(
        name,
        title,
        List.of(
            all
                ? "Every layer of the model file has the printed shape. An average pool is linear"
                    + " and counts with its neighbour."
                : "The model file does not have the printed shapes: see the table.",
            name.equals("table6")
                ? String.format(
                    "The paper gives this network %,d parameters. Its own rows add up to %,d"
                        + " weights (%,d with biases), and so does the file: %,d and %,d. The"
                        + " 10,500 is a slip.",
                    PaperFigures.MINIONN_PARAMETERS_PRINTED,
                    PaperFigures.TABLE_6_WEIGHTS,
                    PaperFigures.TABLE_6_PARAMETERS,
                    sizes.weights(),
                    sizes.parameters())
                : String.format(
                    "The rows add up to %,d parameters; the file has %,d. One ×50 of the printed"
                        + " table is a slip: the sizes above it and below it (8×8×50, 4×4×50, then"
                        + " 800 values) leave only one reading, which the file follows.",
                    PaperFigures.TABLE_7_PARAMETERS, sizes.parameters())),
        List.of(),
        List.of(
            new Table(
                name,
                "Output shapes, channels × height × width",
                List.of("layer", "name in the file", "file", "printed", "equal"),
                rows)),
        List.of());
  }
}
