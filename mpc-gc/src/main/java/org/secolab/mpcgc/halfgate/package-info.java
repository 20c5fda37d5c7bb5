/**
 * One AND gate, for many instances at once: the tweaked hash, the rows a garbler makes, and how the
 * evaluator uses them.
 *
 * <p>With H(x; id, side, j) the hash, garbler i computes for every owner j of labels
 *
 * <pre>
 * G0 = H(L_u; u, j) + H(L_u + Δ; u, j) + [λ_v]
 * G1 = H(L_v; v, j) + H(L_v + Δ; v, j) + [λ_u]   (+ L_u if i = j)
 * G2 = H(L_u; u, j) + H(L_v; v, j) + [σ + λ_w]   (if i = j this is L_w, and nothing is sent)
 * </pre>
 *
 * where + is exclusive or and [b] is garbler i's share of b·Δ^j. With T the sums over all garblers,
 * the evaluator's label of owner j is
 *
 * <pre>
 * A_w = Σ_i H(A^i_u; u, j) + H(A^i_v; v, j)  +  Λ_u·T0  +  Λ_v·(T1 + A^j_u)  +  T2.
 * </pre>
 *
 * For one garbler these are the half-gates of Zahur, Rosulek and Evans (Eurocrypt 2015).
 */
@NullMarked
package org.secolab.mpcgc.halfgate;

import org.jspecify.annotations.NullMarked;
