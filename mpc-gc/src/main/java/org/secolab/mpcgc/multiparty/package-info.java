/**
 * Garbling among parties: sessions of garblers and one evaluator, batches of equal circuits, inputs
 * that arrive later.
 *
 * <p>Every garbler {@link org.secolab.mpcgc.multiparty.Garbler#open opens} once and then, for each
 * batch, {@link org.secolab.mpcgc.multiparty.Garbler#garble garbles} together with the others while
 * the evaluator {@link org.secolab.mpcgc.multiparty.Evaluator#receive receives}. What depends on
 * inputs comes later and in any phase: {@code supply} and {@code answer}, {@code provide} and
 * {@code accept}. The evaluator learns its outputs and nothing else as long as one garbler is
 * honest; a garbler learns those that are its own, by {@code deliver} and {@code learn}, and
 * nothing else. Everybody follows the protocol (semi-honest).
 *
 * <p>Each inference has its own Δ per garbler and its own public seed of the hash, drawn after all
 * Δ. A batch is named by session, inference, layer and chunk; with gate and instance this makes
 * every tweak unique.
 */
@NullMarked
package org.secolab.mpcgc.multiparty;

import org.jspecify.annotations.NullMarked;
