package org.secolab.protocol.adversary;

import java.util.ArrayList;
import java.util.List;
import org.secolab.foundation.random.RandomSource;
import org.secolab.lattice.bfv.BfvParameters;
import org.secolab.lattice.ring.Domain;
import org.secolab.lattice.ring.RnsPolynomial;
import org.secolab.lattice.rlwe.PublicKey;
import org.secolab.lattice.rlwe.SecretKey;
import org.secolab.lattice.rlwe.UniformSeed;

/**
 * Key holders in one place: their shares s_i and p_0 = Σ −(p_1·s_i + e_i), as the round {@code
 * CollectivePublicKeyGen} makes it.
 */
record CollectiveKey(BfvParameters parameters, List<SecretKey> shares, PublicKey publicKey) {
  static CollectiveKey generate(BfvParameters parameters, int holders, RandomSource random) {
    UniformSeed reference = UniformSeed.draw(random);
    RnsPolynomial p1 = reference.expand(parameters.ring(), 0);
    RnsPolynomial p0 = RnsPolynomial.zero(parameters.ring(), Domain.EVALUATION);
    List<SecretKey> shares = new ArrayList<>();
    for (int i = 0; i < holders; i++) {
      SecretKey share = SecretKey.generate(parameters.rlwe(), random);
      shares.add(share);
      p0.addInPlace(PublicKey.share(p1, share, random));
    }
    return new CollectiveKey(parameters, shares, PublicKey.ofSeed(p0, reference));
  }
}
