package org.secolab.lattice.mhe;

import java.util.ArrayList;
import java.util.List;
import org.secolab.foundation.party.PartyId;
import org.secolab.foundation.random.RandomSource;
import org.secolab.foundation.round.Round;
import org.secolab.lattice.bfv.BfvParameters;
import org.secolab.lattice.ring.Domain;
import org.secolab.lattice.ring.RnsPolynomial;
import org.secolab.lattice.rlwe.Ciphertext;
import org.secolab.lattice.rlwe.PublicKey;
import org.secolab.lattice.rlwe.SecretKey;
import org.secolab.lattice.rlwe.UniformSeed;

/**
 * From additive shares M_i modulo t to a fresh ciphertext of Σ M_i: everybody sends −s_i·α +
 * round(q·M_i/t) + e_i with α common; the ciphertext is (Σ, α).
 */
public final class SharesToCiphertext {
  private SharesToCiphertext() {}

  /**
   * A key holder's side.
   *
   * @param shares for each ciphertext N residues modulo t
   * @param secretKey this party's share s_i
   * @param reference the common reference string; used once
   * @param self this party, one of {@code keyHolders}
   */
  public static Round<PolynomialBatch, List<Ciphertext>> begin(
      BfvParameters parameters,
      List<long[]> shares,
      SecretKey secretKey,
      RandomSource reference,
      PartyId self,
      List<PartyId> keyHolders,
      RandomSource random) {
    UniformSeed seed = UniformSeed.draw(reference);
    List<RnsPolynomial> alphas = new ArrayList<>();
    List<RnsPolynomial> encryptions = new ArrayList<>();
    for (int i = 0; i < shares.size(); i++) {
      alphas.add(seed.expand(parameters.ring(), i));
      encryptions.add(encrypt(parameters, shares.get(i), alphas.get(i), secretKey, random));
    }
    return SumRound.holder(
        PolynomialBatch.type(
            0x0108, "encryption-share", "Switch", parameters.ring(), shares.size()),
        encryptions,
        self,
        keyHolders,
        List.of(),
        sums -> {
          List<Ciphertext> ciphertexts = new ArrayList<>();
          for (int i = 0; i < sums.size(); i++) {
            ciphertexts.add(new Ciphertext(sums.get(i), alphas.get(i)));
          }
          return ciphertexts;
        });
  }

  /** −s_i·α − e_i + round(q·M/t), in {@link Domain#EVALUATION}. */
  static RnsPolynomial encrypt(
      BfvParameters parameters,
      long[] share,
      RnsPolynomial alpha,
      SecretKey secretKey,
      RandomSource random) {
    return parameters.encoder().addMessage(PublicKey.share(alpha, secretKey, random), share);
  }
}
