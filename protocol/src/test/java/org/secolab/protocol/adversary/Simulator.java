package org.secolab.protocol.adversary;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.secolab.foundation.party.PartyId;
import org.secolab.foundation.party.ProtocolAbortException;
import org.secolab.foundation.random.RandomSource;
import org.secolab.foundation.transport.Channel;
import org.secolab.foundation.transport.RecordingChannel;
import org.secolab.foundation.transport.TamperingChannel;
import org.secolab.foundation.wire.FrameHeader;
import org.secolab.foundation.wire.MalformedMessageException;
import org.secolab.foundation.wire.WireReader;
import org.secolab.foundation.wire.WireWriter;
import org.secolab.modelio.fixed.FixedConvolution;
import org.secolab.modelio.fixed.FixedLayer;
import org.secolab.modelio.fixed.FixedLinear;
import org.secolab.modelio.fixed.FixedModel;
import org.secolab.modelio.fixed.FixedOperation;
import org.secolab.modelio.fixed.FixedReshape;
import org.secolab.modelio.fixed.Modulus;
import org.secolab.modelio.graph.Shape;
import org.secolab.modelio.reference.FixedPointInterpreter;
import org.secolab.protocol.deploy.DeployedModel;
import org.secolab.protocol.deploy.ModelParts;
import org.secolab.protocol.deploy.Part;
import org.secolab.protocol.deploy.PartHeader;
import org.secolab.protocol.deploy.ServerPart;
import org.secolab.protocol.deploy.UserPart;
import org.secolab.protocol.inference.SplitPlan;
import org.secolab.protocol.linear.Tensors;

/**
 * Makes up the views of a coalition from its {@link Knowledge} alone, for {@code seco} and {@code
 * delphi}: the members' real programs run, on their real parts and randomness, against honest
 * parties that the simulator plays with made-up parts and randomness.
 *
 * <table>
 * <caption>Who is simulated by what</caption>
 * <tr><th>coalition</th><th>honest party</th><th>is played with</th></tr>
 * <tr><td>servers</td><td>user</td><td>the input 0</td></tr>
 * <tr><td></td><td>gateway</td><td>layers 1..c with all numbers 0</td></tr>
 * <tr><td></td><td>remote servers</td><td>fresh shares of the zero model; each share alone is
 * uniform, as a real one is</td></tr>
 * <tr><td>user</td><td>gateway</td><td>layers 1..c with all numbers 0</td></tr>
 * <tr><td></td><td>remote servers</td><td>whatever was behind the cut, one layer 0·x + y of all
 * tensors x that cross it, where y is the output: the encrypted result comes out right by
 * itself</td></tr>
 * <tr><td>user, nothing behind the cut</td><td>gateway</td><td>the same zeros; the output of that
 * model is known, so the last message is corrected by what y differs from it</td></tr>
 * </table>
 *
 * <p>A proof would go on from here and replace the honest parties' ciphertexts and garbled tables
 * by ones made of nothing. Here they are real ones, of zeros; that nobody in the coalition can tell
 * them from the real run's is what is tested, not what is assumed. Every uniform value is drawn
 * afresh. Beside the shapes of layers 1..c the user is allowed the magnitude of the gateway's
 * weights in steps of four bits; here it is the smallest step, as for zeros.
 */
final class Simulator {
  private Simulator() {}

  /** The simulated views of the coalition's members. */
  static Map<PartyId, List<RecordingChannel.Entry>> views(Knowledge knowledge, RandomSource random)
      throws ProtocolAbortException {
    PartHeader header = knowledge.anyPart().header();
    FixedModel dummy =
        switch (knowledge.anyPart()) {
          case UserPart user -> forUser(user, knowledge);
          case ServerPart server ->
              ModelParts.cut(server.model(), header.split(), random.fork("zeros")).user();
        };
    DeployedModel made =
        DeployedModel.cut(
            dummy,
            header.split(),
            header.userKey(),
            header.collectiveKey(),
            random.fork("made-up parts"));
    List<Part> parts = new ArrayList<>();
    for (Part part : made.parts()) {
      parts.add(knowledge.parts().getOrDefault(part.party(), part));
    }
    List<long[]> inputs = new ArrayList<>(knowledge.inputs());
    while (inputs.size() < knowledge.inferences()) {
      inputs.add(new long[dummy.inputShape().size()]);
    }
    RandomSource honest = random.fork("honest parties");
    Execution run =
        Execution.of(
            parts,
            inputs,
            party -> {
              Supplier<RandomSource> own = knowledge.randomness().get(party);
              return own == null ? honest.fork(party.name()) : own.get();
            },
            correction(knowledge, dummy));
    for (int i = 0; i < knowledge.outputs().size(); i++) {
      if (!Arrays.equals(knowledge.outputs().get(i), run.outputs().get(i))) {
        throw new AssertionError("the simulated user must get the real output");
      }
    }
    Map<PartyId, List<RecordingChannel.Entry>> views = new LinkedHashMap<>();
    knowledge
        .members()
        .forEach(party -> views.put(party, Objects.requireNonNull(run.views().get(party))));
    return views;
  }

  private static FixedModel forUser(UserPart user, Knowledge knowledge) {
    List<FixedLayer> layers = new ArrayList<>(user.layers());
    if (user.hasRemoteLayers()) {
      long[] output = knowledge.outputs().getFirst();
      if (!knowledge.outputs().stream().allMatch(other -> Arrays.equals(other, output))) {
        throw new IllegalArgumentException("expected inferences with one and the same output");
      }
      layers.add(constant(user, output));
    }
    return new FixedModel(
        "made up",
        user.format().modulus(),
        user.format().fractionBits(),
        user.format().inputShape(),
        user.format().inputRange(),
        layers,
        user.format().outputScaleBits());
  }

  /** One layer 0·x + … + 0·x' + y of all tensors that cross the cut. */
  private static FixedLinear constant(UserPart user, long[] output) {
    List<FixedLinear.Branch> branches = new ArrayList<>();
    for (int source : user.crossing()) {
      Shape in = shape(user, source);
      FixedConvolution zero =
          FixedConvolution.fullyConnected(
              in.size(),
              new long[in.size() * output.length],
              branches.isEmpty() ? output : new long[output.length]);
      List<FixedOperation> operations =
          List.of(new FixedReshape(in, Shape.vector(in.size())), zero);
      branches.add(new FixedLinear.Branch(source, 0, operations));
    }
    return new FixedLinear(
        "made up", shape(user, user.layers().size()), Shape.vector(output.length), branches);
  }

  private static Shape shape(UserPart user, int number) {
    return number == 0 ? user.format().inputShape() : user.layers().get(number - 1).outputShape();
  }

  /** Adds to each result share what the real output differs by from the made-up model's. */
  private static UnaryOperator<Channel> correction(Knowledge knowledge, FixedModel dummy) {
    boolean needed = knowledge.anyPart() instanceof UserPart user && !user.hasRemoteLayers();
    if (!needed) {
      return UnaryOperator.identity();
    }
    Modulus modulus = dummy.modulus();
    List<long[]> corrections = new ArrayList<>();
    for (int i = 0; i < knowledge.inferences(); i++) {
      long[] made = FixedPointInterpreter.run(dummy, knowledge.inputs().get(i));
      corrections.add(Tensors.subtract(knowledge.outputs().get(i), made, modulus));
    }
    return channel ->
        channel.self().equals(SplitPlan.GATEWAY)
            ? new TamperingChannel(
                channel,
                (envelope, frame) ->
                    envelope.type().equals("result-share")
                        ? add(frame, corrections.removeFirst(), modulus)
                        : frame)
            : channel;
  }

  private static byte[] add(byte[] frame, long[] correction, Modulus modulus) {
    try {
      WireReader in = new WireReader(frame);
      WireWriter out = new WireWriter(frame.length);
      out.bytes(in.bytes(FrameHeader.BYTES));
      long[] share = in.packed(correction.length, modulus.bits());
      out.packed(Tensors.add(share, correction, modulus), 0, share.length, modulus.bits());
      return out.toByteArray();
    } catch (MalformedMessageException e) {
      throw new AssertionError("the gateway's own frame", e);
    }
  }
}
