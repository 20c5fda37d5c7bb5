package org.secolab.protocol.secopaper;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.BitSet;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.secolab.foundation.party.PartyId;
import org.secolab.foundation.party.ProtocolAbortException;
import org.secolab.foundation.party.Roster;
import org.secolab.foundation.party.SessionId;
import org.secolab.foundation.random.RandomSource;
import org.secolab.foundation.random.SeededRandom;
import org.secolab.foundation.transport.EmbeddedParties;
import org.secolab.foundation.transport.InMemoryNetwork;
import org.secolab.foundation.transport.RecordingChannel;
import org.secolab.foundation.transport.Session;
import org.secolab.foundation.wire.FrameHeader;
import org.secolab.foundation.wire.MalformedMessageException;
import org.secolab.foundation.wire.WireReader;
import org.secolab.lattice.bfv.BfvParameters;
import org.secolab.lattice.bfv.RoundedPolynomial;
import org.secolab.lattice.mhe.PolynomialBatch;
import org.secolab.lattice.mhe.RoundedBatch;
import org.secolab.lattice.ring.RnsPolynomial;
import org.secolab.lattice.rlwe.SecretKey;
import org.secolab.modelio.fixed.FixedConvolution;
import org.secolab.modelio.fixed.FixedModel;
import org.secolab.modelio.fixed.FixedPointEngine;
import org.secolab.modelio.fixed.Modulus;
import org.secolab.modelio.reference.FixedPointInterpreter;
import org.secolab.protocol.cut.Material;
import org.secolab.protocol.cut.Progress;
import org.secolab.protocol.cut.UserProgram;
import org.secolab.protocol.deploy.ModelParts;
import org.secolab.protocol.inference.LinearOptions;
import org.secolab.protocol.inference.ProgressListener;
import org.secolab.protocol.inference.RandomNets;
import org.secolab.protocol.inference.SplitPlan;
import org.secolab.protocol.linear.Floods;
import org.secolab.protocol.linear.LinearLayer;
import org.secolab.protocol.linear.Tensors;
import org.secolab.protocol.material.OneTime;

/**
 * What the printed protocol does promise, and correctness tests cannot see: masks and floods are
 * there. One run with the parameters of the paper, everything remote, all material and traffic at
 * hand.
 */
final class PaperGuardsTest {
  private static final SplitPlan SPLIT = new SplitPlan(0, 2);
  private static final Map<String, long[]> SNAPSHOT = new ConcurrentHashMap<>();
  private static final Map<PartyId, RecordingChannel> VIEWS = new ConcurrentHashMap<>();
  private static final Map<PartyId, SecretKey> KEYS = new ConcurrentHashMap<>();

  private static FixedModel model;
  private static PaperPlan plan;
  private static List<long[]> layers;
  private static long[] output;

  private static void keep(String name, long[] values) {
    SNAPSHOT.put(name, values.clone());
  }

  private static long[] kept(String name) {
    return SNAPSHOT.get(name);
  }

  @BeforeAll
  static void runOnce() throws ProtocolAbortException {
    SeededRandom random = SeededRandom.ofInsecureNumber(21);
    PaperParameters parameters = PaperParameters.secure();
    Modulus modulus = Modulus.prime(parameters.parameters().plaintextModulus().value());
    int tries = 0;
    do {
      model = RandomNets.draw(3, false, modulus, random.fork("net " + tries++));
    } while (model.layers().size() != 5 || model.shape(2).size() < 8 || model.shape(3).size() < 4);
    long[] input = RandomNets.input(model, random.fork("input"));
    layers = FixedPointInterpreter.runLayers(model, input);
    plan = new PaperPlanner(Roles.SECO, parameters).choose(model, SPLIT, LinearOptions.STANDARD);
    ModelParts parts = ModelParts.cut(model, SPLIT, random.fork("deploy"));
    RandomSource userRandom = random.fork("user");
    RandomSource gatewayRandom = random.fork("gateway");
    SequencedMap<PartyId, EmbeddedParties.Program<Boolean>> programs = new LinkedHashMap<>();
    programs.put(
        SplitPlan.USER,
        session -> {
          UserProgram user =
              new UserProgram(
                  plan.layers(), session, PrintedProtocol.cutMask(plan, session), userRandom);
          output = user.run(List.of(input)).outputs().getFirst();
          return true;
        });
    programs.put(Roles.A, session -> gateway(session, parts, gatewayRandom));
    for (int j = 0; j < 2; j++) {
      PartyId remote = Roles.REMOTES.get(j);
      FixedModel share = parts.remotes().get(j);
      RandomSource own = random.fork(remote.name());
      programs.put(remote, session -> remote(remote, session, share, own));
    }
    List<PartyId> all = List.copyOf(programs.keySet());
    InMemoryNetwork network = new InMemoryNetwork(all);
    all.forEach(party -> VIEWS.put(party, new RecordingChannel(network.channel(party))));
    EmbeddedParties.run(
        network,
        programs,
        party -> new Session(new SessionId(8, 9), new Roster(all, party), VIEWS.get(party)));
  }

  private static boolean gateway(Session session, ModelParts parts, RandomSource random)
      throws ProtocolAbortException {
    Progress progress = new Progress(ProgressListener.SILENT, plan.layers(), 1);
    PaperGateway gateway = new PaperGateway(plan, parts.gateway(), session, progress, random);
    Material content = gateway.prepare(0).take();
    keep("mask of gateway", content.masks.at(2));
    keep("gateway share 3", content.shares.at(3));
    OneTime<Material> once = new OneTime<>("material", content);
    gateway.online(once, random.fork("result"));
    int sent = VIEWS.get(Roles.A).entries().size();
    assertThrows(
        IllegalStateException.class, () -> gateway.online(once, random.fork("result again")));
    assertEquals(sent, VIEWS.get(Roles.A).entries().size());
    return true;
  }

  private static boolean remote(
      PartyId self, Session session, FixedModel share, RandomSource random)
      throws ProtocolAbortException {
    PaperRemote remote = new PaperRemote(plan, share, session, random);
    KEYS.put(self, remote.keys.ownShare());
    Material content = remote.prepare(0).take();
    keep("mask of " + self, content.masks.at(2));
    keep("output mask of " + self, content.outputMasks.at(3));
    remote.online(new OneTime<>("again", content), random.fork("result"));
    return true;
  }

  private static List<byte[]> received(PartyId receiver, PartyId sender, String type) {
    return VIEWS.get(receiver).entries().stream()
        .filter(
            entry ->
                !entry.sent()
                    && entry.envelope().peer().equals(sender)
                    && entry.envelope().type().equals(type))
        .map(RecordingChannel.Entry::frame)
        .toList();
  }

  private static WireReader payload(byte[] frame) {
    return new WireReader(frame, FrameHeader.BYTES, frame.length - FrameHeader.BYTES);
  }

  /** Not a mask at all, or nearly: values that agree with what they should hide. */
  private static void assertHides(long[] sent, long[] secret, String what) {
    int equal = 0;
    for (int i = 0; i < sent.length; i++) {
      equal += sent[i] == secret[i] ? 1 : 0;
    }
    assertTrue(equal <= sent.length / 4, what + ": " + equal + " of " + sent.length + " agree");
  }

  @Test
  void output_equalsPlaintext_withTheParametersOfThePaper() {
    assertArrayEquals(layers.getLast(), output);
  }

  @Test
  void nextTensor_isMaskedByEveryServer() throws MalformedMessageException {
    Modulus modulus = plan.modulus();
    byte[] frame = received(Roles.B, Roles.C, "masked-tensor").getFirst();
    long[] rest =
        Tensors.subtract(
            layers.get(2), payload(frame).packed(layers.get(2).length, modulus.bits()), modulus);
    for (PartyId server : SPLIT.servers()) {
      long[] mask = kept("mask of " + server);
      assertHides(mask, new long[mask.length], "mask of " + server);
      rest = Tensors.subtract(rest, mask, modulus);
    }
    assertArrayEquals(new long[rest.length], rest);
  }

  @Test
  void gatewaysShare_isMaskedByBothRemotes() throws ProtocolAbortException {
    Modulus modulus = plan.modulus();
    long[] mask = kept("mask of gateway");
    for (PartyId remote : Roles.REMOTES) {
      mask = Tensors.add(mask, kept("mask of " + remote), modulus);
    }
    LinearLayer layer = plan.remote().linear().get(1);
    long[] summed = mask;
    long[] product =
        layer.secretPart(
            _ -> summed,
            modulus,
            (_, convolution, in) -> FixedPointEngine.apply(withoutBias(convolution), modulus, in));
    long[] rest = product;
    for (PartyId remote : Roles.REMOTES) {
      long[] outputMask = kept("output mask of " + remote);
      assertHides(outputMask, new long[outputMask.length], "output mask of " + remote);
      rest = Tensors.subtract(rest, outputMask, modulus);
    }
    assertArrayEquals(rest, kept("gateway share 3"));
  }

  private static FixedConvolution withoutBias(FixedConvolution convolution) {
    return convolution.withParameters(convolution.weights(), new long[convolution.bias().length]);
  }

  @Test
  void decryptionShares_areFlooded() throws MalformedMessageException {
    BfvParameters parameters = plan.parameters();
    for (PartyId remote : Roles.REMOTES) {
      List<byte[]> seconds = received(remote, Roles.A, "product-c1");
      List<byte[]> shares = received(Roles.A, remote, "decryption-shares");
      assertEquals(seconds.size(), shares.size());
      assertTrue(seconds.size() >= 3, "three layers");
      for (int k = 0; k < seconds.size(); k++) {
        // Every coefficient of every result is sent here, so the length tells the number of
        // results.
        BitSet everywhere = RoundedPolynomial.everywhere(parameters);
        int results =
            payload(shares.get(k)).remaining()
                / RoundedPolynomial.wireBytes(parameters, parameters.degree());
        assertTrue(results >= 1, "a message without results");
        List<RnsPolynomial> c1 =
            PolynomialBatch.type(0, "c1", "test", parameters.rlwe(), results)
                .read(payload(seconds.get(k)))
                .polynomials();
        List<RoundedPolynomial> sent =
            RoundedBatch.type(
                    0, "shares", "test", parameters, Collections.nCopies(results, everywhere))
                .read(payload(shares.get(k)))
                .polynomials();
        Floods.assertSharesAreFlooded(plan.remote().choice(), sent, c1, KEYS.get(remote));
      }
    }
  }

  @Test
  void gateway_isIdleBehindTheCut_untilTheResult() {
    List<String> online =
        VIEWS.get(Roles.A).entries().stream()
            .filter(entry -> !entry.sent() && !entry.envelope().peer().equals(SplitPlan.USER))
            .map(entry -> entry.envelope().type())
            .toList();
    assertEquals(
        List.of("output-share", "output-share"), online.subList(online.size() - 2, online.size()));
    assertTrue(
        online.subList(0, online.size() - 2).stream()
            .noneMatch(type -> type.equals("masked-tensor") || type.equals("labels")));
  }

  @Test
  void user_talksToTheGatewayOnly() {
    assertTrue(
        VIEWS.get(SplitPlan.USER).entries().stream()
            .allMatch(entry -> entry.envelope().peer().equals(SplitPlan.GATEWAY)));
  }
}
