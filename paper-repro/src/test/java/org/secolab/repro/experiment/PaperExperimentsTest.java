package org.secolab.repro.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.secolab.foundation.transport.Cost;
import org.secolab.foundation.transport.Phase;
import org.secolab.modelio.graph.ModelFormatException;
import org.secolab.repro.claim.PaperFigures;
import org.secolab.repro.claim.Verdict;
import org.secolab.repro.report.Section;
import org.secolab.repro.report.Table;

final class PaperExperimentsTest {
  private static Section section(String name) throws ModelFormatException {
    return Experiment.all().stream()
        .filter(experiment -> experiment.name().equals(name))
        .findFirst()
        .orElseThrow()
        .section(Scale.SMALL, new Runs(List.of()));
  }

  @Test
  void resNet32_hasThePapersLayersAndReLUs() throws ModelFormatException {
    var model = Networks.fixed(Point.of("clear", Networks.RESNET32, 0, 2));
    assertEquals(PaperExperiments.COUNTED_LAYERS + 1, model.layers().size());
    assertEquals(PaperFigures.RESNET32_RELUS, LayerSizes.of(model).activations());
    assertEquals(16_384, model.shape(2).size());
    assertEquals(100, model.outputShape().size());
  }

  @Test
  void generatedNetworks_areTheSameEveryTime() throws ModelFormatException {
    Point point = Point.of("clear", Networks.RESNET32_SMALL, 0, 2);
    var first = Measurement.flows(planOf(point));
    assertEquals(first, Measurement.flows(planOf(point)));
    assertEquals(Networks.fixed(point).layers().size(), PaperExperiments.COUNTED_LAYERS + 1);
  }

  private static org.secolab.protocol.inference.InferencePlan planOf(Point point)
      throws ModelFormatException {
    return org.secolab.protocol.inference.InferenceProtocol.named("seco")
        .plan(Networks.fixed(point), point.plan(), point.options(), 1);
  }

  @Test
  void architectures_agreeWithTheFiles() throws ModelFormatException {
    for (String name : List.of("table6", "table7")) {
      Table table = section(name).tables().getFirst();
      assertEquals(7, table.rows().size());
      table.rows().forEach(row -> assertEquals("yes", row.getLast(), row.toString()));
    }
    LayerSizes minionn = LayerSizes.of(Networks.fixed(Point.of("clear", "mnist-minionn", 0, 2)));
    assertEquals(PaperFigures.TABLE_6_WEIGHTS, minionn.weights());
    assertEquals(PaperFigures.TABLE_6_PARAMETERS, minionn.parameters());
    LayerSizes lenet = LayerSizes.of(Networks.fixed(Point.of("clear", "mnist-lenet", 0, 2)));
    assertEquals(PaperFigures.TABLE_7_PARAMETERS, lenet.parameters());
  }

  @Test
  void threeNumbers_explainTheWholePrintedRowOfTable5() throws ModelFormatException {
    String text = section("table5").paragraphs().get(1);
    assertTrue(text.contains("within 0.0"), text);
    assertTrue(text.contains("34.1 kB for each ReLU"), text);
  }

  @Test
  void timesThatWereNotRun_areNotComparable() throws ModelFormatException {
    List<Verdict> verdicts = section("fig4").verdicts();
    assertEquals(3, verdicts.size());
    for (Verdict verdict : verdicts) {
      assertEquals(Verdict.Outcome.NOT_COMPARABLE, verdict.outcome());
      assertTrue(Double.isNaN(verdict.ours()));
    }
  }

  @Test
  void costModel_findsWhatTimesWereMadeOf() throws ModelFormatException {
    List<Measurement> runs = new ArrayList<>();
    for (String name : List.of("mnist-mlp", "mnist-minionn", "mnist-lenet")) {
      runs.add(made(Point.of("seco", name, 0, 2)));
    }
    List<CostModel.Check> checks = CostModel.check(runs);
    assertEquals(3, checks.size());
    for (CostModel.Check check : checks) {
      assertTrue(check.measuredMillis() > 0);
      assertEquals(0, check.error(), 1e-6);
    }
  }

  @Test
  void costModel_takesRunsWithEverythingOnTheGateway() throws Exception {
    Measurement mlp = Measurement.of(Point.of("delphi", "mnist-mlp", 5, 2));
    Measurement minionn = Measurement.of(Point.of("delphi", "mnist-minionn", 7, 2));
    assertTrue(mlp.costs().stream().allMatch(entry -> entry.layer() <= mlp.layers()));
    List<CostModel.Check> checks = CostModel.check(List.of(mlp, minionn));
    assertEquals(2, checks.size());
    checks.forEach(check -> assertTrue(check.predictedMillis() > 0));
  }

  /** A run whose remote1 took 3 ns for a byte and 2 ns for a product in linear layers' setup. */
  private static Measurement made(Point point) throws ModelFormatException {
    var model = Networks.fixed(point);
    List<Measurement.Flow> traffic = Plans.traffic(point);
    List<Measurement.Entry> entries = new ArrayList<>();
    for (int layer = 1; layer <= model.layers().size(); layer += 2) {
      int here = layer;
      long bytes =
          Measurement.bytes(
              traffic.stream(),
              flow ->
                  flow.layer() == here
                      && flow.phase() == Phase.SETUP_PER_INFERENCE
                      && (flow.from().equals("remote1") || flow.to().equals("remote1")));
      long products = new LayerSizes(List.of(model.layer(layer))).products();
      Cost cost = new Cost(0, 0, 0, 0, 3 * bytes + 2 * products, 0, 0);
      entries.add(new Measurement.Entry("remote1", Phase.SETUP_PER_INFERENCE, layer, cost));
    }
    return new Measurement(
        point,
        Provenance.here(),
        model.layers().size(),
        true,
        entries,
        traffic,
        traffic,
        Map.of(),
        0,
        0,
        0,
        0);
  }

  @Test
  void deepNetworks_areQuantisedOnceForAllSplits() throws ModelFormatException {
    var model = Networks.fixed(Point.of("seco", Networks.RESNET32_SMALL, 2, 2));
    assertSame(model, Networks.fixed(Point.of("seco", Networks.RESNET32_SMALL, 10, 3)));
    assertNotSame(model, Networks.fixed(Point.of("seco-paper", Networks.RESNET32_SMALL, 2, 2)));
  }
}
