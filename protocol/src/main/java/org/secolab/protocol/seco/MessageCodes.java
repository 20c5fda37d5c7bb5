package org.secolab.protocol.seco;

/** The numbers of this protocol's messages on the wire. */
final class MessageCodes {
  static final int COLLECTIVE_KEY = 0x0300;
  static final int USER_KEY = 0x0301;
  static final int ENCRYPTED_MASK = 0x0302;
  static final int PRODUCT = 0x0303;
  static final int PRODUCT_C1 = 0x0304;
  static final int USER_MASK = 0x0305;
  static final int USER_PRODUCT = 0x0306;
  static final int TRANSITION_MASK = 0x0307;
  static final int TRANSITION_C1 = 0x0308;
  static final int MASKED_TENSOR = 0x0309;
  static final int PADDED_SHARE = 0x030a;
  static final int OUTPUT_SHARE = 0x030b;
  static final int ENCRYPTED_RESULT = 0x030c;
  static final int READY = 0x030d;

  private MessageCodes() {}
}
