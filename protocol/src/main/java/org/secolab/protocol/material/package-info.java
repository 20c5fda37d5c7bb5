/**
 * What one inference uses up, and how it comes to be used once.
 *
 * <p>Before the input is known the parties make, for each inference, masks r, output masks s, pads
 * ρ, the gateway's shares E^A and garbled circuits. Online every message is a value plus one of
 * them: x_1 − r_1, E^j + ρ^j, labels. Two messages under the same one differ by the difference of
 * two secrets, and two answers to one garbled input give away the labels of both bits, and with
 * them Δ. So <em>used once</em> is not a matter of tidiness: the security of every layer rests on
 * it.
 *
 * <p>In one process {@link org.secolab.protocol.material.OneTime} does it: its content is given out
 * once. Across processes {@link org.secolab.protocol.material.MaterialStore} does. Consider a party
 * that takes inference 7 and dies at any moment:
 *
 * <pre>
 *   next = 7 on the disk      crash here: 7 is whole and unused, nothing of it was sent
 *   next = 8 forced to disk   crash from here on: 7 is burnt, whether or not anything was sent
 *   first message that depends on 7
 *   ...
 *   folder 000007 deleted
 * </pre>
 *
 * The mark comes before the message, so there is no moment at which a message is out and the
 * material is still there. The mark is one number that only grows; a folder put back from a copy is
 * below it and is deleted unread.
 *
 * <p>What one party burns all burn: at the start of a run {@link
 * org.secolab.protocol.material.StoreAgreement} picks numbers that all have, made in the same run,
 * and nobody passed.
 *
 * <p>The next package down is {@link org.secolab.mpcgc.multiparty}, whose batches go into files one
 * by one, so that a deep network's tables never fill the heap.
 */
@NullMarked
package org.secolab.protocol.material;

import org.jspecify.annotations.NullMarked;
