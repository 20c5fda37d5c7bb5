package org.secolab.lattice.mhe;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.secolab.foundation.party.PartyId;
import org.secolab.foundation.random.RandomSource;
import org.secolab.foundation.round.Round;
import org.secolab.foundation.wire.MessageType;
import org.secolab.lattice.ring.RnsPolynomial;
import org.secolab.lattice.rlwe.Ciphertext;
import org.secolab.lattice.rlwe.Flooding;
import org.secolab.lattice.rlwe.PublicKey;
import org.secolab.lattice.rlwe.RlweParameters;
import org.secolab.lattice.rlwe.SecretKey;
import org.secolab.lattice.sample.CentredBinomialSampler;
import org.secolab.lattice.sample.FloodingSampler;

/**
 * From ciphertexts under s = Σ s_i to ciphertexts under somebody's public key (p'_0, p'_1), whose
 * owner need not be present (protocol 4 of the paper): everybody sends h_{0,i} = s_i·c_1 + u_i·p'_0
 * + flood and h_{1,i} = u_i·p'_1 + e'; the result is (c_0 + Σ h_{0,i}, Σ h_{1,i}).
 */
public final class PublicKeySwitch {
  private PublicKeySwitch() {}

  /**
   * A key holder's side.
   *
   * @param ciphertexts under s; no decryption share may have been made for any of them
   * @param secretKey this party's share s_i
   * @param target the new key
   * @param self this party, one of {@code keyHolders}
   * @param observers who else is to get the result
   */
  public static Round<PolynomialBatch, List<Ciphertext>> begin(
      RlweParameters parameters,
      List<Ciphertext> ciphertexts,
      SecretKey secretKey,
      PublicKey target,
      Flooding flooding,
      PartyId self,
      List<PartyId> keyHolders,
      List<PartyId> observers,
      RandomSource random) {
    FloodingSampler sampler = new FloodingSampler(parameters.ring(), flooding.bound());
    List<RnsPolynomial> shares = new ArrayList<>();
    for (Ciphertext ciphertext : ciphertexts) {
      RnsPolynomial c1 = ciphertext.evaluated().c1();
      secretKey.claimShare(c1);
      try (SecretKey u = SecretKey.generate(parameters, random)) {
        RnsPolynomial h0 =
            c1.times(secretKey.evaluated()).addProductInPlace(target.p0(), u.evaluated());
        shares.add(sampler.addTo(h0, random));
        shares.add(CentredBinomialSampler.addTo(target.p1().times(u.evaluated()), random));
      }
    }
    return SumRound.holder(
        type(parameters, ciphertexts.size()),
        shares,
        self,
        keyHolders,
        observers,
        finish(ciphertexts));
  }

  /** The side of somebody who only wants the result: usually the owner of the new key. */
  public static Round<PolynomialBatch, List<Ciphertext>> observe(
      RlweParameters parameters, List<Ciphertext> ciphertexts, List<PartyId> keyHolders) {
    return SumRound.observer(
        type(parameters, ciphertexts.size()),
        parameters.ring(),
        2 * ciphertexts.size(),
        keyHolders,
        finish(ciphertexts));
  }

  private static MessageType<PolynomialBatch> type(RlweParameters parameters, int count) {
    return PolynomialBatch.type(
        0x0107, "public-key-switch-share", "Switch", parameters.ring(), 2 * count);
  }

  private static Function<List<RnsPolynomial>, List<Ciphertext>> finish(
      List<Ciphertext> ciphertexts) {
    return sums -> {
      List<Ciphertext> switched = new ArrayList<>();
      for (int i = 0; i < ciphertexts.size(); i++) {
        RnsPolynomial c0 = ciphertexts.get(i).evaluated().c0();
        switched.add(new Ciphertext(sums.get(2 * i).addInPlace(c0), sums.get(2 * i + 1)));
      }
      return switched;
    };
  }
}
