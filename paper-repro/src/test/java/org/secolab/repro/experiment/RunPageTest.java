package org.secolab.repro.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.secolab.foundation.transport.Phase;
import org.secolab.protocol.inference.InferencePlan;
import org.secolab.protocol.inference.InferenceProtocol;
import org.secolab.protocol.inference.SplitPlan;
import org.secolab.repro.report.Units;

/** The page of one run says what the run's books say. */
final class RunPageTest {
  private static final Point POINT = Point.of("seco", "mnist-mlp", 2, 2);

  @Test
  void page_showsEveryPartysBytesAndEveryLink() throws Exception {
    Measurement run = Measurement.of(POINT);
    InferencePlan plan =
        InferenceProtocol.named("seco")
            .plan(Networks.fixed(POINT), POINT.plan(), POINT.options(), 1);
    Map<String, String> files =
        RunPage.of(run, plan.parameters(), List.of("notice")).files("report.html");
    assertTrue(
        files
            .keySet()
            .containsAll(
                List.of(
                    "messages.svg",
                    "party-sent.svg",
                    "layer-bytes.svg",
                    "noise-1.svg",
                    "noise-2.svg",
                    "parties.csv",
                    "report.html")),
        files.keySet().toString());
    String parties = files.get("parties.csv");
    for (String party : run.parties()) {
      String sent = Units.bytes(run.total(party, Phase.ONLINE).bytesSent());
      assertTrue(parties.contains(party + ",online," + sent + ","), parties);
    }
    String user = SplitPlan.USER.name();
    assertEquals(
        run.total(user, Phase.ONLINE).bytesSent() + run.total(user, Phase.ONLINE).bytesReceived(),
        Measurement.userBytes(run.flows(), Phase.ONLINE::equals));
    // The steps from a fresh encryption to what flooding leaves, for either key.
    for (String noise : List.of("noise-1.svg", "noise-2.svg")) {
      int bars = files.get(noise).split("<rect", -1).length - 1;
      assertTrue(bars >= 5, noise + ": " + bars);
    }
  }
}
