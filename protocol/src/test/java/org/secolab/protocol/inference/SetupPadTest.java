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
final class SetupPadTest {
  private static final long MILLI = 1_000_000;

  private final AtomicLong now = new AtomicLong(17 * MILLI);
  private final List<String> log = new ArrayList<>();
  private final SetupPad pad = new SetupPad(Duration.ofMillis(100), now::addAndGet);
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

  private static Envelope envelope(PartyId peer, Phase phase, String type) {
    return new Envelope(peer, new Scope(phase, 1), type, "test");
  }

  /** Setup of some layers among the servers, then preprocessing with the user. */
  private void prepare(int layersBehindCut) throws LinkClosedException {
    for (int i = 0; i < layersBehindCut; i++) {
      gateway.receive(envelope(SplitPlan.remote(1), Phase.SETUP_PER_INFERENCE, "layer"));
      now.addAndGet(30 * MILLI);
    }
    gateway.receive(envelope(SplitPlan.USER, Phase.PREPROCESSING, "mask"));
    gateway.send(envelope(SplitPlan.USER, Phase.PREPROCESSING, "product"), new byte[0]);
    now.addAndGet(5 * MILLI);
    gateway.send(envelope(SplitPlan.USER, Phase.PREPROCESSING, "ready"), new byte[0]);
  }

  @Test
  void twoDepths_areAnsweredAtEqualTimes_afterTheWordBefore() throws LinkClosedException {
    gateway.send(envelope(SplitPlan.USER, Phase.SETUP_ONCE, "keys"), new byte[0]);
    prepare(1);
    assertEquals(List.of("keys at 17", "product at 117", "ready at 122"), log);
    log.clear();
    prepare(3);
    assertEquals(List.of("product at 222", "ready at 227"), log);
    assertEquals(2, pad.onTime());
    assertEquals(0, pad.late());
  }

  @Test
  void setupThatTakesLonger_isPassedOnAtOnce_andCounted() throws LinkClosedException {
    prepare(4);
    assertEquals(List.of("product at 137", "ready at 142"), log);
    assertEquals(1, pad.late());
    assertEquals(0, pad.onTime());
  }

  @Test
  void materialFromAStore_andResults_areNotHeldBack() throws LinkClosedException {
    gateway.receive(envelope(SplitPlan.USER, Phase.ONLINE, "input"));
    gateway.send(envelope(SplitPlan.remote(1), Phase.ONLINE, "layer"), new byte[0]);
    gateway.send(envelope(SplitPlan.USER, Phase.ONLINE, "result"), new byte[0]);
    assertEquals(List.of("layer at 17", "result at 17"), log);
    assertEquals(0, pad.onTime() + pad.late());
  }

  @Test
  void padOfNoLength_isRefused() {
    assertThrows(IllegalArgumentException.class, () -> new SetupPad(Duration.ZERO));
  }
}
