package org.secolab.protocol.inference;

import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import org.secolab.foundation.party.ProtocolAbortException;
import org.secolab.foundation.random.RandomSource;
import org.secolab.modelio.fixed.FixedModel;
import org.secolab.modelio.fixed.Modulus;

/**
 * A way to compute a model's output for a user. Implementations are found by {@link ServiceLoader}.
 */
public interface InferenceProtocol {
  /** The name on the command line, such as {@code seco}. */
  String name();

  /** Against whom it is secure and what is known to be wrong with it. */
  Guarantee guarantee();

  /** The modulus that models must have; empty if any power of two will do. */
  default Optional<Modulus> requiredModulus() {
    return Optional.empty();
  }

  /**
   * Refuses what this protocol cannot run.
   *
   * @throws IllegalArgumentException with one line that says what was expected and what was given
   */
  void check(FixedModel model, SplitPlan split, RunOptions options);

  /**
   * Works out a run of {@code inferences} inputs without any cryptography.
   *
   * @throws IllegalArgumentException as {@link #check}
   */
  InferencePlan plan(FixedModel model, SplitPlan split, RunOptions options, int inferences);

  /**
   * Runs all parties in this process.
   *
   * @param random everything random comes from here; the same source gives the same run
   * @throws ProtocolAbortException if a party broke the protocol
   * @throws IllegalArgumentException as {@link #check}
   */
  InferenceReport run(InferenceRequest request, ProgressListener progress, RandomSource random)
      throws ProtocolAbortException;

  /** All protocols there are, by name. */
  static List<InferenceProtocol> all() {
    return ServiceLoader.load(InferenceProtocol.class).stream()
        .map(ServiceLoader.Provider::get)
        .sorted((a, b) -> a.name().compareTo(b.name()))
        .toList();
  }

  /**
   * The protocol called {@code name}.
   *
   * @throws IllegalArgumentException if there is none
   */
  static InferenceProtocol named(String name) {
    List<InferenceProtocol> all = all();
    return all.stream()
        .filter(protocol -> protocol.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "expected a protocol of "
                        + all.stream().map(InferenceProtocol::name).toList()
                        + ", got "
                        + name));
  }
}
