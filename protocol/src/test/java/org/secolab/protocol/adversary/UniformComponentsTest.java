package org.secolab.protocol.adversary;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.apache.commons.math3.distribution.UniformRealDistribution;
import org.apache.commons.math3.stat.inference.ChiSquareTest;
import org.apache.commons.math3.stat.inference.KolmogorovSmirnovTest;
import org.junit.jupiter.api.Test;
import org.secolab.foundation.party.PartyId;
import org.secolab.foundation.party.ProtocolAbortException;
import org.secolab.foundation.random.RandomSource;
import org.secolab.foundation.random.SeededRandom;
import org.secolab.foundation.transport.RecordingChannel;
import org.secolab.foundation.wire.FrameHeader;
import org.secolab.foundation.wire.MalformedMessageException;
import org.secolab.foundation.wire.WireReader;
import org.secolab.lattice.bfv.BfvParameters;
import org.secolab.lattice.mhe.PolynomialBatch;
import org.secolab.lattice.ring.RnsPolynomial;
import org.secolab.modelio.fixed.FixedModel;
import org.secolab.protocol.inference.RandomNets;
import org.secolab.protocol.inference.SplitPlan;

/**
 * Components of messages that the design claims to be uniform, or indistinguishable from it, pass
 * tests of uniformity: masked tensors, padded shares, c_1 of published ciphertexts, labels and
 * transfers. (Garbled rows: {@code mpc-gc}.) Input and weights are the same in all {@value
 * #INFERENCES} inferences, so what varies is the masks. Each test raises a false alarm with
 * probability {@value #FALSE_ALARM}; all together with less than 0.002. Seeds are fixed.
 */
final class UniformComponentsTest {
  private static final int INFERENCES = 50;
  private static final double FALSE_ALARM = 1e-4;
  private static final int BUCKETS = 16;
  private static final Set<String> MASKS = Set.of("masks", "pad");
  private static final Set<String> TENSORS =
      Set.of("masked-input", "masked-cut", "padded-share", "masked-tensor", "result-share");

  /** ℓ of these nets. */
  private static final int BITS = 20;

  private static final int VALUES = 2;

  @Test
  void maskedTensorsAndPaddedShares_areUniform() throws ProtocolAbortException {
    assertEquals(Set.of(), rejected(party -> random(party)));
  }

  /** So the tests would have noticed. Shares stay uniform: s, which they contain too, is drawn. */
  @Test
  void withoutMasks_tensorsAreNot() throws ProtocolAbortException {
    assertEquals(
        Set.of("masked-input", "masked-cut", "masked-tensor"),
        rejected(party -> new DroppedChoices(random(party), MASKS)));
  }

  private static RandomSource random(PartyId party) {
    return SeededRandom.ofInsecureNumber(3).fork(party.name());
  }

  /** The message types of one value or more whose values do not look uniform modulo 2^ℓ. */
  private static Set<String> rejected(Function<PartyId, RandomSource> randomness)
      throws ProtocolAbortException {
    Set<String> rejected = new TreeSet<>();
    Set<String> seen = new TreeSet<>();
    for (int cut : new int[] {0, 3}) {
      Execution run = run(cut, randomness);
      for (String type : TENSORS) {
        double[] values =
            received(run, type).stream().flatMapToDouble(f -> Arrays.stream(values(f))).toArray();
        if (values.length > 0) {
          seen.add(type);
          if (!isUniform(values)) {
            rejected.add(type);
          }
        }
      }
    }
    assertEquals(TENSORS, seen);
    return rejected;
  }

  @Test
  void secondComponentsOfPublishedCiphertexts_areUniform()
      throws ProtocolAbortException, MalformedMessageException {
    BfvParameters parameters = BfvParameters.of(ToyDeployment.parameters(BITS).spec());
    Execution run = run(0, UniformComponentsTest::random);
    for (String type : List.of("product-c1", "transition-c1")) {
      double[] sample = new double[0];
      for (byte[] frame : received(run, type)) {
        RnsPolynomial c1 =
            PolynomialBatch.type(0, type, "test", parameters.rlwe(), 1)
                .read(payload(frame))
                .polynomials()
                .getFirst();
        int old = sample.length;
        long[] row = c1.row(0);
        sample = Arrays.copyOf(sample, old + row.length);
        for (int i = 0; i < row.length; i++) {
          sample[old + i] = (double) row[i] / c1.ring().modulus(0).value();
        }
      }
      assertTrue(sample.length > 10_000 && isUniform(sample), type);
    }
  }

  @Test
  void labelsAndTransfers_areUniformBytes() throws ProtocolAbortException {
    Execution run = run(0, UniformComponentsTest::random);
    for (String type : List.of("labels", "seed-trees", "transfer-renewal")) {
      List<Double> sample = new ArrayList<>();
      for (byte[] frame : received(run, type)) {
        for (int i = FrameHeader.BYTES; i < frame.length; i++) {
          sample.add((frame[i] & 0xff) / 256.0 + 1 / 512.0);
        }
      }
      double[] values = sample.stream().mapToDouble(Double::doubleValue).toArray();
      assertTrue(values.length > 10_000 && isUniformInBuckets(values), type);
    }
  }

  /** The frames of one type that anybody received after the reusable setup. */
  private static List<byte[]> received(Execution run, String type) {
    return run.views().values().stream()
        .flatMap(view -> Views.perInference(view).stream())
        .filter(entry -> !entry.sent() && entry.envelope().type().equals(type))
        .filter(entry -> !TENSORS.contains(type) || isTensor(entry))
        .map(RecordingChannel.Entry::frame)
        .toList();
  }

  /** Garbling too calls something a masked input: words, not residues. */
  private static boolean isTensor(RecordingChannel.Entry entry) {
    return entry.frame().length == FrameHeader.BYTES + (VALUES * BITS + 7) / 8;
  }

  private static double[] values(byte[] frame) {
    try {
      long[] residues = payload(frame).packed(VALUES, BITS);
      return Arrays.stream(residues).mapToDouble(v -> (v + 0.5) / (1 << BITS)).toArray();
    } catch (MalformedMessageException e) {
      throw new AssertionError("a frame of that length", e);
    }
  }

  private static WireReader payload(byte[] frame) {
    return new WireReader(Arrays.copyOfRange(frame, FrameHeader.BYTES, frame.length));
  }

  private static boolean isUniform(double[] values) {
    double p =
        new KolmogorovSmirnovTest()
            .kolmogorovSmirnovTest(new UniformRealDistribution(null, 0, 1), values, false);
    return p > FALSE_ALARM && isUniformInBuckets(values);
  }

  private static boolean isUniformInBuckets(double[] values) {
    long[] counts = new long[BUCKETS];
    for (double value : values) {
      counts[(int) (value * BUCKETS)]++;
    }
    double[] expected = new double[BUCKETS];
    Arrays.fill(expected, (double) values.length / BUCKETS);
    return new ChiSquareTest().chiSquareTest(expected, counts) > FALSE_ALARM;
  }

  private static Execution run(int cut, Function<PartyId, RandomSource> randomness)
      throws ProtocolAbortException {
    SeededRandom random = SeededRandom.ofInsecureNumber(cut);
    FixedModel model =
        RandomNets.fullyConnected(new int[] {VALUES, VALUES, VALUES}, random.fork("net"));
    return Execution.of(
        ToyDeployment.cut(model, new SplitPlan(cut, 2), random.fork("deploy")).parts(),
        Collections.nCopies(INFERENCES, new long[] {12345, 678}),
        randomness,
        UnaryOperator.identity());
  }
}
