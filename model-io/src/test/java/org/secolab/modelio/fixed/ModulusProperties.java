package org.secolab.modelio.fixed;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigInteger;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Arithmetic without branches on operands equals its definition. */
class ModulusProperties {
  private static final List<Modulus> MODULI =
      List.of(
          Modulus.prime(3),
          Modulus.prime(65537),
          Modulus.prime(2061584302081L),
          Modulus.prime((1L << 50) - 27),
          Modulus.powerOfTwo(2),
          Modulus.powerOfTwo(32),
          Modulus.powerOfTwo(62));

  @Property(tries = 500)
  void residues_equalTheDefinition(@ForAll long x, @ForAll long y) {
    for (Modulus modulus : MODULI) {
      long t = modulus.value();
      assertEquals(Math.floorMod(x, t), modulus.reduce(x));
      for (long a : List.of(modulus.reduce(x), 0L, t / 2, t - 1)) {
        for (long b : List.of(modulus.reduce(y), 0L, 1L, t - 1)) {
          assertEquals(Math.floorMod(a + b, t), modulus.add(a, b));
          assertEquals(Math.floorMod(a - b, t), modulus.subtract(a, b));
          assertEquals(
              BigInteger.valueOf(a)
                  .multiply(BigInteger.valueOf(b))
                  .mod(BigInteger.valueOf(t))
                  .longValueExact(),
              modulus.multiply(a, b));
        }
        assertEquals(Math.floorMod(-a, t), modulus.negate(a));
        assertEquals(a > (t - 1) / 2 ? a - t : a, modulus.centered(a));
      }
    }
  }
}
