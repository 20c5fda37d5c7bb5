package org.secolab.repro.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.secolab.protocol.material.MaterialStore;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code seco store}: what is left of material made ahead. */
@Command(
    name = "store",
    description =
        "Show how many prepared inferences the stores in a folder have left, party by party. Parties"
            + " use what all of them have left.",
    mixinStandardHelpOptions = true)
final class StoreCommand implements Callable<Integer> {
  @Parameters(paramLabel = "DIR", description = "What was given as --store.")
  private Path folder = Path.of(".");

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    if (spec == null) {
      throw new AssertionError("picocli injects the specification");
    }
    List<MaterialStore.Summary> stores = new ArrayList<>();
    for (Path place : places()) {
      stores.add(MaterialStore.summary(place));
    }
    PrintWriter out = spec.commandLine().getOut();
    out.printf("%-12s %6s %14s  %s%n", "party", "left", "bytes", "of");
    for (MaterialStore.Summary store : stores) {
      out.printf(
          Locale.ROOT,
          "%-12s %6d %,14d  %s, deployment %s, %s%n",
          store.owner().party(),
          store.left(),
          store.bytes(),
          store.owner().protocol(),
          store.owner().deployment(),
          store.owner().parameters());
    }
    return ExitCodes.DONE;
  }

  private List<Path> places() throws IOException {
    List<Path> places = new ArrayList<>();
    if (Files.isDirectory(folder)) {
      try (Stream<Path> files = Files.list(folder)) {
        files.filter(MaterialStore::isIn).sorted().forEach(places::add);
      }
    }
    if (places.isEmpty()) {
      throw new IllegalArgumentException("DIR: expected a folder with stores, got " + folder);
    }
    return places;
  }
}
