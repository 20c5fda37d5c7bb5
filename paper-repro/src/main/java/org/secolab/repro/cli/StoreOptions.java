package org.secolab.repro.cli;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.secolab.protocol.deploy.Part;
import org.secolab.protocol.seco.SecoStore;
import picocli.CommandLine.Option;

/** What a command line says about material that is made ahead; all parties must say the same. */
final class StoreOptions {
  /** Most inferences made ahead at once. */
  private static final int MAXIMUM = 10_000;

  @Option(
      names = "--store",
      paramLabel = "DIR",
      description =
          "Use material made ahead, each piece once. It lies in a folder of the party's name in DIR"
              + " and holds secrets in clear.")
  private @Nullable Path store;

  @Option(
      names = "--prepare",
      paramLabel = "K",
      description = "Make material for K inferences ahead, add it to --store, and end.")
  private @Nullable String prepare;

  /** Whether material goes to or comes from a store. */
  boolean isGiven() {
    folder();
    return store != null;
  }

  private @Nullable Path folder() {
    if (prepare != null && store == null) {
      throw new IllegalArgumentException("--prepare: expected --store DIR with it, got none");
    }
    return store;
  }

  /** How many inferences are to be prepared; 0 if material is to be used. */
  int prepare() {
    folder();
    return prepare == null ? 0 : NumberOptions.number("--prepare", prepare, 1, MAXIMUM);
  }

  /** The store of a party. */
  SecoStore open(Part part) throws IOException {
    Path parent = folder();
    if (parent == null) {
      throw new AssertionError("asked for only if given");
    }
    return SecoStore.open(part, parent.resolve(part.party().name()));
  }

  /** What all parties must have in common, in words; empty without a store. */
  String agreed() {
    return isGiven() ? "store, prepare " + prepare() : "";
  }
}
