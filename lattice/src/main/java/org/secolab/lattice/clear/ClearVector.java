package org.secolab.lattice.clear;

import java.util.Arrays;

/** N residues modulo t, in the open: ciphertext and factor of {@link InsecureClearScheme}. */
public final class ClearVector {
  private final long[] residues;

  ClearVector(long[] residues) {
    this.residues = residues;
  }

  /** A copy of the residues. */
  public long[] residues() {
    return residues.clone();
  }

  long at(int index) {
    return residues[index];
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ClearVector vector && Arrays.equals(vector.residues, residues);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(residues);
  }

  @Override
  public String toString() {
    return "ClearVector " + Arrays.toString(residues);
  }
}
