package org.secolab.lattice.mhe;

import java.util.ArrayList;
import java.util.List;
import org.secolab.foundation.party.PartyId;
import org.secolab.foundation.random.RandomSource;
import org.secolab.foundation.round.Round;
import org.secolab.lattice.ring.Automorphism;
import org.secolab.lattice.ring.RnsPolynomial;
import org.secolab.lattice.rlwe.Gadget;
import org.secolab.lattice.rlwe.GaloisKey;
import org.secolab.lattice.rlwe.KeySwitchingKey;
import org.secolab.lattice.rlwe.RlweParameters;
import org.secolab.lattice.rlwe.SecretKey;
import org.secolab.lattice.rlwe.UniformSeed;

/**
 * Collective keys for automorphisms X ↦ X^g, any number of them in one round: everybody sends
 * −a·s_i + w·s_i(X^g) + e with a common, and since all of it is linear in s_i, the sums are the
 * key.
 */
public final class GaloisKeyGen {
  private GaloisKeyGen() {}

  /**
   * A key holder's side.
   *
   * @param parameters with a special prime
   * @param exponents the g, odd
   * @param secretKey this party's share s_i
   * @param reference the common reference string
   * @param self this party, one of {@code keyHolders}
   */
  public static Round<PolynomialBatch, List<GaloisKey>> begin(
      RlweParameters parameters,
      List<Integer> exponents,
      SecretKey secretKey,
      RandomSource reference,
      PartyId self,
      List<PartyId> keyHolders,
      RandomSource random) {
    int digits = new Gadget(parameters).size();
    List<Automorphism> automorphisms = new ArrayList<>();
    List<UniformSeed> seeds = new ArrayList<>();
    List<RnsPolynomial> shares = new ArrayList<>();
    for (int exponent : exponents) {
      Automorphism automorphism = new Automorphism(parameters.ring().degree(), exponent);
      UniformSeed seed = UniformSeed.draw(reference);
      RnsPolynomial image = automorphism.apply(secretKey.evaluatedInKeyRing());
      shares.addAll(
          KeySwitchingKey.encrypt(
              parameters, KeySwitchingKey.uniform(parameters, seed), image, secretKey, random));
      image.wipe();
      automorphisms.add(automorphism);
      seeds.add(seed);
    }
    return SumRound.holder(
        PolynomialBatch.type(
            0x0105, "galois-share", "Setup 1", parameters.keyRing(), digits * exponents.size()),
        shares,
        self,
        keyHolders,
        List.of(),
        sums -> {
          List<GaloisKey> keys = new ArrayList<>();
          for (int i = 0; i < automorphisms.size(); i++) {
            List<RnsPolynomial> b = sums.subList(i * digits, (i + 1) * digits);
            keys.add(
                new GaloisKey(
                    automorphisms.get(i), KeySwitchingKey.of(parameters, b, seeds.get(i))));
          }
          return keys;
        });
  }
}
