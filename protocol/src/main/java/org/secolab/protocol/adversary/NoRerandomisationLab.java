package org.secolab.protocol.adversary;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.secolab.foundation.party.ProtocolAbortException;
import org.secolab.foundation.random.RandomSource;
import org.secolab.lattice.arith.Modulus;
import org.secolab.lattice.bfv.BfvEncryptor;
import org.secolab.lattice.bfv.BfvEvaluator;
import org.secolab.lattice.bfv.BfvParameters;
import org.secolab.lattice.bfv.LinearCircuit;
import org.secolab.lattice.bfv.PreparedWeights;
import org.secolab.lattice.mhe.CiphertextBatch;
import org.secolab.lattice.mhe.PolynomialBatch;
import org.secolab.lattice.ring.Domain;
import org.secolab.lattice.ring.Ring;
import org.secolab.lattice.ring.RnsPolynomial;
import org.secolab.lattice.rlwe.Ciphertext;
import org.secolab.lattice.rlwe.Flooding;
import org.secolab.modelio.fixed.FixedModel;
import org.secolab.protocol.deploy.DeployedModel;
import org.secolab.protocol.deploy.UniformResidues;
import org.secolab.protocol.inference.SplitPlan;
import org.secolab.protocol.linear.Tensors;
import org.secolab.protocol.seco.SecoParty;

/** w = c'_1/c_1: reading weights off a product that was not re-randomised. */
final class NoRerandomisationLab implements AttackLab {
  private static final SplitPlan SPLIT = new SplitPlan(SmallModel.CUT, 2);

  @Override
  public String name() {
    return "no-rerandomisation";
  }

  @Override
  public String title() {
    return "weights are read off a product whose c_1 was not re-randomised";
  }

  @Override
  public String attackers() {
    return "gateway and remote2 against remote1: the weights behind the cut";
  }

  @Override
  public String weakened() {
    return "remote1 adds pad and flood to c_0 of its product, but no fresh encryption of zero;"
        + " secure parameters, a convolution of 144 weights";
  }

  @Override
  public String standard() {
    return "a run of the default protocol, remote2's own traffic";
  }

  @Override
  public String gist() {
    return """
        Everybody knows ct(r) = (c_0, c_1), the sum of the servers' encrypted masks. Remote server j
        multiplies it by its weights: (F^j·c_0, F^j·c_1). Whoever sees c'_1 = F^j·c_1 divides it by
        c_1, slot by slot, and holds F^j; with its own share added, the model. No key is needed.
        A fresh encryption of zero adds p_1·u + e_1 to c'_1, and the quotient is a random element.
        """;
  }

  @Override
  public Finding onWeakened(RandomSource random) {
    FixedModel model = SmallModel.draw(random.fork("model"));
    DeployedModel deployed = SecoParty.deploy(model, SPLIT, random.fork("deploy"));
    BfvParameters parameters = BfvParameters.of(deployed.gateway().header().collectiveKey().spec());
    Flooding flooding =
        parameters.flooding(
            LinearCircuit.collective(3, 2, 144),
            deployed.gateway().header().collectiveKey().statisticalSecurityBits());
    CollectiveKey key = CollectiveKey.generate(parameters, 3, random.fork("key"));
    PackedWeights weights = packing(model, parameters);
    BfvEvaluator evaluator = new BfvEvaluator(parameters);
    BfvEncryptor encryptor = new BfvEncryptor(parameters, key.publicKey());

    RandomSource drawn = random.fork("drawn");
    int size = model.shape(SmallModel.CUT).size();
    List<Ciphertext> masks = new ArrayList<>();
    for (int server = 0; server < 3; server++) {
      long[] mask = UniformResidues.draw(size, model.modulus(), drawn);
      masks.add(encryptor.encrypt(weights.packed().packInput(mask).getFirst(), drawn));
    }
    Ciphertext sum = evaluator.add(evaluator.add(masks.get(0), masks.get(1)), masks.get(2));
    long[] share = SmallModel.weights(deployed.remotes().get(0).model(), SmallModel.BEHIND_CUT);
    List<PreparedWeights> prepared = weights.packed().prepare(share, evaluator::prepare);
    Ciphertext product = weights.packed().multiply(prepared, List.of(sum), evaluator).getFirst();
    long[] pad = UniformResidues.draw(parameters.degree(), model.modulus(), drawn);
    Ciphertext published =
        WeakenedProduct.withoutRerandomisation(parameters, product, pad, flooding, drawn);

    return attack(
        model, deployed, weights, masks.stream().map(Ciphertext::c1).toList(), published.c1());
  }

  @Override
  public Finding onStandard(RandomSource random) throws ProtocolAbortException {
    FixedModel model = SmallModel.draw(random.fork("model"));
    List<long[]> inputs = List.of(SmallModel.input(random.fork("input")));
    RecordedRun run = new RecordedRun(model, SmallModel.CUT, inputs, random.fork("run"));
    BfvParameters parameters = run.collectiveParameters();
    PackedWeights weights = packing(model, parameters);

    var maskType = CiphertextBatch.type(0, "encrypted-mask", "", parameters.rlwe(), 1);
    List<RnsPolynomial> masks = new ArrayList<>();
    for (CiphertextBatch batch :
        List.of(
            run.views().received(RecordedRun.REMOTE2, SplitPlan.GATEWAY, maskType).getFirst(),
            run.views().received(RecordedRun.REMOTE2, RecordedRun.REMOTE1, maskType).getFirst(),
            run.views().sent(RecordedRun.REMOTE2, RecordedRun.REMOTE1, maskType).getFirst())) {
      masks.add(batch.ciphertexts().getFirst().evaluated().c1());
    }
    var productType = PolynomialBatch.type(0, "product-c1", "", parameters.rlwe(), 1);
    RnsPolynomial published =
        run.views()
            .received(RecordedRun.REMOTE2, RecordedRun.REMOTE1, productType)
            .getFirst()
            .polynomials()
            .getFirst();
    return attack(model, run.deployed(), weights, masks, published);
  }

  private static PackedWeights packing(FixedModel model, BfvParameters parameters) {
    return new PackedWeights(
        SmallModel.convolution(model, SmallModel.BEHIND_CUT), parameters.degree());
  }

  /**
   * The attack: divides, reads the shares of remote1 off the quotient, adds those of remote2.
   *
   * @param masks c_1 of everybody's encrypted mask
   * @param published c_1 of what remote1 published
   */
  private static Finding attack(
      FixedModel model,
      DeployedModel deployed,
      PackedWeights weights,
      List<RnsPolynomial> masks,
      RnsPolynomial published) {
    RnsPolynomial factor = RnsPolynomial.zero(published.ring(), Domain.EVALUATION);
    masks.forEach(factor::addInPlace);
    RnsPolynomial quotient = quotient(published, factor);
    BigInteger q = quotient.ring().q();
    BigInteger t = BigInteger.valueOf(model.modulus().value());
    long[] recovered = new long[weights.count()];
    int largest = 0;
    for (int k = 0; k < recovered.length; k++) {
      BigInteger value = quotient.coefficient(weights.position(k));
      BigInteger centred = value.compareTo(q.shiftRight(1)) > 0 ? value.subtract(q) : value;
      largest = Math.max(largest, centred.bitLength());
      recovered[k] = centred.mod(t).longValueExact();
    }
    long[] own = SmallModel.weights(deployed.remotes().get(1).model(), SmallModel.BEHIND_CUT);
    return Finding.compare(
            "weights behind the cut recovered",
            Tensors.add(recovered, own, model.modulus()),
            SmallModel.weights(model, SmallModel.BEHIND_CUT),
            1.0 / model.modulus().value())
        .with("bits of the largest value in the quotient (a weight share has 28)", largest)
        .with("bits of q", q.bitLength());
  }

  private static RnsPolynomial quotient(RnsPolynomial product, RnsPolynomial factor) {
    Ring ring = product.ring();
    RnsPolynomial quotient = RnsPolynomial.zero(ring, Domain.EVALUATION);
    for (int i = 0; i < ring.size(); i++) {
      Modulus modulus = ring.modulus(i);
      for (int slot = 0; slot < ring.degree(); slot++) {
        long inverse = modulus.inverse(factor.row(i)[slot]);
        quotient.row(i)[slot] = modulus.multiply(product.row(i)[slot], inverse);
      }
    }
    return quotient.transformTo(Domain.COEFFICIENT);
  }
}
