package org.secolab.protocol.remote;

import java.util.ArrayList;
import java.util.List;
import org.secolab.foundation.party.PartyId;
import org.secolab.foundation.party.ProtocolAbortException;
import org.secolab.foundation.party.Roster;
import org.secolab.foundation.party.SessionId;
import org.secolab.foundation.random.RandomSource;
import org.secolab.foundation.round.PlainRound;
import org.secolab.foundation.transport.Channel;
import org.secolab.foundation.transport.Session;
import org.secolab.foundation.wire.MalformedMessageException;
import org.secolab.foundation.wire.Message;
import org.secolab.foundation.wire.MessageType;
import org.secolab.foundation.wire.WireReader;
import org.secolab.foundation.wire.WireWriter;
import org.secolab.protocol.inference.SplitPlan;

/**
 * What the parties agree on before a run: its name and how many inputs the user has. The user asks
 * the gateway, the gateway draws the name and tells everybody.
 *
 * @param session the run's name, fresh
 * @param inferences 1 to {@value #MAXIMUM_INFERENCES}
 */
public record Run(SessionId session, int inferences) implements Message {
  /** Most inputs in one run. */
  public static final int MAXIMUM_INFERENCES = 100_000;

  private static final MessageType<Run> REQUEST =
      new MessageType<>(0x03f0, "run-request", "Agreement", Run::read);
  private static final MessageType<Run> START =
      new MessageType<>(0x03f1, "run-start", "Agreement", Run::read);

  /**
   * @throws IllegalArgumentException if the number of inferences is out of range
   */
  public Run {
    if (inferences < 1 || inferences > MAXIMUM_INFERENCES) {
      throw new IllegalArgumentException(
          "expected 1 to " + MAXIMUM_INFERENCES + " inferences, got " + inferences);
    }
  }

  /**
   * The user's side.
   *
   * @param opening the name under which parties of a deployment talk before a run has one
   */
  public static Run ask(Channel channel, Roster roster, SessionId opening, int inferences)
      throws ProtocolAbortException {
    Session session = new Session(opening, roster, channel);
    session.exchange(
        PlainRound.send(REQUEST, List.of(SplitPlan.GATEWAY), new Run(opening, inferences)));
    Run run = hear(session);
    if (run.inferences != inferences) {
      throw new ProtocolAbortException(
          SplitPlan.GATEWAY, "expected " + inferences + " inferences, got " + run.inferences);
    }
    return run;
  }

  /** The gateway's side. */
  public static Run start(Channel channel, Roster roster, SessionId opening, RandomSource random)
      throws ProtocolAbortException {
    Session session = new Session(opening, roster, channel);
    Run request =
        session.exchange(PlainRound.receive(REQUEST, List.of(SplitPlan.USER))).from(SplitPlan.USER);
    Run run = new Run(SessionId.random(random), request.inferences);
    List<PartyId> others = new ArrayList<>(roster.others());
    session.exchange(PlainRound.send(START, others, run));
    return run;
  }

  /** A remote server's side. */
  public static Run hear(Channel channel, Roster roster, SessionId opening)
      throws ProtocolAbortException {
    return hear(new Session(opening, roster, channel));
  }

  private static Run hear(Session session) throws ProtocolAbortException {
    return session
        .exchange(PlainRound.receive(START, List.of(SplitPlan.GATEWAY)))
        .from(SplitPlan.GATEWAY);
  }

  private static Run read(WireReader in) throws MalformedMessageException {
    SessionId session = new SessionId(in.i64(), in.i64());
    int inferences = in.i32();
    if (inferences < 1 || inferences > MAXIMUM_INFERENCES) {
      throw new MalformedMessageException(
          "expected 1 to " + MAXIMUM_INFERENCES + " inferences, got " + inferences);
    }
    return new Run(session, inferences);
  }

  @Override
  public void writeTo(WireWriter out) {
    out.i64(session.high()).i64(session.low()).i32(inferences);
  }

  @Override
  public String shape() {
    return "session and number of inferences";
  }
}
