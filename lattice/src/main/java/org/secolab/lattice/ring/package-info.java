/**
 * The ring R_q = Z_q[X]/(X^N+1), q a product of distinct primes, N a power of two.
 *
 * <p>An element is kept as one row of N residues per prime (Chinese remainder theorem), either as
 * coefficients or as values at the 2N-th primitive roots of unity, where products are pointwise.
 * The {@link org.secolab.lattice.ring.NumberTheoreticTransform} leads from one to the other. With ψ
 * a primitive 2N-th root of unity modulo a prime and brv the reversal of log2 N bits, value i of a
 * polynomial a is a(ψ^(2·brv(i)+1)); every implementation keeps this order.
 */
@NullMarked
package org.secolab.lattice.ring;

import org.jspecify.annotations.NullMarked;
