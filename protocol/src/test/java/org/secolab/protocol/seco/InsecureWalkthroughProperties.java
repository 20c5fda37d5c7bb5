package org.secolab.protocol.seco;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.secolab.foundation.random.SeededRandom;
import org.secolab.modelio.fixed.FixedModel;
import org.secolab.modelio.reference.FixedPointInterpreter;
import org.secolab.protocol.inference.RandomNets;
import org.secolab.protocol.inference.SplitPlan;

/** What is shown of a layer adds up to what the layer computes, wherever it stands. */
final class InsecureWalkthroughProperties {
  @Property(tries = 15)
  void lastStep_isTheLayersOutput_thoughNobodyHasIt(
      @ForAll @IntRange(min = 1, max = 3) int depth,
      @ForAll boolean shortcuts,
      @ForAll @IntRange(min = 2, max = 4) int remoteServers,
      @ForAll long seed) {
    SeededRandom random = SeededRandom.ofInsecureNumber(seed);
    FixedModel drawn =
        shortcuts
            ? RandomNets.withShortcuts(depth, random.fork("net"))
            : RandomNets.draw(depth, true, random.fork("net"));
    FixedModel model = RandomNets.revealingLabel(drawn);
    long[] input = RandomNets.input(model, random.fork("input"));
    List<long[]> plain = FixedPointInterpreter.runLayers(model, input);
    for (int cut : model.validCuts()) {
      for (int layer = 1; layer <= model.layers().size(); layer++) {
        List<InsecureWalkthrough.Step> steps =
            InsecureWalkthrough.of(
                model,
                new SplitPlan(cut, remoteServers),
                layer,
                input,
                random.fork(cut + " " + layer));
        InsecureWalkthrough.Step last = steps.getLast();
        assertArrayEquals(plain.get(layer), last.value().values(), "layer " + layer);
        assertEquals(List.of(), last.seenBy());
        assertTrue(steps.size() > 5);
      }
    }
  }
}
