package org.secolab.repro.experiment;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.secolab.modelio.fixed.FixedModel;
import org.secolab.modelio.graph.ModelFormatException;
import org.secolab.protocol.inference.InferencePlan;
import org.secolab.protocol.inference.InferenceProtocol;

/** What a run would send, worked out without running it; each point once. */
final class Plans {
  private static final Map<Point, List<Measurement.Flow>> TRAFFIC = new HashMap<>();

  private Plans() {}

  /** Every link's bytes. */
  static synchronized List<Measurement.Flow> traffic(Point point) throws ModelFormatException {
    List<Measurement.Flow> known = TRAFFIC.get(point);
    if (known == null) {
      known = traffic(point, Networks.fixed(point));
      TRAFFIC.put(point, known);
    }
    return known;
  }

  private static List<Measurement.Flow> traffic(Point point, FixedModel model) {
    InferencePlan plan =
        InferenceProtocol.named(point.protocol()).plan(model, point.plan(), point.options(), 1);
    return Measurement.flows(plan);
  }

  /** Those of {@code protocols} that are there, in this order. */
  static List<String> offered(String... protocols) {
    List<String> all = InferenceProtocol.all().stream().map(InferenceProtocol::name).toList();
    List<String> offered = new ArrayList<>(List.of(protocols));
    offered.retainAll(all);
    return offered;
  }
}
