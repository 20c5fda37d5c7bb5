package org.secolab.lattice.mhe;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.secolab.foundation.party.PartyId;
import org.secolab.foundation.party.ProtocolAbortException;
import org.secolab.foundation.random.RandomSource;
import org.secolab.foundation.random.SeededRandom;
import org.secolab.foundation.round.Inbox;
import org.secolab.foundation.round.Outbox;
import org.secolab.foundation.round.PlainRound;
import org.secolab.foundation.transport.Session;
import org.secolab.foundation.wire.MessageType;
import org.secolab.lattice.arith.PlaintextModulus;
import org.secolab.lattice.bfv.BfvEncryptor;
import org.secolab.lattice.bfv.BfvEvaluator;
import org.secolab.lattice.bfv.BfvParameters;
import org.secolab.lattice.bfv.BfvParametersSpec;
import org.secolab.lattice.bfv.LinearCircuit;
import org.secolab.lattice.bfv.ParameterChoice;
import org.secolab.lattice.bfv.PreparedWeights;
import org.secolab.lattice.bfv.RoundedPolynomial;
import org.secolab.lattice.packing.CoefficientPacking;
import org.secolab.lattice.packing.ConvolutionShape;
import org.secolab.lattice.packing.DirectConvolution;
import org.secolab.lattice.packing.PackingObjective;
import org.secolab.lattice.ring.Domain;
import org.secolab.lattice.ring.RnsPolynomial;
import org.secolab.lattice.rlwe.Ciphertext;
import org.secolab.lattice.rlwe.Flooding;
import org.secolab.lattice.sample.UniformSampler;

/**
 * A linear layer from end to end: everybody encrypts a part r^i of a mask; remote j multiplies the
 * sum by its weight share F^j and subtracts s^j; the gateway learns Σ_j F^j·r − Σ_j s^j, exactly.
 */
class LinearLayerProperties {
  private record Layer(
      MultipartyFixture parties, CoefficientPacking packing, Flooding flooding, long seed) {
    RandomSource random(int party, String label) {
      return SeededRandom.ofInsecureNumber(seed).fork("party" + party).fork(label);
    }

    long[] uniform(int party, String label, int size) {
      long[] values = new long[size];
      UniformSampler.fill(
          values, parties.parameters.plaintextModulus().value(), random(party, label));
      return values;
    }

    long[] mask(int party) {
      return uniform(party, "r", packing.shape().inputSize());
    }

    long[] outputMask(int party) {
      return uniform(party, "s", packing.shape().outputSize());
    }

    long[] weights(int party) {
      return uniform(party, "F", packing.shape().weightSize());
    }

    /** What party {@code index} does; the gateway, number 0, returns its share of the output. */
    long[] run(int index, Session session) throws ProtocolAbortException {
      BfvParameters parameters = parties.parameters;
      PartyId gateway = parties.keyHolders.getFirst();
      BfvEncryptor encryptor = new BfvEncryptor(parameters, parties.publicKey());
      RandomSource random = random(index, "encryption");

      List<Ciphertext> inputs = new ArrayList<>();
      for (long[] coefficients : packing.packInput(mask(index))) {
        inputs.add(encryptor.encrypt(coefficients, random));
      }
      MessageType<CiphertextBatch> maskType =
          CiphertextBatch.type(0x0301, "mask", "Setup 2", parameters.rlwe(), inputs.size());
      List<PartyId> others = session.roster().others();
      Inbox<CiphertextBatch> masks =
          session.exchange(
              new PlainRound<>(
                  maskType, Outbox.toAll(others, new CiphertextBatch(inputs)), others));
      BfvEvaluator evaluator = new BfvEvaluator(parameters);
      for (CiphertextBatch batch : masks.messages().values()) {
        for (int i = 0; i < inputs.size(); i++) {
          inputs.set(i, evaluator.add(inputs.get(i), batch.ciphertexts().get(i)));
        }
      }

      List<BitSet> positions =
          IntStream.range(0, packing.outputPolynomials())
              .mapToObj(packing::usedCoefficients)
              .toList();
      List<RnsPolynomial> c1 = new ArrayList<>();
      List<RoundedPolynomial> c0 = new ArrayList<>();
      if (index > 0) {
        for (Ciphertext result : multiply(index, inputs, encryptor, evaluator, random)) {
          c1.add(result.c1());
          c0.add(RoundedPolynomial.of(parameters, result.c0(), positions.get(c0.size())));
        }
      }
      List<PartyId> remotes = parties.keyHolders.subList(1, parties.keyHolders.size());
      List<PartyId> otherRemotes =
          remotes.stream().filter(remote -> !remote.equals(session.self())).toList();
      MessageType<PolynomialBatch> c1Type =
          PolynomialBatch.type(0x0302, "c1", "Setup 2", parameters.rlwe(), positions.size());
      Inbox<PolynomialBatch> c1Inbox =
          session.exchange(
              new PlainRound<>(
                  c1Type,
                  index == 0 ? Outbox.empty() : Outbox.toAll(others, new PolynomialBatch(c1)),
                  otherRemotes));
      List<RnsPolynomial> c1Sums = new ArrayList<>();
      for (int i = 0; i < positions.size(); i++) {
        RnsPolynomial sum =
            index == 0
                ? RnsPolynomial.zero(parameters.ring(), Domain.EVALUATION)
                : c1.get(i).copy();
        for (PolynomialBatch batch : c1Inbox.messages().values()) {
          sum.addInPlace(batch.polynomials().get(i));
        }
        c1Sums.add(sum);
      }
      MessageType<RoundedBatch> c0Type =
          RoundedBatch.type(0x0303, "c0", "Setup 2", parameters, positions);
      Inbox<RoundedBatch> c0Inbox =
          session.exchange(
              index == 0
                  ? PlainRound.receive(c0Type, remotes)
                  : PlainRound.send(c0Type, List.of(gateway), new RoundedBatch(c0)));
      if (index > 0) {
        session.exchange(
            CollectiveDecryption.share(
                parameters,
                c1Sums,
                positions,
                parties.secretKeys.get(index),
                gateway,
                flooding,
                random(index, "flood")));
        return new long[0];
      }
      List<RoundedPolynomial> c0Sums = new ArrayList<>();
      for (int i = 0; i < positions.size(); i++) {
        int at = i;
        c0Sums.add(
            c0Inbox.messages().values().stream()
                .map(batch -> batch.polynomials().get(at))
                .reduce(RoundedPolynomial::plus)
                .orElseThrow());
      }
      List<long[]> outputs =
          session.exchange(
              CollectiveDecryption.receive(
                  parameters, c0Sums, c1Sums, parties.secretKeys.getFirst(), Set.copyOf(remotes)));
      return packing.gatherOutput(outputs.toArray(long[][]::new));
    }

    private List<Ciphertext> multiply(
        int index,
        List<Ciphertext> inputs,
        BfvEncryptor encryptor,
        BfvEvaluator evaluator,
        RandomSource random) {
      PlaintextModulus t = parties.parameters.plaintextModulus();
      long[] minusMask = outputMask(index);
      for (int i = 0; i < minusMask.length; i++) {
        minusMask[i] = t.subtract(0, minusMask[i]);
      }
      long[][] scattered = packing.scatterOutput(minusMask);
      long[] weights = weights(index);
      List<Ciphertext> results = new ArrayList<>();
      for (int output = 0; output < scattered.length; output++) {
        List<PreparedWeights> factors = new ArrayList<>();
        List<Ciphertext> summands = new ArrayList<>();
        for (CoefficientPacking.Product product : packing.products(output)) {
          factors.add(evaluator.prepare(packing.weightPolynomial(product.weight(), weights)));
          summands.add(inputs.get(product.input()));
        }
        results.add(
            encryptor.rerandomise(
                evaluator.multiplySum(factors, summands), scattered[output], flooding, random));
      }
      return results;
    }

    /** Σ_j F^j·r − Σ_j s^j by the definition of convolution. */
    long[] expected() {
      PlaintextModulus t = parties.parameters.plaintextModulus();
      long[] r = new long[packing.shape().inputSize()];
      long[] weights = new long[packing.shape().weightSize()];
      int count = parties.keyHolders.size();
      for (int party = 0; party < count; party++) {
        add(t, r, mask(party));
      }
      for (int party = 1; party < count; party++) {
        add(t, weights, weights(party));
      }
      long[] y = DirectConvolution.apply(packing.shape(), t, r, weights);
      for (int party = 1; party < count; party++) {
        long[] s = outputMask(party);
        for (int i = 0; i < y.length; i++) {
          y[i] = t.subtract(y[i], s[i]);
        }
      }
      return y;
    }

    private static void add(PlaintextModulus t, long[] sum, long[] summand) {
      for (int i = 0; i < sum.length; i++) {
        sum[i] = t.add(sum[i], summand[i]);
      }
    }
  }

  private static void expectExactLayer(
      BfvParameters parameters,
      Flooding flooding,
      ConvolutionShape shape,
      int keyHolders,
      long seed)
      throws ProtocolAbortException {
    Layer layer =
        new Layer(
            new MultipartyFixture(parameters, keyHolders, seed),
            CoefficientPacking.plan(shape, parameters.degree(), PackingObjective.TOTAL_POLYNOMIALS),
            flooding,
            seed);
    List<long[]> outputs = layer.parties().run(layer::run);
    assertArrayEquals(layer.expected(), outputs.getFirst());
  }

  @Property(tries = 12)
  void layerUnderToyParameters_isExact(
      @ForAll @IntRange(min = 2, max = 5) int keyHolders,
      @ForAll @IntRange(min = 1, max = 3) int channels,
      @ForAll @IntRange(min = 1, max = 3) int kernel,
      @ForAll boolean odd,
      @ForAll long seed)
      throws ProtocolAbortException {
    ConvolutionShape shape = new ConvolutionShape(channels, 5, 6, 3, kernel, 2, 1, 2, 1, 0, 1, 1);
    long t = odd ? 2061584302081L : 1L << 28;
    BfvParameters parameters = BfvParameters.of(BfvParametersSpec.insecureToy(128, 50, 4, t));
    LinearCircuit circuit = LinearCircuit.collective(keyHolders, keyHolders - 1, 128);
    expectExactLayer(
        parameters,
        parameters.flooding(circuit, parameters.largestStatisticalSecurity(circuit)),
        shape,
        keyHolders,
        seed);
  }

  @Example
  void convolutionUnderDefaultParameters_isExact() throws ProtocolAbortException {
    ConvolutionShape shape = new ConvolutionShape(6, 14, 14, 16, 5, 5, 1, 1, 0, 0, 0, 0);
    long nonZeros =
        CoefficientPacking.plan(shape, 8192, PackingObjective.TOTAL_POLYNOMIALS).nonZeros();
    ParameterChoice choice =
        ParameterChoice.collective(28, LinearCircuit.collective(3, 2, nonZeros), 64);
    expectExactLayer(choice.parameters(), choice.flooding(), shape, 3, 1);
  }

  @Example
  void fullyConnectedUnderDefaultParameters_isExact() throws ProtocolAbortException {
    ConvolutionShape shape = ConvolutionShape.fullyConnected(400, 120);
    long nonZeros =
        CoefficientPacking.plan(shape, 8192, PackingObjective.TOTAL_POLYNOMIALS).nonZeros();
    ParameterChoice choice =
        ParameterChoice.collective(32, LinearCircuit.collective(3, 2, nonZeros), 64);
    expectExactLayer(choice.parameters(), choice.flooding(), shape, 3, 2);
  }
}
