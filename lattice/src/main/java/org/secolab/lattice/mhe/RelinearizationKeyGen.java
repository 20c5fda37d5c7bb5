package org.secolab.lattice.mhe;

import java.util.ArrayList;
import java.util.List;
import org.secolab.foundation.party.PartyId;
import org.secolab.foundation.random.RandomSource;
import org.secolab.foundation.round.Round;
import org.secolab.lattice.ring.RnsPolynomial;
import org.secolab.lattice.rlwe.Gadget;
import org.secolab.lattice.rlwe.KeySwitchingKey;
import org.secolab.lattice.rlwe.RelinearizationKey;
import org.secolab.lattice.rlwe.RlweParameters;
import org.secolab.lattice.rlwe.SecretKey;
import org.secolab.lattice.rlwe.UniformSeed;
import org.secolab.lattice.sample.CentredBinomialSampler;

/**
 * The collective relinearisation key in two rounds (protocol 2 of the paper): with u_i ternary and
 * a common,
 *
 * <pre>
 * round 1   h_{0,i} = −u_i·a + s_i·w + e,   h_{1,i} = s_i·a + e'
 * round 2   h'_i    = s_i·h_0 + (u_i − s_i)·h_1 + e''
 * key       (Σ h'_i, h_1),   since s·h_0 + (u − s)·h_1 + h_1·s = s²·w + noise
 * </pre>
 */
public final class RelinearizationKeyGen {
  private RelinearizationKeyGen() {}

  /**
   * The first round, which leads to the second.
   *
   * @param parameters with a special prime
   * @param secretKey this party's share s_i
   * @param reference the common reference string
   * @param self this party, one of {@code keyHolders}
   */
  public static Round<PolynomialBatch, Round<PolynomialBatch, RelinearizationKey>> begin(
      RlweParameters parameters,
      SecretKey secretKey,
      RandomSource reference,
      PartyId self,
      List<PartyId> keyHolders,
      RandomSource random) {
    Gadget gadget = new Gadget(parameters);
    List<RnsPolynomial> a = KeySwitchingKey.uniform(parameters, UniformSeed.draw(reference));
    SecretKey u = SecretKey.generate(parameters, random);
    List<RnsPolynomial> shares =
        new ArrayList<>(
            KeySwitchingKey.encrypt(parameters, a, secretKey.evaluatedInKeyRing(), u, random));
    for (RnsPolynomial uniform : a) {
      shares.add(
          CentredBinomialSampler.addTo(uniform.times(secretKey.evaluatedInKeyRing()), random));
    }
    return SumRound.holder(
        PolynomialBatch.type(
            0x0103, "relinearization-share-1", "Setup 1", parameters.keyRing(), 2 * gadget.size()),
        shares,
        self,
        keyHolders,
        List.of(),
        sums -> second(parameters, secretKey, u, sums, self, keyHolders, random));
  }

  private static Round<PolynomialBatch, RelinearizationKey> second(
      RlweParameters parameters,
      SecretKey secretKey,
      SecretKey u,
      List<RnsPolynomial> sums,
      PartyId self,
      List<PartyId> keyHolders,
      RandomSource random) {
    int size = sums.size() / 2;
    List<RnsPolynomial> h0 = sums.subList(0, size);
    List<RnsPolynomial> h1 = sums.subList(size, 2 * size);
    RnsPolynomial s = secretKey.evaluatedInKeyRing();
    RnsPolynomial difference = u.evaluatedInKeyRing().minus(s);
    List<RnsPolynomial> shares = new ArrayList<>();
    for (int k = 0; k < size; k++) {
      shares.add(
          CentredBinomialSampler.addTo(
              h0.get(k).times(s).addProductInPlace(h1.get(k), difference), random));
    }
    difference.wipe();
    u.close();
    return SumRound.holder(
        PolynomialBatch.type(
            0x0104, "relinearization-share-2", "Setup 1", parameters.keyRing(), size),
        shares,
        self,
        keyHolders,
        List.of(),
        b -> new RelinearizationKey(KeySwitchingKey.of(parameters, b, h1)));
  }
}
