package org.secolab.mpcgc.ot;

import org.secolab.foundation.secret.ConstantTime;
import org.secolab.mpcgc.label.Delta;

/**
 * Transfers of 128-bit strings out of correlated ones: the correlation is hashed away (random
 * form), and the results hide strings of the sender's choice (chosen form). Strings take two words
 * each.
 */
public final class StringTransfers {
  private StringTransfers() {}

  /**
   * Random form, receiver: the string of each choice.
   *
   * @param macs M of the correlated transfers; used up
   * @param name the same at both ends, and never used again
   */
  public static long[] chosen(long[] macs, TransferName name) {
    CotReceiver.hashStrings(macs, name);
    return macs;
  }

  /**
   * Random form, sender: both strings of each transfer, those of choice 0 first.
   *
   * @param keys K of the correlated transfers; used up
   */
  public static long[][] both(long[] keys, Delta delta, TransferName name) {
    long[] one = keys.clone();
    for (int i = 0; i < one.length; i += 2) {
      one[i] ^= delta.low();
      one[i + 1] ^= delta.high();
    }
    CotReceiver.hashStrings(keys, name);
    CotReceiver.hashStrings(one, name);
    return new long[][] {keys, one};
  }

  /**
   * Chosen form, sender: the message that lets the receiver read {@code zero} or {@code one} of
   * each transfer.
   */
  public static long[] hide(long[] zero, long[] one, long[] keys, Delta delta, TransferName name) {
    if (zero.length != keys.length || one.length != keys.length) {
      throw new IllegalArgumentException(
          "expected " + keys.length + " words, got " + zero.length + " and " + one.length);
    }
    long[][] pads = both(keys, delta, name);
    long[] message = new long[2 * keys.length];
    for (int i = 0; i < zero.length; i++) {
      message[i] = zero[i] ^ pads[0][i];
      message[zero.length + i] = one[i] ^ pads[1][i];
    }
    return message;
  }

  /**
   * Chosen form, receiver: what it chose, without a branch on the choices.
   *
   * @param choices a plane of the choices
   */
  public static long[] open(long[] message, long[] choices, long[] macs, TransferName name) {
    if (message.length != 2 * macs.length) {
      throw new IllegalArgumentException(
          "expected " + 2 * macs.length + " words, got " + message.length);
    }
    long[] pads = chosen(macs, name);
    for (int i = 0; i < pads.length; i++) {
      long choice = choices[i >>> 7] >>> (i >>> 1) & 1;
      pads[i] ^= ConstantTime.select(choice, message[pads.length + i], message[i]);
    }
    return pads;
  }
}
