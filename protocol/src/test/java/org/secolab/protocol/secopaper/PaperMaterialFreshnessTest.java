package org.secolab.protocol.secopaper;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.secolab.foundation.party.PartyId;
import org.secolab.foundation.party.ProtocolAbortException;
import org.secolab.foundation.party.SessionId;
import org.secolab.foundation.random.SeededRandom;
import org.secolab.foundation.transport.EmbeddedParties;
import org.secolab.foundation.transport.Session;
import org.secolab.modelio.fixed.FixedLayer;
import org.secolab.modelio.fixed.FixedModel;
import org.secolab.modelio.fixed.Modulus;
import org.secolab.protocol.cut.Material;
import org.secolab.protocol.cut.Progress;
import org.secolab.protocol.cut.UserProgram;
import org.secolab.protocol.deploy.ModelParts;
import org.secolab.protocol.inference.LinearOptions;
import org.secolab.protocol.inference.ProgressListener;
import org.secolab.protocol.inference.RandomNets;
import org.secolab.protocol.inference.SplitPlan;
import org.secolab.protocol.material.OneTime;

/**
 * As printed, too, every mask, pad and share of a server is drawn for one inference and one place:
 * material of two inferences has no tensor twice.
 */
final class PaperMaterialFreshnessTest {
  private static final SplitPlan SPLIT = new SplitPlan(2, 2);
  private static final int INFERENCES = 2;

  private final SeededRandom random = SeededRandom.ofInsecureNumber(24);
  private final Set<List<Long>> tensors = ConcurrentHashMap.newKeySet();
  private final AtomicInteger count = new AtomicInteger();

  private void keep(long[] tensor) {
    count.incrementAndGet();
    assertTrue(tensor.length >= 4, "too few values: " + tensor.length);
    assertTrue(tensors.add(Arrays.stream(tensor).boxed().toList()), "a tensor was used before");
  }

  @Test
  void noTensorOfSeco_isUsedTwice() throws ProtocolAbortException {
    prepare(Roles.SECO);
  }

  @Test
  void noTensorOfDelphi3_isUsedTwice() throws ProtocolAbortException {
    prepare(Roles.DELPHI_3);
  }

  private void prepare(Roles roles) throws ProtocolAbortException {
    PaperParameters parameters = PrintedProtocolProperties.TOY;
    Modulus modulus = Modulus.prime(parameters.parameters().plaintextModulus().value());
    int tries = 0;
    FixedModel drawn;
    do {
      drawn = RandomNets.draw(3, false, modulus, random.fork("net " + tries++));
    } while (drawn.layers().size() != 5
        || drawn.layers().stream().anyMatch(PaperMaterialFreshnessTest::isSmall));
    FixedModel model = drawn;
    PaperPlan plan =
        new PaperPlanner(roles, parameters).choose(model, SPLIT, LinearOptions.STANDARD);
    ModelParts parts = ModelParts.cut(model, SPLIT, random.fork("deploy"));
    SequencedMap<PartyId, EmbeddedParties.Program<Boolean>> programs = new LinkedHashMap<>();
    programs.put(
        SplitPlan.USER,
        session -> {
          UserProgram user =
              new UserProgram(
                  plan.layers(),
                  session,
                  PrintedProtocol.cutMask(plan, session),
                  random.fork("user"));
          user.run(
              List.of(
                  RandomNets.input(model, random.fork("input 1")),
                  RandomNets.input(model, random.fork("input 2"))));
          return true;
        });
    programs.put(Roles.A, session -> gateway(plan, parts, session));
    for (int j = 0; j < 2; j++) {
      FixedModel share = parts.remotes().get(j);
      programs.put(Roles.REMOTES.get(j), session -> remote(plan, share, session));
    }
    EmbeddedParties.run(new SessionId(5, 7), programs);
    // A: mask 4, shares 1, 3 and 5, pad 2; B and C: mask 4, output masks 3 and 5.
    assertEquals(INFERENCES * (5 + 2 * 3), count.get());
  }

  private static boolean isSmall(FixedLayer layer) {
    return layer.outputShape().size() < 4;
  }

  private boolean gateway(PaperPlan plan, ModelParts parts, Session session)
      throws ProtocolAbortException {
    Progress progress = new Progress(ProgressListener.SILENT, plan.layers(), INFERENCES);
    PaperGateway gateway =
        new PaperGateway(plan, parts.gateway(), session, progress, random.fork("gateway"));
    for (int inference = 0; inference < INFERENCES; inference++) {
      Material material = gateway.prepare(inference).take();
      keep(material.masks.at(4)); // At the cut the user alone has a mask.
      material.shares.forEach(this::keep);
      material.pads.forEach(this::keep);
      gateway.online(new OneTime<>("again", material), random.fork("result " + inference));
    }
    return true;
  }

  private boolean remote(PaperPlan plan, FixedModel share, Session session)
      throws ProtocolAbortException {
    String name = session.self().name();
    PaperRemote remote = new PaperRemote(plan, share, session, random.fork(name));
    for (int inference = 0; inference < INFERENCES; inference++) {
      Material material = remote.prepare(inference).take();
      keep(material.masks.at(4));
      material.outputMasks.forEach(this::keep);
      remote.online(new OneTime<>("again", material), random.fork(name + " " + inference));
    }
    return true;
  }
}
