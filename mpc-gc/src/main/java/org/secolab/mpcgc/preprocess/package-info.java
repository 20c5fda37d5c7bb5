/**
 * What the garblers do together before there are rows: bits shared among them, authenticated under
 * everybody's Δ, and products of such bits.
 *
 * <p>A shared bit [b] is b = Σ b^i and, for every ordered pair (i, j) of garblers, a correlated
 * transfer in which i has b^i and M = K + b^i·Δ^j, and j has K. Garbler i's share of b·Δ^j is M for
 * j ≠ i, and b^i·Δ^i plus all its K for j = i. All of this is linear, so XOR is free.
 *
 * <p>A product uses up one fresh correlated transfer per ordered pair, and two rounds: {@link
 * org.secolab.mpcgc.preprocess.BitProducts}.
 */
@NullMarked
package org.secolab.mpcgc.preprocess;

import org.jspecify.annotations.NullMarked;
