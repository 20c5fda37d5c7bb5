package org.secolab.protocol.cut;

/** The numbers of the messages that all protocols with a cut have in common. */
final class MessageCodes {
  static final int COLLECTIVE_KEY = 0x0300;
  static final int USER_KEY = 0x0301;
  static final int USER_MASK = 0x0305;
  static final int USER_PRODUCT = 0x0306;
  static final int MASKED_TENSOR = 0x0309;
  static final int OUTPUT_SHARE = 0x030b;
  static final int ENCRYPTED_RESULT = 0x030c;
  static final int READY = 0x030d;

  private MessageCodes() {}
}
