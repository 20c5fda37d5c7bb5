package org.secolab.mpcgc.ot;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.secolab.foundation.party.PartyId;
import org.secolab.foundation.party.SessionId;

/**
 * What some transfers between two parties are for. It is hashed along wherever keys and strings are
 * derived, so that whoever attacks one run learns nothing about any other: equal seeds under two
 * names give unrelated pads.
 *
 * @param role tells apart what the same two parties do in one session; never the same twice
 * @param chooser who gets one string of each transfer
 * @param sender who gets both
 */
public record TransferName(SessionId session, String role, PartyId chooser, PartyId sender) {
  /** 32 bytes that stand for the name. */
  byte[] digest() {
    MessageDigest sha = KeyGroup.sha256();
    sha.update(ByteBuffer.allocate(16).putLong(session.high()).putLong(session.low()).array());
    for (String part : new String[] {role, chooser.name(), sender.name()}) {
      byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
      sha.update(ByteBuffer.allocate(4).putInt(0, bytes.length).array());
      sha.update(bytes);
    }
    return sha.digest();
  }
}
