package org.secolab.protocol.inference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.secolab.foundation.party.PartyId;
import org.secolab.foundation.transport.Channel;
import org.secolab.foundation.transport.Envelope;
import org.secolab.foundation.transport.LinkClosedException;
import org.secolab.foundation.transport.PartyClock;
import org.secolab.foundation.transport.Phase;
import org.secolab.foundation.transport.Scope;

/** On a clock of its own, so that times are exact. */
final class OnlinePadTest {
  private static final long MILLI = 1_000_000;

  private final AtomicLong now = new AtomicLong(17 * MILLI);
  private final List<String> log = new ArrayList<>();
  private final OnlinePad pad = new OnlinePad(Duration.ofMillis(100), now::addAndGet);
  private final Channel gateway =
      pad.over(
          new Channel() {
            @Override
            public PartyId self() {
              return SplitPlan.GATEWAY;
            }

            @Override
            public void send(Envelope envelope, byte[] frame) {
              log.add(envelope.type() + " at " + now.get() / MILLI);
            }

            @Override
            public byte[] receive(Envelope envelope) {
              return new byte[0];
            }
          },
          new PartyClock(now::get));

  private static Envelope online(PartyId peer, String type) {
    return new Envelope(peer, new Scope(Phase.ONLINE, 1), type, "test");
  }

  /** Two layers before the cut with the user, then some behind it. */
  private void infer(int layersBehindCut) throws LinkClosedException {
    gateway.receive(online(SplitPlan.USER, "input"));
    gateway.send(online(SplitPlan.USER, "labels"), new byte[0]);
    gateway.receive(online(SplitPlan.USER, "masked"));
    for (int i = 0; i < layersBehindCut; i++) {
      gateway.send(online(SplitPlan.remote(1), "layer"), new byte[0]);
      now.addAndGet(30 * MILLI);
    }
    gateway.send(online(SplitPlan.USER, "result"), new byte[0]);
  }

  @Test
  void twoDepths_giveResultsAtEqualTimes() throws LinkClosedException {
    infer(1);
    assertEquals(List.of("labels at 17", "layer at 17", "result at 117"), log);
    log.clear();
    now.addAndGet(5 * MILLI);
    infer(3);
    assertEquals("labels at 122", log.getFirst());
    assertEquals("result at 222", log.getLast());
    assertEquals(2, pad.onTime());
    assertEquals(0, pad.late());
  }

  @Test
  void depthThatTakesLonger_isPassedOnAtOnce_andCounted() throws LinkClosedException {
    infer(4);
    assertEquals("result at 137", log.getLast());
    assertEquals(1, pad.late());
    infer(1);
    assertEquals("result at 237", log.getLast());
    assertEquals(1, pad.onTime());
  }

  @Test
  void preprocessingAndLayersBeforeTheCut_areNotHeldBack() throws LinkClosedException {
    Envelope preprocessing =
        new Envelope(SplitPlan.USER, new Scope(Phase.PREPROCESSING, 0), "ready", "test");
    gateway.receive(preprocessing);
    gateway.send(preprocessing, new byte[0]);
    infer(0);
    assertEquals(List.of("ready at 17", "labels at 17", "result at 17"), log);
    assertEquals(0, pad.onTime() + pad.late());
  }

  @Test
  void padOfNoLength_isRefused() {
    assertThrows(IllegalArgumentException.class, () -> new OnlinePad(Duration.ZERO));
  }
}
