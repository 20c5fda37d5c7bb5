/**
 * The scheme whose ciphertext is its plaintext, behind the roles of {@link
 * org.secolab.lattice.scheme}: the definition of what homomorphic evaluation must yield, in a form
 * that can be checked by reading. It hides nothing, and its names say so.
 */
@NullMarked
package org.secolab.lattice.clear;

import org.jspecify.annotations.NullMarked;
