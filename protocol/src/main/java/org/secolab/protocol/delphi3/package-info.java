/**
 * DELPHI-3, the comparison of the SECO paper: the same protocol as {@link
 * org.secolab.protocol.secopaper}, but A evaluates the activations behind the cut, and is therefore
 * needed online in each of them.
 *
 * <p>B garbles, as there; now C's labels come from B by oblivious transfer and C forwards them to
 * A. So garbler and evaluator, {A, B}, read C's mask of every layer, and with it every activation
 * behind the cut.
 */
@NullMarked
package org.secolab.protocol.delphi3;

import org.jspecify.annotations.NullMarked;
