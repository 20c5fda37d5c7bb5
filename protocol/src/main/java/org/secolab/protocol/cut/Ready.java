package org.secolab.protocol.cut;

import java.util.List;
import org.secolab.foundation.party.ProtocolAbortException;
import org.secolab.foundation.round.PlainRound;
import org.secolab.foundation.transport.Phase;
import org.secolab.foundation.transport.Session;
import org.secolab.foundation.wire.Message;
import org.secolab.foundation.wire.MessageType;
import org.secolab.foundation.wire.WireWriter;
import org.secolab.protocol.inference.SplitPlan;

/** The gateway tells the user that all material of an inference is there. */
public record Ready() implements Message {
  private static final MessageType<Ready> TYPE =
      new MessageType<>(MessageCodes.READY, "ready", "Preprocessing", _ -> new Ready());

  @Override
  public void writeTo(WireWriter out) {
    // That it came is all there is to say.
  }

  public static void tell(Session session) throws ProtocolAbortException {
    session.enter(Phase.PREPROCESSING, 0);
    session.exchange(PlainRound.send(TYPE, List.of(SplitPlan.USER), new Ready()));
  }

  static void await(Session session) throws ProtocolAbortException {
    session.enter(Phase.PREPROCESSING, 0);
    session.exchange(PlainRound.receive(TYPE, List.of(SplitPlan.GATEWAY)));
  }
}
