package org.secolab.repro.bench;

import java.util.List;
import java.util.function.Predicate;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.secolab.foundation.party.ProtocolAbortException;
import org.secolab.foundation.random.SystemRandom;
import org.secolab.foundation.transport.Cost;
import org.secolab.foundation.transport.CostMeter;
import org.secolab.foundation.transport.Phase;
import org.secolab.modelio.bundled.BundledModels;
import org.secolab.modelio.fixed.FixedModel;
import org.secolab.modelio.fixed.InputRange;
import org.secolab.modelio.fixed.Quantiser;
import org.secolab.modelio.fixed.RangePolicy;
import org.secolab.modelio.graph.ModelFormatException;
import org.secolab.protocol.inference.InferenceRequest;
import org.secolab.protocol.inference.ProgressListener;
import org.secolab.protocol.inference.RunOptions;
import org.secolab.protocol.inference.SplitPlan;
import org.secolab.protocol.seco.SecoProtocol;

/**
 * Parts of an inference: MiniONN, everything on two remote servers, f = 8. Every invocation is a
 * whole inference with all parties; what is counted is the CPU time that the parties' own books
 * charge to the part, all parties together.
 */
@State(Scope.Thread)
public class InferenceBenchmarks {
  /** The second convolution, 16 to 16 channels, 5×5. */
  private static final int CONVOLUTION = 3;

  /** CPU time by the parties' books, instead of the profiler's. */
  @AuxCounters(AuxCounters.Type.EVENTS)
  @State(Scope.Thread)
  public static class Books {
    /** Charged to the part, of all invocations. */
    public long cpuNanos;

    /** Invocations. */
    public long operations;
  }

  @SuppressWarnings("NullAway.Init") // by setUp
  private InferenceRequest request;

  /** The model and a digit. */
  @Setup
  public void setUp() throws ModelFormatException {
    FixedModel model =
        Quantiser.quantise(
                BundledModels.open("mnist-minionn"), 8, InputRange.UNIT, new RangePolicy.Proven())
            .model();
    long[] digit = model.encodeInput(BundledModels.testImages().tensors().getFirst());
    request = new InferenceRequest(model, new SplitPlan(0, 2), List.of(digit), RunOptions.STANDARD);
  }

  /** From the input to the result. */
  @Benchmark
  public long[] online(Books books) throws ProtocolAbortException {
    return run(books, scope -> scope.phase() == Phase.ONLINE);
  }

  /** The one-time material of one convolution behind the cut. */
  @Benchmark
  public long[] convolution(Books books) throws ProtocolAbortException {
    return run(
        books, scope -> scope.phase() == Phase.SETUP_PER_INFERENCE && scope.layer() == CONVOLUTION);
  }

  private long[] run(Books books, Predicate<org.secolab.foundation.transport.Scope> part)
      throws ProtocolAbortException {
    var report = new SecoProtocol().run(request, ProgressListener.SILENT, new SystemRandom());
    for (CostMeter meter : report.costs().values()) {
      books.cpuNanos +=
          meter.costs().entrySet().stream()
              .filter(entry -> part.test(entry.getKey()))
              .map(java.util.Map.Entry::getValue)
              .mapToLong(Cost::cpuNanos)
              .sum();
    }
    books.operations++;
    return report.outputs().getFirst();
  }
}
