package org.secolab.protocol.seco;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import org.junit.jupiter.api.Test;
import org.secolab.foundation.random.SeededRandom;
import org.secolab.modelio.fixed.FixedConvolution;
import org.secolab.modelio.fixed.FixedLinear;
import org.secolab.modelio.fixed.FixedModel;
import org.secolab.modelio.fixed.InputRange;
import org.secolab.modelio.fixed.Modulus;
import org.secolab.protocol.deploy.DeployedModel;
import org.secolab.protocol.deploy.PartHeader;
import org.secolab.protocol.deploy.ServerPart;
import org.secolab.protocol.inference.RandomNets;
import org.secolab.protocol.inference.SplitPlan;

/** What stands in remote servers' parts about the gateway's weights: nothing. */
final class RemoteHeaderTest {
  /** A net whose first layer, the gateway's, has a weight of this size. */
  private static DeployedModel deployed(long largest) {
    FixedModel net =
        RandomNets.fullyConnected(new int[] {9, 6, 5, 3}, SeededRandom.ofInsecureNumber(1));
    FixedLinear first = (FixedLinear) net.layers().getFirst();
    ((FixedConvolution) first.branches().getFirst().operations().getFirst()).weights()[0] = largest;
    FixedModel model =
        new FixedModel(
            net.name(),
            Modulus.powerOfTwo(28),
            4,
            net.inputShape(),
            InputRange.UNIT,
            net.layers(),
            8);
    return SecoParty.deploy(model, new SplitPlan(2, 2), SeededRandom.ofInsecureNumber(2));
  }

  @Test
  void headersOfRemotes_doNotDependOnTheGatewaysWeights() {
    DeployedModel small = deployed(1 << 10);
    DeployedModel large = deployed(1 << 15);
    assertEquals(
        small.gateway().header().userKey().spec(), large.gateway().header().userKey().spec());
    assertNotEquals(small.gateway().header().userKey(), large.gateway().header().userKey());
    for (int j = 0; j < 2; j++) {
      assertEquals(
          withoutHash(small.remotes().get(j), small), withoutHash(large.remotes().get(j), small));
    }
  }

  private static PartHeader withoutHash(ServerPart part, DeployedModel any) {
    PartHeader header = part.header();
    return new PartHeader(
        header.party(),
        header.split(),
        any.gateway().header().model(),
        header.userKey(),
        header.collectiveKey());
  }
}
