package org.secolab.protocol.secopaper;

/** The numbers of these protocols' messages on the wire. */
final class MessageCodes {
  static final int WEIGHTS = 0x0310;
  static final int ENCRYPTED_MASK = 0x0311;
  static final int OUTPUT_MASK = 0x0312;
  static final int PRODUCT_C1 = 0x0313;
  static final int USER_MASK = 0x0314;
  static final int MASKED_TENSOR = 0x0315;

  private MessageCodes() {}
}
