package org.secolab.repro.cli;

import java.io.PrintWriter;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.secolab.foundation.random.RandomSource;
import org.secolab.foundation.random.SeededRandom;
import org.secolab.foundation.random.SystemRandom;
import picocli.CommandLine.Option;

/** {@code --seed}, for embedded runs only. */
final class SeedOption {
  @Option(
      names = "--seed",
      paramLabel = "HEX",
      description = "INSECURE: all randomness from this seed of up to 64 hex digits, for tests.")
  private @Nullable String seed;

  /** Whether a seed was given: then all output must say so. */
  boolean isGiven() {
    return seed != null;
  }

  /** Where randomness comes from; warns on {@code err} if that is a seed. */
  RandomSource random(PrintWriter err) {
    if (seed == null) {
      return new SystemRandom();
    }
    err.println(InferenceJson.INSECURE_NOTICE);
    try {
      byte[] bytes = HexFormat.of().parseHex(seed);
      return new SeededRandom(Arrays.copyOf(bytes, SeededRandom.SEED_BYTES));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "--seed: expected an even number of hex digits, at most 64, got \"" + seed + "\"", e);
    }
  }
}
