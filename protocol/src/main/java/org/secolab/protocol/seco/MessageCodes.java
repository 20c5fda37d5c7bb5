package org.secolab.protocol.seco;

/** The numbers of this protocol's messages on the wire, where they are not {@code cut}'s. */
final class MessageCodes {
  static final int ENCRYPTED_MASK = 0x0302;
  static final int PRODUCT = 0x0303;
  static final int PRODUCT_C1 = 0x0304;
  static final int TRANSITION_MASK = 0x0307;
  static final int TRANSITION_C1 = 0x0308;
  static final int PADDED_SHARE = 0x030a;
  static final int MASKED_TENSOR = 0x0309;

  private MessageCodes() {}
}
