package org.secolab.mpcgc.label;

import org.secolab.foundation.wire.Message;
import org.secolab.foundation.wire.MessageType;
import org.secolab.foundation.wire.WireWriter;

/**
 * Blocks or planes on the wire: 64-bit words of a number both sides know. The array is not to be
 * written to until the message was sent.
 */
public final class WordsMessage implements Message {
  private final long[] words;
  private final int length;

  /** All of {@code words}. */
  public WordsMessage(long[] words) {
    this(words, words.length);
  }

  /** The first {@code length} of {@code words}. */
  public WordsMessage(long[] words, int length) {
    if (length < 0 || length > words.length) {
      throw new IllegalArgumentException(
          "expected at most " + words.length + " words, got " + length);
    }
    this.words = words;
    this.length = length;
  }

  /** A type of messages of exactly {@code length} words. */
  public static MessageType<WordsMessage> type(int code, String name, String step, int length) {
    return new MessageType<>(code, name, step, in -> new WordsMessage(in.words(length)));
  }

  /**
   * The same, but the words go to the front of {@code target}: such a message lasts until the next.
   */
  public static MessageType<WordsMessage> type(
      int code, String name, String step, long[] target, int length) {
    return new MessageType<>(
        code,
        name,
        step,
        in -> {
          in.words(target, length);
          return new WordsMessage(target, length);
        });
  }

  /** The words, not a copy; those behind {@link #length} mean nothing. */
  public long[] words() {
    return words;
  }

  /** How many words count. */
  public int length() {
    return length;
  }

  @Override
  public void writeTo(WireWriter out) {
    out.words(words, 0, length);
  }

  @Override
  public String shape() {
    return length + " words of 64 bits";
  }
}
