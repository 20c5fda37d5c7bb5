package org.secolab.protocol.adversary;

import java.util.List;

/**
 * A value of the idealised protocol over Z_t, written as a function of inputs and random choices.
 *
 * <p>Terms share their parts: a layer is a graph, not a tree. Terms are told apart by identity.
 */
sealed interface Term {
  default Term plus(Term other) {
    return new Operation(Operator.PLUS, this, other);
  }

  default Term minus(Term other) {
    return new Operation(Operator.MINUS, this, other);
  }

  default Term times(Term other) {
    return new Operation(Operator.TIMES, this, other);
  }

  /** The activation; it has one operand, so both are the same. */
  default Term activated() {
    return new Operation(Operator.ACTIVATION, this, this);
  }

  /** The sum of at least one term. */
  static Term sum(List<? extends Term> terms) {
    Term sum = terms.getFirst();
    for (Term term : terms.subList(1, terms.size())) {
      sum = sum.plus(term);
    }
    return sum;
  }

  /** What a variable is to its owner. */
  enum Role {
    /** Fixed from outside. Of an honest owner's inputs nothing must be seen. */
    INPUT,
    /** Uniform and independent of everything else. */
    RANDOM
  }

  /**
   * @param owner a server, {@link IdealSeco#USER} or {@link IdealSeco#NOBODY}
   */
  record Variable(String name, int owner, Role role) implements Term {}

  /** An operation on two terms. */
  record Operation(Operator operator, Term left, Term right) implements Term {}

  enum Operator {
    PLUS,
    MINUS,
    TIMES,
    ACTIVATION;

    /** The result for a and b in [0, t). */
    int apply(int a, int b, int t) {
      return switch (this) {
        case PLUS -> (a + b) % t;
        case MINUS -> (a - b + t) % t;
        case TIMES -> a * b % t;
        // max(a, 0) for the representative of a in (−t/2, t/2]. Affine for t = 2 only.
        case ACTIVATION -> 2 * a <= t ? a : 0;
      };
    }
  }
}
