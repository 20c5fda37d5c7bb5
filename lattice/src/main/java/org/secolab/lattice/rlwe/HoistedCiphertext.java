package org.secolab.lattice.rlwe;

import java.util.ArrayList;
import java.util.List;
import org.secolab.lattice.ring.Automorphism;
import org.secolab.lattice.ring.Domain;
import org.secolab.lattice.ring.RnsPolynomial;
import org.secolab.lattice.ring.Scratch;

/**
 * A ciphertext whose c_1 was decomposed once, for many automorphisms: hoisting (Halevi, Shoup,
 * Crypto 2018, eprint 2018/244, section 5). An automorphism permutes coefficients up to sign, and
 * centred digits of −x are the negatives of those of x, so the digits of an image are the images of
 * the digits: results are those of {@link KeySwitchingKey#apply} to the last bit. Immutable.
 */
public final class HoistedCiphertext {
  private final RnsPolynomial c0;
  private final List<RnsPolynomial> digits;

  /** Decomposes c_1 of a ciphertext that can be switched by keys of these parameters. */
  public HoistedCiphertext(RlweParameters parameters, Ciphertext ciphertext) {
    Ciphertext evaluated = ciphertext.evaluated();
    c0 = evaluated.c0();
    digits = new Gadget(parameters).digits(evaluated.c1());
  }

  /** The message m(X) as m(X^g). */
  public Ciphertext apply(GaloisKey key) {
    Automorphism automorphism = key.automorphism();
    try (Scratch scratch = Scratch.open()) {
      List<RnsPolynomial> images = new ArrayList<>();
      for (RnsPolynomial digit : digits) {
        images.add(automorphism.apply(digit, scratch.polynomial(digit.ring(), Domain.EVALUATION)));
      }
      Ciphertext switched = key.key().applyToDigits(images);
      RnsPolynomial image =
          automorphism.apply(c0, scratch.polynomial(c0.ring(), Domain.EVALUATION));
      return new Ciphertext(switched.c0().addInPlace(image), switched.c1());
    }
  }

  @Override
  public String toString() {
    return "HoistedCiphertext over " + c0.ring();
  }
}
