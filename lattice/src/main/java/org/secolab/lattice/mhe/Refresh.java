package org.secolab.lattice.mhe;

import java.util.ArrayList;
import java.util.List;
import org.secolab.foundation.party.PartyId;
import org.secolab.foundation.random.RandomSource;
import org.secolab.foundation.round.Round;
import org.secolab.lattice.bfv.BfvDecryptor;
import org.secolab.lattice.bfv.BfvParameters;
import org.secolab.lattice.ring.RnsPolynomial;
import org.secolab.lattice.rlwe.Ciphertext;
import org.secolab.lattice.rlwe.Flooding;
import org.secolab.lattice.rlwe.SecretKey;
import org.secolab.lattice.rlwe.UniformSeed;
import org.secolab.lattice.sample.FloodingSampler;
import org.secolab.lattice.sample.UniformSampler;

/**
 * From noisy ciphertexts to fresh ones of the same messages, in one round (section 4.3 of the
 * paper): the masked decryption of {@link CiphertextToShares} and the encryption of {@link
 * SharesToCiphertext} at once. With M_i uniform and α common, everybody sends
 *
 * <pre>
 * s_i·c_1 + flood − round(q·M_i/t)     and     −s_i·α + round(q·M_i/t) + e_i
 * </pre>
 *
 * Everybody rounds c_0 + (sum of the first) to m − Σ M_i, which is uniform, and adds it to the sum
 * of the second.
 */
public final class Refresh {
  private Refresh() {}

  /**
   * A key holder's side.
   *
   * @param ciphertexts under the collective key; no decryption share may have been made for them
   * @param secretKey this party's share s_i
   * @param reference the common reference string; used once
   * @param self this party, one of {@code keyHolders}
   */
  public static Round<PolynomialBatch, List<Ciphertext>> begin(
      BfvParameters parameters,
      List<Ciphertext> ciphertexts,
      SecretKey secretKey,
      Flooding flooding,
      RandomSource reference,
      PartyId self,
      List<PartyId> keyHolders,
      RandomSource random) {
    FloodingSampler sampler = new FloodingSampler(parameters.ring(), flooding.bound());
    UniformSeed seed = UniformSeed.draw(reference);
    List<Ciphertext> evaluated = ciphertexts.stream().map(Ciphertext::evaluated).toList();
    List<RnsPolynomial> shares = new ArrayList<>();
    List<RnsPolynomial> alphas = new ArrayList<>();
    for (int i = 0; i < evaluated.size(); i++) {
      RnsPolynomial c1 = evaluated.get(i).c1();
      secretKey.claimShare(c1);
      long[] mask = new long[parameters.degree()];
      UniformSampler.fill(mask, parameters.plaintextModulus().value(), random);
      alphas.add(seed.expand(parameters.ring(), i));
      RnsPolynomial share = c1.times(secretKey.evaluated());
      shares.add(sampler.addTo(parameters.encoder().subtractMessage(share, mask), random));
      shares.add(SharesToCiphertext.encrypt(parameters, mask, alphas.get(i), secretKey, random));
    }
    return SumRound.holder(
        PolynomialBatch.type(0x0109, "refresh-share", "Switch", parameters.ring(), shares.size()),
        shares,
        self,
        keyHolders,
        List.of(),
        sums -> {
          List<Ciphertext> fresh = new ArrayList<>();
          for (int i = 0; i < evaluated.size(); i++) {
            RnsPolynomial phase = sums.get(2 * i).addInPlace(evaluated.get(i).c0());
            long[] masked = BfvDecryptor.round(parameters, phase);
            RnsPolynomial c0 = parameters.encoder().addMessage(sums.get(2 * i + 1), masked);
            fresh.add(new Ciphertext(c0, alphas.get(i)));
          }
          return fresh;
        });
  }
}
