/**
 * Recorded views. The <em>view</em> of a party in a run is what it was given, the randomness it
 * drew, and the messages it received, in the order it saw them; what it sent follows from those and
 * is kept for reading. Security proofs speak about nothing else: a protocol is secure against a
 * coalition if somebody who knows only the coalition's inputs and results could have made up its
 * views.
 *
 * <table>
 * <caption>A folder written by {@code seco infer --report DIR}</caption>
 * <tr><th>file</th><th>what</th></tr>
 * <tr><td>{@code run.json}</td><td>what {@code infer --json} prints, and {@code views}: the names of
 * the files below</td></tr>
 * <tr><td>{@code view-PARTY.jsonl}</td><td>one JSON object a line, its kind in {@code record}: first
 * {@code view} (format, party, protocol, notice), then {@code given} (what the party holds: its part
 * by size and digest, the user's inputs and outputs by value), {@code randomness} (the seed of
 * everything random the party does), {@code message} (number, phase, layer, direction, peer, type,
 * step, bytes, shape, sha256 of the payload, and with {@code --report-raw} the payload), last
 * {@code end} with counts, so that a file cut short is noticed</td></tr>
 * <tr><td>{@code given-PARTY.part}</td><td>with {@code --report-raw}: the party's part of the
 * model</td></tr>
 * </table>
 *
 * <p>Each file holds the secrets of its party. Lines are written as messages pass, so memory does
 * not grow with the run.
 */
@NullMarked
package org.secolab.repro.view;

import org.jspecify.annotations.NullMarked;
