package org.secolab.lattice.mhe;

import java.util.ArrayList;
import java.util.List;
import org.secolab.foundation.party.PartyId;
import org.secolab.foundation.random.RandomSource;
import org.secolab.foundation.round.Round;
import org.secolab.lattice.ring.RnsPolynomial;
import org.secolab.lattice.rlwe.Ciphertext;
import org.secolab.lattice.rlwe.Flooding;
import org.secolab.lattice.rlwe.RlweParameters;
import org.secolab.lattice.rlwe.SecretKey;
import org.secolab.lattice.sample.FloodingSampler;

/**
 * From ciphertexts under s = Σ s_i to ciphertexts under s' = Σ s'_i, shared by the same parties
 * (protocol 3 of the paper): everybody sends (s_i − s'_i)·c_1 + flood; the result is (c_0 + Σ,
 * c_1).
 */
public final class CollectiveKeySwitch {
  private CollectiveKeySwitch() {}

  /**
   * A key holder's side.
   *
   * @param ciphertexts under s; no decryption share may have been made for any of them
   * @param from this party's share s_i
   * @param to this party's share s'_i
   * @param self this party, one of {@code keyHolders}
   */
  public static Round<PolynomialBatch, List<Ciphertext>> begin(
      RlweParameters parameters,
      List<Ciphertext> ciphertexts,
      SecretKey from,
      SecretKey to,
      Flooding flooding,
      PartyId self,
      List<PartyId> keyHolders,
      RandomSource random) {
    FloodingSampler sampler = new FloodingSampler(parameters.ring(), flooding.bound());
    RnsPolynomial difference = from.evaluated().minus(to.evaluated());
    List<Ciphertext> evaluated = ciphertexts.stream().map(Ciphertext::evaluated).toList();
    List<RnsPolynomial> shares = new ArrayList<>();
    for (Ciphertext ciphertext : evaluated) {
      from.claimShare(ciphertext.c1());
      shares.add(sampler.addTo(ciphertext.c1().times(difference), random));
    }
    difference.wipe();
    return SumRound.holder(
        PolynomialBatch.type(
            0x0106, "key-switch-share", "Switch", parameters.ring(), shares.size()),
        shares,
        self,
        keyHolders,
        List.of(),
        sums -> {
          List<Ciphertext> switched = new ArrayList<>();
          for (int i = 0; i < sums.size(); i++) {
            Ciphertext old = evaluated.get(i);
            switched.add(new Ciphertext(sums.get(i).addInPlace(old.c0()), old.c1()));
          }
          return switched;
        });
  }
}
