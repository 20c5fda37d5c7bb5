package org.secolab.lattice.packing;

/** What a packing is chosen to make small; ties are broken by the number of products. */
public enum PackingObjective {
  /** Input and output polynomials together: about the bytes that servers exchange. */
  TOTAL_POLYNOMIALS {
    @Override
    long cost(long inputs, long outputs, long products) {
      return inputs + outputs;
    }
  },
  /** Input polynomials first: what whoever encrypts the input sends. */
  INPUT_POLYNOMIALS {
    @Override
    long cost(long inputs, long outputs, long products) {
      return (inputs << 24) + outputs;
    }
  },
  /** Products: the time of whoever multiplies. */
  PRODUCTS {
    @Override
    long cost(long inputs, long outputs, long products) {
      return (products << 24) + inputs + outputs;
    }
  };

  abstract long cost(long inputs, long outputs, long products);
}
