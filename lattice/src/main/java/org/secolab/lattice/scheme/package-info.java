/**
 * The roles of a homomorphic scheme on vectors of N coefficients modulo t, multiplied as
 * polynomials modulo X^N+1. Two schemes play them: {@link org.secolab.lattice.bfv}, which encrypts,
 * and {@link org.secolab.lattice.clear}, whose ciphertext is its plaintext: the definition that the
 * first must equal.
 *
 * @see org.secolab.lattice.scheme.Encryptor
 * @see org.secolab.lattice.scheme.Evaluator
 * @see org.secolab.lattice.scheme.Decryptor
 */
@NullMarked
package org.secolab.lattice.scheme;

import org.jspecify.annotations.NullMarked;
