/**
 * What all protocols have in common: the question ({@link
 * org.secolab.protocol.inference.InferenceRequest}: a fixed-point model, a cut, inputs), the answer
 * ({@link org.secolab.protocol.inference.InferenceReport}: outputs and costs) and the interface
 * between them ({@link org.secolab.protocol.inference.InferenceProtocol}). A new protocol is one
 * package and one {@code provides} line; nothing else changes.
 *
 * <p>The theorem that the property tests of this module hold: for every model, valid cut, number of
 * remote servers and seed, the outputs equal {@code FixedPointInterpreter}'s bit for bit.
 */
@NullMarked
package org.secolab.protocol.inference;

import org.jspecify.annotations.NullMarked;
