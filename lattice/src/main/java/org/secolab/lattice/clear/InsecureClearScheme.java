package org.secolab.lattice.clear;

import java.util.List;
import org.secolab.foundation.random.RandomSource;
import org.secolab.lattice.arith.PlaintextModulus;
import org.secolab.lattice.rlwe.Flooding;
import org.secolab.lattice.scheme.Decryptor;
import org.secolab.lattice.scheme.Encryptor;
import org.secolab.lattice.scheme.Evaluator;

/** All roles at once, without any key: messages as they are. For any N, not only powers of two. */
public final class InsecureClearScheme
    implements Encryptor<ClearVector>, Evaluator<ClearVector, ClearVector>, Decryptor<ClearVector> {
  private final int degree;
  private final PlaintextModulus t;

  /** Vectors of {@code degree} residues modulo t. */
  public InsecureClearScheme(int degree, PlaintextModulus t) {
    this.degree = degree;
    this.t = t;
  }

  @Override
  public ClearVector encrypt(long[] coefficients, RandomSource random) {
    return prepare(coefficients);
  }

  @Override
  public ClearVector rerandomise(
      ClearVector ciphertext, long[] coefficients, Flooding flooding, RandomSource random) {
    return addPlain(ciphertext, coefficients);
  }

  @Override
  public ClearVector prepare(long[] coefficients) {
    t.expectResidues(coefficients, degree);
    return new ClearVector(coefficients.clone());
  }

  @Override
  public ClearVector add(ClearVector a, ClearVector b) {
    long[] sum = new long[degree];
    for (int i = 0; i < degree; i++) {
      sum[i] = t.add(a.at(i), b.at(i));
    }
    return new ClearVector(sum);
  }

  @Override
  public ClearVector subtract(ClearVector a, ClearVector b) {
    long[] difference = new long[degree];
    for (int i = 0; i < degree; i++) {
      difference[i] = t.subtract(a.at(i), b.at(i));
    }
    return new ClearVector(difference);
  }

  @Override
  public ClearVector addPlain(ClearVector ciphertext, long[] coefficients) {
    return add(ciphertext, prepare(coefficients));
  }

  @Override
  public ClearVector multiplySum(List<ClearVector> factors, List<ClearVector> ciphertexts) {
    if (factors.isEmpty() || factors.size() != ciphertexts.size()) {
      throw new IllegalArgumentException(
          "expected as many factors as ciphertexts and at least one, got "
              + factors.size()
              + " and "
              + ciphertexts.size());
    }
    ClearVector sum = new ClearVector(new long[degree]);
    for (int i = 0; i < factors.size(); i++) {
      sum = add(sum, multiply(factors.get(i), ciphertexts.get(i)));
    }
    return sum;
  }

  /** The product modulo X^N + 1: where exponents pass N, the sign changes. */
  private ClearVector multiply(ClearVector a, ClearVector b) {
    long[] product = new long[degree];
    for (int i = 0; i < degree; i++) {
      if (a.at(i) == 0) {
        continue;
      }
      for (int j = 0; j < degree; j++) {
        long term = t.multiply(a.at(i), b.at(j));
        int k = i + j;
        product[k % degree] =
            k < degree ? t.add(product[k], term) : t.subtract(product[k - degree], term);
      }
    }
    return new ClearVector(product);
  }

  @Override
  public long[] decrypt(ClearVector ciphertext) {
    return ciphertext.residues();
  }
}
