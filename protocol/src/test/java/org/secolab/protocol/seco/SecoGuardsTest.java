package org.secolab.protocol.seco;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
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
import org.secolab.foundation.random.SeededRandom;
import org.secolab.foundation.transport.EmbeddedParties;
import org.secolab.foundation.transport.InMemoryNetwork;
import org.secolab.foundation.transport.RecordingChannel;
import org.secolab.foundation.transport.Session;
import org.secolab.foundation.wire.FrameHeader;
import org.secolab.foundation.wire.MalformedMessageException;
import org.secolab.foundation.wire.MessageType;
import org.secolab.foundation.wire.WireReader;
import org.secolab.lattice.bfv.BfvEvaluator;
import org.secolab.lattice.bfv.BfvParameters;
import org.secolab.lattice.bfv.ParameterChoice;
import org.secolab.lattice.bfv.PreparedWeights;
import org.secolab.lattice.bfv.RoundedPolynomial;
import org.secolab.lattice.mhe.CiphertextBatch;
import org.secolab.lattice.mhe.PolynomialBatch;
import org.secolab.lattice.mhe.RoundedBatch;
import org.secolab.lattice.ring.RnsPolynomial;
import org.secolab.lattice.rlwe.Ciphertext;
import org.secolab.lattice.rlwe.SecretKey;
import org.secolab.modelio.fixed.FixedLinear;
import org.secolab.modelio.fixed.FixedModel;
import org.secolab.modelio.fixed.FixedPointEngine;
import org.secolab.modelio.fixed.Modulus;
import org.secolab.modelio.reference.FixedPointInterpreter;
import org.secolab.protocol.cut.Material;
import org.secolab.protocol.cut.Progress;
import org.secolab.protocol.cut.UserProgram;
import org.secolab.protocol.deploy.DeployedModel;
import org.secolab.protocol.deploy.ServerPart;
import org.secolab.protocol.inference.ProgressListener;
import org.secolab.protocol.inference.RandomNets;
import org.secolab.protocol.inference.SplitPlan;
import org.secolab.protocol.linear.DensePacking;
import org.secolab.protocol.linear.Floods;
import org.secolab.protocol.linear.PackedConvolution;
import org.secolab.protocol.linear.ParameterPolicy;
import org.secolab.protocol.linear.SelectedCiphertexts;
import org.secolab.protocol.linear.Tensors;
import org.secolab.protocol.linear.WeightSet;
import org.secolab.protocol.material.OneTime;

/**
 * What correctness tests cannot see: that the masks, pads and floods of the real protocol are
 * there. One run with secure parameters, all parties' material and traffic at hand: layers 1 and 2
 * on the gateway, 3 to 5 behind the cut, three remote servers, of which the third evaluates.
 */
final class SecoGuardsTest {
  private static final SplitPlan SPLIT = new SplitPlan(2, 3);
  private static final PartyId EVALUATOR = SplitPlan.remote(3);
  private static final Map<String, long[]> SNAPSHOT = new ConcurrentHashMap<>();
  private static final Map<PartyId, RecordingChannel> VIEWS = new ConcurrentHashMap<>();
  private static final Map<PartyId, SecretKey> KEYS = new ConcurrentHashMap<>();

  private static FixedModel model;
  private static SecoPlan plan;
  private static List<long[]> layers;
  private static DeployedModel deployed;

  private static void keep(String name, long[] values) {
    SNAPSHOT.put(name, values.clone());
  }

  private static long[] kept(String name) {
    return SNAPSHOT.get(name);
  }

  @BeforeAll
  static void runOnce() throws ProtocolAbortException {
    // In this ring and with these weights floods reach the bits that are sent.
    SeededRandom random = SeededRandom.ofInsecureNumber(20);
    int tries = 0;
    do {
      model = RandomNets.draw(3, false, Modulus.powerOfTwo(32), random.fork("net " + tries++));
    } while (model.layers().size() != 5 || model.shape(2).size() < 8 || model.shape(4).size() < 4);
    long[] input = RandomNets.input(model, random.fork("input"));
    layers = FixedPointInterpreter.runLayers(model, input);
    plan = SecoPlan.of(model, SPLIT, ParameterPolicy.SECURE);
    deployed = SecoParty.deploy(model, plan, random.fork("deploy"));
    SequencedMap<PartyId, EmbeddedParties.Program<Boolean>> programs = new LinkedHashMap<>();
    programs.put(
        SplitPlan.USER,
        session -> {
          UserProgram user =
              new UserProgram(
                  plan.layers(), session, Transition.ofUser(plan, session), random.fork("user"));
          KEYS.put(SplitPlan.USER, user.keys.secretKey);
          OneTime<Material> material = user.prepare(0);
          Material content = material.take();
          keep("user mask 2", content.masks.at(2));
          assertArrayEquals(layers.getLast(), user.online(input, new OneTime<>("again", content)));
          return true;
        });
    programs.put(
        SplitPlan.GATEWAY,
        session -> {
          Progress progress = new Progress(ProgressListener.SILENT, plan.layers(), 1);
          GatewayProgram gateway =
              new GatewayProgram(
                  plan, deployed.gateway().model(), session, progress, random.fork("gateway"));
          KEYS.put(SplitPlan.GATEWAY, gateway.keys.orElseThrow().ownShare());
          Material content = gateway.prepare(0).take();
          keep("gateway share 3", content.shares.at(3));
          keep("gateway mask 2", content.masks.at(2));
          keep("gateway mask 4", content.masks.at(4));
          keep("gateway pad 2", content.pads.at(2));
          OneTime<Material> once = new OneTime<>("material", content);
          gateway.online(once, random.fork("gateway result"));
          int sent = VIEWS.get(SplitPlan.GATEWAY).entries().size();
          assertThrows(
              IllegalStateException.class,
              () -> gateway.online(once, random.fork("gateway result again")));
          assertEquals(sent, VIEWS.get(SplitPlan.GATEWAY).entries().size());
          return true;
        });
    for (ServerPart part : deployed.remotes()) {
      programs.put(part.party(), session -> remote(part, session, random));
    }
    List<PartyId> parties = List.copyOf(programs.keySet());
    InMemoryNetwork network = new InMemoryNetwork(parties);
    parties.forEach(party -> VIEWS.put(party, new RecordingChannel(network.channel(party))));
    EmbeddedParties.run(
        network,
        programs,
        party -> new Session(new SessionId(3, 4), new Roster(parties, party), VIEWS.get(party)));
  }

  private static boolean remote(ServerPart part, Session session, SeededRandom random)
      throws ProtocolAbortException {
    String name = part.party().name();
    RemoteProgram remote = new RemoteProgram(plan, part.model(), session, random.fork(name));
    KEYS.put(part.party(), remote.keys.ownShare());
    Material content = remote.prepare(0).take();
    keep(name + " mask 2", content.masks.at(2));
    keep(name + " mask 4", content.masks.at(4));
    keep(name + " output mask 3", content.outputMasks.at(3));
    if (!part.party().equals(EVALUATOR)) {
      keep(name + " pad 4", content.pads.at(4));
    }
    remote.online(new OneTime<>("again", content), random.fork(name + " result"));
    return true;
  }

  private static Modulus modulus() {
    return model.modulus();
  }

  /** The frames of one type that {@code receiver} got from {@code sender}. */
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

  private static long[] residues(byte[] frame, int count) throws MalformedMessageException {
    return payload(frame).packed(count, modulus().bits());
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
  void shares_leaveUnderAPad_towardsTheEvaluatorOnly() throws MalformedMessageException {
    long[] open = Tensors.subtract(layers.get(3), kept("gateway share 3"), modulus());
    long[] padded = open;
    for (int j = 1; j <= 2; j++) {
      PartyId remote = SplitPlan.remote(j);
      List<byte[]> frames = received(EVALUATOR, remote, "padded-share");
      assertEquals(1, frames.size());
      long[] pad = kept(remote + " pad 4");
      assertHides(pad, new long[pad.length], "pad of " + remote);
      // What is left of y without this share is E^C and the other's, which is uniform: so a missing
      // pad shows in the sum over both, below.
      padded = Tensors.subtract(padded, residues(frames.getFirst(), pad.length), modulus());
      for (PartyId other : SPLIT.parties()) {
        if (!other.equals(EVALUATOR)) {
          assertEquals(List.of(), received(other, remote, "padded-share"));
        }
      }
    }
    // y − E^A − Σ (E^j + ρ^j) = E^C − Σ ρ^j: the pads are in what was sent.
    long[] pads = Tensors.add(kept("remote1 pad 4"), kept("remote2 pad 4"), modulus());
    long[] evaluatorsShare = Tensors.add(padded, pads, modulus());
    assertHides(padded, evaluatorsShare, "padded shares");
    assertEvaluatorsShare(evaluatorsShare);
  }

  /** E^C = F^C z + s^C, from the evaluator's own part. */
  private static void assertEvaluatorsShare(long[] share) throws MalformedMessageException {
    long[] z =
        residues(received(EVALUATOR, SplitPlan.GATEWAY, "masked-cut").getFirst(), plan.cutSize());
    List<long[]> tensors = new ArrayList<>(List.of(new long[0], new long[0], z));
    long[] product =
        FixedPointEngine.apply(
            (FixedLinear) deployed.remotes().get(2).model().layer(3), modulus(), tensors);
    assertArrayEquals(Tensors.add(product, kept("remote3 output mask 3"), modulus()), share);
  }

  @Test
  void tensorAtTheCut_isMaskedByEveryServer() throws MalformedMessageException {
    long[] z =
        residues(received(EVALUATOR, SplitPlan.GATEWAY, "masked-cut").getFirst(), plan.cutSize());
    long[] rest = Tensors.subtract(layers.get(2), z, modulus());
    for (PartyId server : SPLIT.servers()) {
      long[] mask = kept(server + " mask 2");
      assertHides(mask, new long[mask.length], "mask of " + server);
      rest = Tensors.subtract(rest, mask, modulus());
    }
    assertArrayEquals(new long[rest.length], rest);
  }

  @Test
  void nextTensor_isMaskedByTheEvaluatorToo_andTheGatewayNeverSeesIt()
      throws MalformedMessageException {
    int size = layers.get(4).length;
    List<byte[]> frames = received(SplitPlan.remote(1), EVALUATOR, "masked-tensor");
    assertEquals(1, frames.size());
    long[] z = residues(frames.getFirst(), size);
    long[] garblersMasks = new long[size];
    for (PartyId server : SPLIT.servers()) {
      if (!server.equals(EVALUATOR)) {
        garblersMasks = Tensors.add(garblersMasks, kept(server + " mask 4"), modulus());
      }
    }
    long[] withoutOwn = Tensors.subtract(layers.get(4), garblersMasks, modulus());
    assertHides(z, withoutOwn, "z'");
    assertArrayEquals(Tensors.subtract(withoutOwn, kept("remote3 mask 4"), modulus()), z);
    assertEquals(List.of(), received(SplitPlan.GATEWAY, EVALUATOR, "masked-tensor"));
    assertEquals(List.of(), received(SplitPlan.USER, EVALUATOR, "masked-tensor"));
  }

  @Test
  void activationBeforeTheCut_reachesTheUserUnderAPad() throws MalformedMessageException {
    long[] returned =
        residues(
            received(SplitPlan.GATEWAY, SplitPlan.USER, "masked-tensor").getFirst(),
            plan.cutSize());
    long[] evaluated = Tensors.add(returned, kept("user mask 2"), modulus());
    assertHides(evaluated, layers.get(2), "what the user evaluates");
    assertArrayEquals(layers.get(2), Tensors.add(evaluated, kept("gateway pad 2"), modulus()));
  }

  @Test
  void productsForTheGateway_areFlooded() throws MalformedMessageException {
    BfvParameters parameters = plan.remote().choice().parameters();
    SecretKey sum =
        SecretKey.insecureSum(parameters.rlwe(), SPLIT.servers().stream().map(KEYS::get).toList());
    PackedConvolution packed = plan.remote().linear().getFirst().packed().getFirst();
    for (PartyId remote : SPLIT.remotes()) {
      byte[] frame = received(SplitPlan.GATEWAY, remote, "product").getFirst();
      Floods.assertResultsAreFlooded(
          plan.remote().choice(), selected(parameters, packed.usedCoefficients(), frame), sum);
    }
  }

  @Test
  void productsForTheUser_areFlooded() throws MalformedMessageException {
    ParameterChoice choice = plan.gateway().choice();
    PackedConvolution packed = plan.gateway().linear().getFirst().packed().getFirst();
    byte[] frame = received(SplitPlan.USER, SplitPlan.GATEWAY, "user-product").getFirst();
    Floods.assertResultsAreFlooded(
        choice,
        selected(choice.parameters(), packed.usedCoefficients(), frame),
        KEYS.get(SplitPlan.USER));
  }

  private static SelectedCiphertexts selected(
      BfvParameters parameters, List<BitSet> positions, byte[] frame)
      throws MalformedMessageException {
    return SelectedCiphertexts.type(0, "product", "test", positions, parameters)
        .read(payload(frame));
  }

  @Test
  void decryptionSharesOfProducts_areFlooded() throws MalformedMessageException {
    for (int layer = 0; layer < 2; layer++) {
      assertSharesAreFlooded(
          layer,
          plan.remote().linear().get(layer).packed().getFirst().usedCoefficients(),
          "product",
          new ArrayList<>());
    }
  }

  @Test
  void decryptionSharesAtTheCut_areFlooded() throws MalformedMessageException {
    BfvParameters parameters = plan.remote().choice().parameters();
    List<BitSet> dense = new DensePacking(plan.cutSize(), parameters.degree()).positions();
    byte[] users = received(EVALUATOR, SplitPlan.GATEWAY, "transition-c1").getFirst();
    List<RnsPolynomial> first =
        PolynomialBatch.type(0, "c1", "test", parameters.rlwe(), dense.size())
            .read(payload(users))
            .polynomials();
    assertSharesAreFlooded(2, dense, "transition-mask", new ArrayList<>(List.of(first)));
  }

  /**
   * @param number of the decryption
   * @param summands the type of the messages by which remote servers added to what is decrypted
   * @param seconds c_1 of what else is in it
   */
  private static void assertSharesAreFlooded(
      int number, List<BitSet> positions, String summands, List<List<RnsPolynomial>> seconds)
      throws MalformedMessageException {
    BfvParameters parameters = plan.remote().choice().parameters();
    for (PartyId remote : SPLIT.remotes()) {
      List<byte[]> frames = received(SplitPlan.GATEWAY, remote, summands);
      byte[] frame = frames.get(Math.min(number, frames.size() - 1));
      seconds.add(selected(parameters, positions, frame).c1());
    }
    List<RnsPolynomial> c1 = SelectedCiphertexts.sumOfPolynomials(seconds);
    for (PartyId remote : SPLIT.remotes()) {
      List<byte[]> frames = received(SplitPlan.GATEWAY, remote, "decryption-shares");
      assertEquals(3, frames.size(), "two layers and the cut");
      List<RoundedPolynomial> shares =
          RoundedBatch.type(0, "shares", "test", parameters, positions)
              .read(payload(frames.get(number)))
              .polynomials();
      Floods.assertSharesAreFlooded(plan.remote().choice(), shares, c1, KEYS.get(remote));
    }
  }

  @Test
  void secondComponents_areRerandomised() throws MalformedMessageException {
    // c_1 of what a remote server publishes, divided by c_1 of the masks it multiplied, would be
    // its
    // weights; masks are known to every server.
    BfvParameters parameters = plan.remote().choice().parameters();
    PackedConvolution packed = plan.remote().linear().getFirst().packed().getFirst();
    ServerPart part = deployed.remotes().getFirst();
    List<PreparedWeights> weights =
        new WeightSet(part.model(), plan.remote().linear(), parameters).prepared(3, 0);
    BfvEvaluator evaluator = new BfvEvaluator(parameters);
    MessageType<CiphertextBatch> type =
        CiphertextBatch.type(0, "mask", "test", parameters.rlwe(), packed.inputs());
    List<Ciphertext> masks =
        type.read(payload(received(EVALUATOR, SplitPlan.GATEWAY, "encrypted-mask").getFirst()))
            .ciphertexts();
    for (PartyId remote : SPLIT.remotes()) {
      PartyId witness = remote.equals(EVALUATOR) ? SplitPlan.remote(1) : EVALUATOR;
      List<Ciphertext> own =
          type.read(payload(received(witness, remote, "encrypted-mask").getFirst())).ciphertexts();
      List<Ciphertext> sum = new ArrayList<>();
      for (int i = 0; i < own.size(); i++) {
        sum.add(evaluator.add(masks.get(i), own.get(i)));
      }
      masks = sum;
    }
    List<Ciphertext> plain = packed.multiply(weights, masks, evaluator);
    SelectedCiphertexts published =
        SelectedCiphertexts.type(0, "product", "test", packed.usedCoefficients(), parameters)
            .read(payload(received(SplitPlan.GATEWAY, SplitPlan.remote(1), "product").getFirst()));
    for (int i = 0; i < plain.size(); i++) {
      assertFalse(
          Arrays.equals(plain.get(i).c1().row(0), published.c1().get(i).row(0)),
          "c_1 of result " + i + " is the bare product");
    }
  }
}
