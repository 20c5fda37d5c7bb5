package org.secolab.protocol.adversary;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.secolab.foundation.party.PartyId;
import org.secolab.foundation.transport.RecordingChannel;
import org.secolab.foundation.wire.FrameHeader;
import org.secolab.foundation.wire.MalformedMessageException;
import org.secolab.foundation.wire.Message;
import org.secolab.foundation.wire.MessageType;
import org.secolab.foundation.wire.WireReader;

/** The traffic that each party of a run saw, read back as messages. */
final class PartyViews {
  private final Map<PartyId, List<RecordingChannel.Entry>> views;

  PartyViews(Map<PartyId, List<RecordingChannel.Entry>> views) {
    this.views = views;
  }

  /** What {@code viewer} received from {@code sender} under {@code type}'s name and step. */
  <M extends Message> List<M> received(PartyId viewer, PartyId sender, MessageType<M> type) {
    return messages(viewer, false, sender, type);
  }

  /** What {@code viewer} sent to {@code receiver} under {@code type}'s name and step. */
  <M extends Message> List<M> sent(PartyId viewer, PartyId receiver, MessageType<M> type) {
    return messages(viewer, true, receiver, type);
  }

  private <M extends Message> List<M> messages(
      PartyId viewer, boolean sent, PartyId peer, MessageType<M> type) {
    List<M> messages = new ArrayList<>();
    for (RecordingChannel.Entry entry : views.getOrDefault(viewer, List.of())) {
      if (entry.sent() == sent
          && entry.envelope().peer().equals(peer)
          && entry.envelope().type().equals(type.name())
          && (type.step().isEmpty() || entry.envelope().step().equals(type.step()))) {
        byte[] frame = entry.frame();
        int payload = frame.length - FrameHeader.BYTES;
        try {
          messages.add(type.read(new WireReader(frame, FrameHeader.BYTES, payload)));
        } catch (MalformedMessageException e) {
          throw new AssertionError("a lab must know the messages of the protocol it attacks", e);
        }
      }
    }
    if (messages.isEmpty()) {
      throw new AssertionError(
          "a lab must know the messages of the protocol it attacks: no " + type.name());
    }
    return messages;
  }
}
