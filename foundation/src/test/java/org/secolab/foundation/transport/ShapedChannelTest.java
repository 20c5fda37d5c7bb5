package org.secolab.foundation.transport;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.secolab.foundation.party.PartyId;

final class ShapedChannelTest {
  private static final PartyId A = new PartyId("a");
  private static final PartyId B = new PartyId("b");
  private static final PartyId C = new PartyId("c");

  /** 1 byte in 8 ns, half a round trip in 500 ns. */
  private static final NetworkShape SHAPE = new NetworkShape(1_000_000_000, 1000);

  private final InMemoryNetwork network = new InMemoryNetwork(List.of(A, B, C));
  private final Map<PartyId, PartyClock> clocks = new HashMap<>();
  private long computed;

  /** The end of a party that computes for as long as the test says. */
  private Channel end(PartyId party, NetworkShape shape) {
    PartyClock clock = new PartyClock(() -> computed);
    clocks.put(party, clock);
    return ShapedChannel.over(network.channel(party), shape, clock);
  }

  private static Envelope envelope(PartyId peer) {
    return new Envelope(peer, new Scope(Phase.ONLINE, 1), "test", "test");
  }

  @Test
  void exchange_takesTheComputedTime() throws LinkClosedException {
    Channel a = end(A, SHAPE);
    Channel b = end(B, SHAPE);
    byte[] question = {1, 2, 3, 4, 5};
    a.send(envelope(B), question);
    assertEquals(0, clocks.get(A).nanos(), "sending blocks nobody");
    assertArrayEquals(question, b.receive(envelope(A)));
    assertEquals(5 * 8 + 500, clocks.get(B).nanos());
    computed += 100; // Both compute.
    b.send(envelope(A), new byte[10]);
    a.receive(envelope(B));
    assertEquals(5 * 8 + 500 + 100 + 10 * 8 + 500, clocks.get(A).nanos());
  }

  @Test
  void framesToDifferentPeers_leaveOneAfterAnother() throws LinkClosedException {
    Channel a = end(A, SHAPE);
    Channel b = end(B, SHAPE);
    Channel c = end(C, SHAPE);
    a.send(envelope(B), new byte[1000]);
    a.send(envelope(C), new byte[1000]);
    b.receive(envelope(A));
    c.receive(envelope(A));
    assertEquals(8_500, clocks.get(B).nanos());
    assertEquals(16_500, clocks.get(C).nanos());
  }

  @Test
  void frameThatCameBeforeItWasWaitedFor_costsNoTime() throws LinkClosedException {
    Channel a = end(A, SHAPE);
    Channel b = end(B, SHAPE);
    a.send(envelope(B), new byte[1]);
    computed += 10_000;
    b.receive(envelope(A));
    assertEquals(10_000, clocks.get(B).nanos());
  }

  @Test
  void slowerNetwork_takesLonger() throws LinkClosedException {
    long[] nanos = new long[2];
    for (NetworkShape shape : List.of(NetworkShape.LAN, NetworkShape.WAN)) {
      Channel a = end(A, shape);
      Channel b = end(B, shape);
      a.send(envelope(B), new byte[1 << 20]);
      b.receive(envelope(A));
      nanos[shape.equals(NetworkShape.LAN) ? 0 : 1] = clocks.get(B).nanos();
    }
    assertEquals((8L << 20) + 250_000, nanos[0]);
    assertEquals((80L << 20) + 20_000_000, nanos[1]);
  }

  @Test
  void meterOfTheSameClock_booksSimulatedTime() throws LinkClosedException {
    Channel a = end(A, SHAPE);
    Channel b = end(B, SHAPE);
    CostMeter meter = new CostMeter(clocks.get(B));
    meter.enter(new Scope(Phase.ONLINE, 1));
    a.send(envelope(B), new byte[100]);
    meter.pause();
    b.receive(envelope(A));
    meter.resume();
    meter.leave();
    assertEquals(1300, meter.total(Phase.ONLINE).wallNanos());
    assertEquals(1300, meter.total(Phase.ONLINE).waitNanos());
  }

  @Test
  void frameWithoutATime_isRefused() throws LinkClosedException {
    network.channel(A).send(envelope(B), new byte[7]);
    Channel b = end(B, SHAPE);
    var e = assertThrows(LinkClosedException.class, () -> b.receive(envelope(A)));
    assertTrue(e.getMessage().contains("simulated network"), e.getMessage());
  }

  @Test
  void noShape_simulatesNothing() {
    assertFalse(end(A, NetworkShape.NONE) instanceof ShapedChannel);
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "100Mbit,20ms", "1000Mbit,0.500ms", "0.064Mbit,600ms"})
  void shape_isReadAsItIsWritten(String text) {
    assertEquals(text, NetworkShape.of(text).toString());
  }

  @Test
  void namesAndUnits() {
    assertEquals(NetworkShape.LAN, NetworkShape.of("1Gbit,0.5ms"));
    assertEquals(NetworkShape.WAN, NetworkShape.of("100000kbit,40ms"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "fast", "100Mbit", "0Mbit,1ms", "-1Mbit,1ms", "1Mbit,1s", "1Mbit;1ms"})
  void whatIsNoShape_isRefused(String text) {
    assertThrows(IllegalArgumentException.class, () -> NetworkShape.of(text));
  }
}
