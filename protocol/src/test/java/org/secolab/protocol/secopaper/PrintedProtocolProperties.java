package org.secolab.protocol.secopaper;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.secolab.foundation.party.ProtocolAbortException;
import org.secolab.foundation.random.SeededRandom;
import org.secolab.lattice.bfv.BfvParameters;
import org.secolab.lattice.bfv.BfvParametersSpec;
import org.secolab.modelio.fixed.FixedModel;
import org.secolab.modelio.reference.FixedPointInterpreter;
import org.secolab.protocol.inference.InferencePlan.Traffic;
import org.secolab.protocol.inference.InferenceReport;
import org.secolab.protocol.inference.InferenceRequest;
import org.secolab.protocol.inference.LinearOptions;
import org.secolab.protocol.inference.ProgressListener;
import org.secolab.protocol.inference.RandomNets;
import org.secolab.protocol.inference.RunOptions;
import org.secolab.protocol.inference.SplitPlan;

/** The theorem for both printed protocols: whatever the net, the cut and the seed, bit for bit. */
final class PrintedProtocolProperties {
  /** A prime ≡ 1 mod 2·256. */
  private static final long TOY_PRIME = 12289;

  static final PaperParameters TOY =
      new PaperParameters(
          BfvParameters.of(BfvParametersSpec.insecureToyWithSpecialPrime(256, 45, 3, TOY_PRIME)),
          10);

  @Provide
  Arbitrary<Roles> roles() {
    return Arbitraries.of(Roles.SECO, Roles.DELPHI_3);
  }

  private static PrintedProtocol protocol(Roles roles) {
    return new PrintedProtocol(roles, TOY, UnaryOperator.identity());
  }

  @Property(tries = 5)
  void output_equalsPlaintext_andTrafficThePlan_atEveryCut(
      @ForAll("roles") Roles roles,
      @ForAll @IntRange(min = 1, max = 3) int depth,
      @ForAll boolean residual,
      @ForAll @IntRange(min = 1, max = 2) int inferences,
      @ForAll LinearOptions.Packing packing,
      @ForAll LinearOptions.Objective objective,
      @ForAll long seed)
      throws ProtocolAbortException {
    SeededRandom random = SeededRandom.ofInsecureNumber(seed);
    PrintedProtocol protocol = protocol(roles);
    RunOptions options = RunOptions.STANDARD.packing(new LinearOptions(packing, objective));
    FixedModel model = RandomNets.draw(depth, residual, protocol.modulus(), random.fork("net"));
    List<long[]> inputs =
        List.of(
                RandomNets.input(model, random.fork("1")),
                RandomNets.input(model, random.fork("2")))
            .subList(0, inferences);
    for (int cut : model.validCuts()) {
      SplitPlan split = new SplitPlan(cut, 2);
      InferenceReport report =
          protocol.run(
              new InferenceRequest(model, split, inputs, options),
              ProgressListener.SILENT,
              random.fork("run " + cut));
      for (int i = 0; i < inferences; i++) {
        assertArrayEquals(
            FixedPointInterpreter.run(model, inputs.get(i)),
            report.outputs().get(i),
            "cut " + cut + " of " + model.layers());
      }
      Map<Traffic.Flow, Traffic.Volume> measured = measured(report);
      assertFalse(measured.isEmpty());
      assertEquals(
          measured, Map.copyOf(protocol.plan(model, split, options, inferences).traffic().flows()));
    }
  }

  @Property(tries = 20)
  void whatThePaperDoesNotPrint_isRefused(@ForAll("roles") Roles roles, @ForAll long seed) {
    PrintedProtocol protocol = protocol(roles);
    SeededRandom random = SeededRandom.ofInsecureNumber(seed);
    FixedModel model = RandomNets.withShortcuts(3, protocol.modulus(), random.fork("net"));
    for (int cut : model.validCuts()) {
      SplitPlan split = new SplitPlan(cut, 2);
      assertRefused(protocol, model.revealingLabel(), split, cut % 2 == 0 ? "label" : "split");
      if (model.crossing(cut).size() > 1) {
        assertRefused(protocol, model, split, "residual connection");
      } else {
        protocol.check(model, split, RunOptions.STANDARD);
      }
    }
  }

  private static void assertRefused(
      PrintedProtocol protocol, FixedModel model, SplitPlan split, String what) {
    var e =
        assertThrows(
            IllegalArgumentException.class,
            () -> protocol.check(model, split, RunOptions.STANDARD));
    assertTrue(String.valueOf(e.getMessage()).contains(what), e.getMessage());
  }

  private static Map<Traffic.Flow, Traffic.Volume> measured(InferenceReport report) {
    Map<Traffic.Flow, Traffic.Volume> measured = new HashMap<>();
    report
        .costs()
        .forEach(
            (party, meter) ->
                meter
                    .links()
                    .forEach(
                        (link, cost) -> {
                          if (cost.messagesSent() > 0) {
                            measured.put(
                                new Traffic.Flow(link.scope(), party, link.peer()),
                                new Traffic.Volume(cost.messagesSent(), cost.bytesSent()));
                          }
                        }));
    return measured;
  }
}
