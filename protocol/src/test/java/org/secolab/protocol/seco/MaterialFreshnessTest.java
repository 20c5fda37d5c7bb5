package org.secolab.protocol.seco;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.secolab.foundation.party.PartyId;
import org.secolab.foundation.party.ProtocolAbortException;
import org.secolab.foundation.party.SessionId;
import org.secolab.foundation.random.SeededRandom;
import org.secolab.foundation.transport.EmbeddedParties;
import org.secolab.modelio.fixed.FixedModel;
import org.secolab.protocol.cut.ByNumber;
import org.secolab.protocol.cut.Material;
import org.secolab.protocol.cut.Progress;
import org.secolab.protocol.cut.UserProgram;
import org.secolab.protocol.deploy.DeployedModel;
import org.secolab.protocol.deploy.ServerPart;
import org.secolab.protocol.inference.ProgressListener;
import org.secolab.protocol.inference.RandomNets;
import org.secolab.protocol.inference.SplitPlan;

/**
 * Every mask, pad and share of every party is drawn for one inference and one place: material of
 * three inferences, made in one run, has no tensor twice. What is compared is the material itself,
 * since a mask used twice need not show in messages of which others' masks are part.
 */
final class MaterialFreshnessTest {
  private static final SplitPlan SPLIT = new SplitPlan(2, 3);
  private static final int INFERENCES = 3;

  /** Long enough that no two uniform tensors of the run ever agree by chance. */
  private static final int LEAST_VALUES = 4;

  private final Map<PartyId, List<long[]>> tensors = new ConcurrentHashMap<>();

  private void keep(PartyId party, ByNumber<long[]> some) {
    some.forEach(tensor -> tensors.get(party).add(tensor.clone()));
  }

  @Test
  void noTensorOfMaterial_isUsedTwice() throws ProtocolAbortException {
    SeededRandom random = SeededRandom.ofInsecureNumber(31);
    FixedModel model = RandomNets.fullyConnected(new int[] {6, 6, 6, 6}, random.fork("net"));
    SecoPlan plan = SecoPlan.of(model, SPLIT, new InsecureToyParameters());
    DeployedModel deployed = SecoParty.deploy(model, plan, random.fork("deploy"));
    SPLIT.parties().forEach(party -> tensors.put(party, new ArrayList<>()));
    SequencedMap<PartyId, EmbeddedParties.Program<Boolean>> programs = new LinkedHashMap<>();
    programs.put(
        SplitPlan.USER,
        session -> {
          UserProgram user =
              new UserProgram(
                  plan.layers(), session, Transition.ofUser(plan, session), random.fork("user"));
          for (int n = 0; n < INFERENCES; n++) {
            keep(SplitPlan.USER, user.prepare(n).take().masks);
          }
          return true;
        });
    programs.put(
        SplitPlan.GATEWAY,
        session -> {
          GatewayProgram gateway =
              new GatewayProgram(
                  plan,
                  deployed.gateway().model(),
                  session,
                  new Progress(ProgressListener.SILENT, plan.layers(), INFERENCES),
                  random.fork("gateway"));
          for (int n = 0; n < INFERENCES; n++) {
            Material material = gateway.prepare(n).take();
            keep(SplitPlan.GATEWAY, material.masks);
            keep(SplitPlan.GATEWAY, material.shares);
            keep(SplitPlan.GATEWAY, material.pads);
          }
          return true;
        });
    for (ServerPart part : deployed.remotes()) {
      programs.put(
          part.party(),
          session -> {
            RemoteProgram remote =
                new RemoteProgram(plan, part.model(), session, random.fork(part.party().name()));
            for (int n = 0; n < INFERENCES; n++) {
              Material material = remote.prepare(n).take();
              keep(part.party(), material.masks);
              keep(part.party(), material.outputMasks);
              keep(part.party(), material.pads);
            }
            return true;
          });
    }
    EmbeddedParties.run(SessionId.random(random.fork("session")), programs);

    // Of each inference: masks 0 and 2; masks 2 and 4, shares 1, 3 and 5, pad 2; masks 2 and 4,
    // output masks 3 and 5, and pad 4 but at the evaluator.
    assertEquals(2 * INFERENCES, tensors.get(SplitPlan.USER).size());
    assertEquals(6 * INFERENCES, tensors.get(SplitPlan.GATEWAY).size());
    assertEquals(5 * INFERENCES, tensors.get(SplitPlan.remote(1)).size());
    assertEquals(5 * INFERENCES, tensors.get(SplitPlan.remote(2)).size());
    assertEquals(4 * INFERENCES, tensors.get(SplitPlan.remote(3)).size());
    Set<List<Long>> beginnings = new LinkedHashSet<>();
    tensors.forEach(
        (party, own) -> {
          for (long[] tensor : own) {
            assertTrue(tensor.length >= LEAST_VALUES, party + ": " + tensor.length);
            List<Long> beginning = Arrays.stream(tensor, 0, LEAST_VALUES).boxed().toList();
            assertTrue(beginnings.add(beginning), party + ": a tensor was used before");
          }
        });
  }
}
