package org.secolab.protocol.delphi;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.secolab.foundation.party.ProtocolAbortException;
import org.secolab.foundation.random.SeededRandom;
import org.secolab.modelio.fixed.FixedModel;
import org.secolab.modelio.reference.FixedPointInterpreter;
import org.secolab.protocol.inference.InferenceReport;
import org.secolab.protocol.inference.InferenceRequest;
import org.secolab.protocol.inference.ProgressListener;
import org.secolab.protocol.inference.RandomNets;
import org.secolab.protocol.inference.RunOptions;
import org.secolab.protocol.inference.SplitPlan;

final class DelphiProtocolTest {
  private final DelphiProtocol protocol = new DelphiProtocol();

  @Test
  void outputs_equalPlaintext_withTwoParties() throws ProtocolAbortException {
    for (long seed = 1; seed <= 3; seed++) {
      SeededRandom random = SeededRandom.ofInsecureNumber(seed);
      FixedModel model = RandomNets.draw(2, false, random.fork("net"));
      long[] input = RandomNets.input(model, random.fork("input"));
      SplitPlan all = new SplitPlan(model.layers().size(), 2);
      InferenceReport report =
          protocol.run(
              new InferenceRequest(model, all, List.of(input), RunOptions.STANDARD),
              ProgressListener.SILENT,
              random.fork("run"));
      assertArrayEquals(FixedPointInterpreter.run(model, input), report.outputs().getFirst());
      assertEquals(
          List.of(SplitPlan.USER, SplitPlan.GATEWAY), List.copyOf(report.costs().keySet()));
    }
  }

  @Test
  void layersBehindACut_areRefused() {
    FixedModel model = RandomNets.draw(2, false, SeededRandom.ofInsecureNumber(1));
    assertThrows(
        IllegalArgumentException.class,
        () -> protocol.check(model, new SplitPlan(0, 2), RunOptions.STANDARD));
  }
}
