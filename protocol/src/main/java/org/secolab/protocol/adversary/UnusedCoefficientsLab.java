package org.secolab.protocol.adversary;

import java.util.BitSet;
import java.util.List;
import org.secolab.foundation.party.ProtocolAbortException;
import org.secolab.foundation.random.RandomSource;
import org.secolab.foundation.round.Inbox;
import org.secolab.lattice.bfv.BfvDecryptor;
import org.secolab.lattice.bfv.BfvEncryptor;
import org.secolab.lattice.bfv.BfvEvaluator;
import org.secolab.lattice.bfv.BfvParameters;
import org.secolab.lattice.bfv.LinearCircuit;
import org.secolab.lattice.bfv.PreparedWeights;
import org.secolab.lattice.mhe.CiphertextBatch;
import org.secolab.lattice.mhe.CollectiveDecryption;
import org.secolab.lattice.rlwe.Ciphertext;
import org.secolab.lattice.rlwe.Flooding;
import org.secolab.lattice.rlwe.PublicKey;
import org.secolab.lattice.rlwe.SecretKey;
import org.secolab.modelio.fixed.FixedModel;
import org.secolab.protocol.deploy.DeployedModel;
import org.secolab.protocol.deploy.ParameterSet;
import org.secolab.protocol.deploy.UniformResidues;
import org.secolab.protocol.inference.SplitPlan;
import org.secolab.protocol.linear.SelectedCiphertexts;
import org.secolab.protocol.seco.SecoParty;

/** The coefficients of a product that no value stands in are cross terms of weights and masks. */
final class UnusedCoefficientsLab implements AttackLab {
  private static final SplitPlan SPLIT = new SplitPlan(SmallModel.CUT, 2);

  @Override
  public String name() {
    return "unused-coefficients";
  }

  @Override
  public String title() {
    return "the user solves for the gateway's weights in coefficients that hold no value";
  }

  @Override
  public String attackers() {
    return "the user: the weights of the gateway's first layer";
  }

  @Override
  public String weakened() {
    return "the gateway pads only the coefficients that hold values of F·r − s, and sends the whole"
        + " ciphertext, re-randomised and flooded; secure parameters, 144 weights";
  }

  @Override
  public String standard() {
    return "a run of the default protocol, the user's own traffic and key";
  }

  @Override
  public String gist() {
    return """
        A packed product F·r has N coefficients, a few of which are the layer's output. The others
        are sums of weights times mask values too. The user knows its mask r and how things are
        packed: each coefficient without a pad is one linear equation in the weights, modulo 2^l.
        Some hundred of them, one elimination with odd pivots, and the layer is known.
        The default overwrites all N coefficients with uniform values and sends only those in use.
        """;
  }

  @Override
  public Finding onWeakened(RandomSource random) {
    FixedModel model = SmallModel.draw(random.fork("model"));
    DeployedModel deployed = SecoParty.deploy(model, SPLIT, random.fork("deploy"));
    ParameterSet set = deployed.gateway().header().userKey();
    BfvParameters parameters = BfvParameters.of(set.spec());
    Flooding flooding =
        parameters.flooding(LinearCircuit.singleKey(144, 12), set.statisticalSecurityBits());
    SecretKey secretKey = SecretKey.generate(parameters.rlwe(), random.fork("key"));
    BfvEncryptor encryptor =
        new BfvEncryptor(
            parameters,
            PublicKey.generate(parameters.rlwe(), secretKey, random.fork("public key")));
    PackedWeights packing = packing(model, parameters);
    BfvEvaluator evaluator = new BfvEvaluator(parameters);

    RandomSource drawn = random.fork("drawn");
    long[] mask = UniformResidues.draw(model.inputShape().size(), model.modulus(), drawn);
    long[] packedMask = packing.packed().packInput(mask).getFirst();
    Ciphertext encrypted = encryptor.encrypt(packedMask, drawn);
    List<PreparedWeights> prepared =
        packing
            .packed()
            .prepare(SmallModel.weights(model, SmallModel.BEFORE_CUT), evaluator::prepare);
    Ciphertext product =
        packing.packed().multiply(prepared, List.of(encrypted), evaluator).getFirst();
    BitSet used = packing.packed().usedCoefficients().getFirst();
    long[] pad = UniformResidues.draw(parameters.degree(), model.modulus(), drawn);
    Ciphertext sent =
        WeakenedProduct.withBareUnusedCoefficients(encryptor, product, pad, used, flooding, drawn);

    long[] received = new BfvDecryptor(parameters, secretKey).decrypt(sent);
    BitSet unused = new BitSet(parameters.degree());
    unused.set(0, parameters.degree());
    unused.andNot(used);
    return attack(model, packing, packedMask, received, unused);
  }

  @Override
  public Finding onStandard(RandomSource random) throws ProtocolAbortException {
    FixedModel model = SmallModel.draw(random.fork("model"));
    List<long[]> inputs = List.of(SmallModel.input(random.fork("input")));
    RecordedRun run = new RecordedRun(model, SmallModel.CUT, inputs, random.fork("run"));
    BfvParameters parameters = run.userParameters();
    PackedWeights packing = packing(model, parameters);
    List<BitSet> used = packing.packed().usedCoefficients();

    // What the user has: its secret key, what it sent, what came back.
    SecretKey secretKey =
        SecretKey.generate(parameters.rlwe(), run.tape(SplitPlan.USER).fork("secret key"));
    Ciphertext encrypted =
        run.views()
            .sent(
                SplitPlan.USER,
                SplitPlan.GATEWAY,
                CiphertextBatch.type(0, "user-mask", "", parameters.rlwe(), 1))
            .getFirst()
            .ciphertexts()
            .getFirst();
    long[] packedMask = new BfvDecryptor(parameters, secretKey).decrypt(encrypted);
    SelectedCiphertexts product =
        run.views()
            .received(
                SplitPlan.USER,
                SplitPlan.GATEWAY,
                SelectedCiphertexts.type(0, "user-product", "", used, parameters))
            .getFirst();
    long[] received =
        CollectiveDecryption.receive(
                parameters, product.c0(), product.c1(), secretKey, java.util.Set.of())
            .receive(new Inbox<>(new java.util.LinkedHashMap<>()))
            .getFirst();
    return attack(model, packing, packedMask, received, used.getFirst());
  }

  private static PackedWeights packing(FixedModel model, BfvParameters parameters) {
    return new PackedWeights(
        SmallModel.convolution(model, SmallModel.BEFORE_CUT), parameters.degree());
  }

  /**
   * The attack: one equation for each coefficient at {@code known}.
   *
   * @param mask r, packed
   * @param received the product as the user decrypts it
   * @param known where it takes coefficients from
   */
  private static Finding attack(
      FixedModel model, PackedWeights packing, long[] mask, long[] received, BitSet known) {
    LinearSystem system = new LinearSystem(packing.count(), model.modulus().bits());
    int degree = mask.length;
    for (int p = known.nextSetBit(0); p >= 0; p = known.nextSetBit(p + 1)) {
      long[] row = new long[packing.count()];
      for (int k = 0; k < row.length; k++) {
        // X^N = −1: what is shifted beyond the end comes back with the other sign.
        int from = p - packing.position(k);
        row[k] = from >= 0 ? mask[from] : -mask[degree + from];
      }
      system.add(row, received[p]);
    }
    return Finding.compare(
            "weights of the gateway's layer recovered",
            system.solve(),
            SmallModel.weights(model, SmallModel.BEFORE_CUT),
            // Weights are small; most solutions of random equations are not. A guesser that knows
            // the range of the weights does this well:
            1.0 / 129)
        .with("equations", system.size())
        .with("coefficients received", known.cardinality())
        .with("coefficients of the product", degree);
  }
}
