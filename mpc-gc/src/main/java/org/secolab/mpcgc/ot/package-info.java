/**
 * Oblivious transfer: 128 base transfers between two parties, then any number of correlated ones
 * for the price of some AES and a few bytes.
 *
 * <p><b>Base transfers</b> follow Masny and Rindal (CCS 2019) with ML-KEM-512 as the key agreement
 * ({@link org.secolab.mpcgc.ot.BaseOtReceiver}). <b>Extension</b> is SoftSpokenOT (Roy, CRYPTO
 * 2022), semi-honest: with fields of 2^k elements each correlated transfer costs 128/k bits; k = 1
 * is IKNP. A correlated transfer gives the sender, who holds Δ, a random string K, and the
 * receiver, who chose the bit b, the string M = K + b·Δ.
 *
 * <p>The sender of the extension is the receiver of the base transfers, its choices being the bits
 * of Δ. A fresh Δ therefore needs fresh base transfers; {@link org.secolab.mpcgc.ot.CotSender} and
 * {@link org.secolab.mpcgc.ot.CotReceiver} make them out of 128 transfers of an older extension
 * that runs in the opposite direction, so that public-key operations happen once.
 */
@NullMarked
package org.secolab.mpcgc.ot;

import org.jspecify.annotations.NullMarked;
