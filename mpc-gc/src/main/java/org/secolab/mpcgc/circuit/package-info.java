/**
 * Boolean circuits of XOR, AND and NOT gates over words of bits, and what they mean.
 *
 * <p>{@link org.secolab.mpcgc.circuit.CircuitBuilder} and {@link org.secolab.mpcgc.circuit.Words}
 * make a {@link org.secolab.mpcgc.circuit.Circuit}; {@link
 * org.secolab.mpcgc.circuit.ClearEvaluator} says what it computes: every garbling scheme must agree
 * with it. Only AND gates cost anything once garbled; shifts and truncation merely drop wires. An
 * AND gate whose operands depend on nothing but inputs known in setup costs no rows.
 *
 * <p>This is the lowest layer of the module: it knows neither labels nor parties, only who will
 * know an input, and when ({@link org.secolab.mpcgc.circuit.InputKind}).
 */
@NullMarked
package org.secolab.mpcgc.circuit;

import org.jspecify.annotations.NullMarked;
