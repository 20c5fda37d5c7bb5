package org.secolab.protocol.seco;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.secolab.foundation.party.ProtocolAbortException;
import org.secolab.foundation.random.SeededRandom;
import org.secolab.modelio.fixed.FixedModel;
import org.secolab.modelio.reference.FixedPointInterpreter;
import org.secolab.protocol.inference.RandomNets;
import org.secolab.protocol.inference.SplitPlan;

/**
 * Whatever the net, the cut and the order of runs: what is prepared serves once and gives
 * plaintext's output, and no inference is served that was not prepared.
 */
final class SecoStoreProperties {
  @Property(tries = 8)
  void preparedInferences_equalPlaintext_inAnyOrderOfRuns(
      @ForAll @IntRange(min = 1, max = 3) int depth,
      @ForAll boolean residual,
      @ForAll @IntRange(min = 2, max = 3) int remoteServers,
      @ForAll long seed)
      throws ProtocolAbortException, IOException {
    SeededRandom random = SeededRandom.ofInsecureNumber(seed);
    FixedModel model = RandomNets.draw(depth, residual, random.fork("net"));
    List<Integer> cuts = model.validCuts();
    SplitPlan split = new SplitPlan(cuts.get(random.nextInt(cuts.size())), remoteServers);
    Path folder = Files.createTempDirectory("stores");
    try {
      StoredParties parties = new StoredParties(model, split, folder, random.fork("parties"));
      int left = 0;
      for (int run = 0; run < 4; run++) {
        if (left == 0 || random.nextInt(3) == 0) {
          int count = 1 + random.nextInt(3);
          parties.prepare(count);
          left += count;
        }
        List<long[]> inputs = new ArrayList<>();
        int count = 1 + random.nextInt(left);
        for (int i = 0; i < count; i++) {
          inputs.add(RandomNets.input(model, random.fork("input " + run + "." + i)));
        }
        List<long[]> outputs = parties.infer(inputs).outcomes().firstEntry().getValue().outputs();
        for (int i = 0; i < count; i++) {
          assertArrayEquals(FixedPointInterpreter.run(model, inputs.get(i)), outputs.get(i));
        }
        left -= count;
        assertEquals(left, parties.left().get(SplitPlan.USER));
      }
      List<long[]> tooMany = new ArrayList<>();
      for (int i = 0; i <= left; i++) {
        tooMany.add(RandomNets.input(model, random.fork("too many " + i)));
      }
      assertThrows(UncheckedIOException.class, () -> parties.infer(tooMany));
    } finally {
      delete(folder);
    }
  }

  private static void delete(Path folder) throws IOException {
    List<Path> all;
    try (Stream<Path> files = Files.walk(folder)) {
      all = files.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path each : all) {
      Files.delete(each);
    }
  }
}
