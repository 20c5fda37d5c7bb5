package org.secolab.foundation.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.secolab.foundation.party.PartyId;

final class InMemoryNetworkTest {
  private static final PartyId A = new PartyId("a");
  private static final PartyId B = new PartyId("b");
  private static final PartyId C = new PartyId("c");
  private static final int FRAME_BYTES = 1 << 20;
  private static final int WINDOW_FRAMES = (int) (InMemoryNetwork.WINDOW / FRAME_BYTES);
  private static final int FRAMES = 3 * WINDOW_FRAMES;
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final InMemoryNetwork network = new InMemoryNetwork(List.of(A, B, C));
  private final AtomicInteger sent = new AtomicInteger();

  private static Envelope envelope(PartyId peer) {
    return new Envelope(peer, new Scope(Phase.ONLINE, 1), "test", "test");
  }

  private void send(PartyId from, PartyId to) throws LinkClosedException {
    for (int i = 0; i < FRAMES; i++) {
      network.channel(from).send(envelope(to), new byte[FRAME_BYTES]);
      sent.incrementAndGet();
    }
  }

  private void receive(PartyId to, PartyId from) throws LinkClosedException {
    for (int i = 0; i < FRAMES; i++) {
      assertEquals(FRAME_BYTES, network.channel(to).receive(envelope(from)).length);
    }
  }

  private static <T> FutureTask<T> start(Callable<T> program) {
    FutureTask<T> task = new FutureTask<>(program);
    Thread.ofPlatform().daemon().start(task);
    return task;
  }

  private FutureTask<Boolean> startSending(PartyId from, PartyId to) {
    return start(
        () -> {
          send(from, to);
          return true;
        });
  }

  /** Waits until the sender has filled the window, then gives it time to send more. */
  private void awaitFullWindow() throws InterruptedException {
    while (sent.get() < WINDOW_FRAMES) {
      Thread.sleep(1);
    }
    Thread.sleep(50);
    assertEquals(WINDOW_FRAMES, sent.get());
  }

  @Test
  void senderToAComputingParty_waitsForRoom() {
    assertTimeoutPreemptively(
        PATIENCE,
        () -> {
          FutureTask<Boolean> sender = startSending(A, B);
          awaitFullWindow();
          receive(B, A);
          assertTrue(sender.get());
        });
  }

  @Test
  void partiesThatSendAtTheSameTime_doNotWaitForEachOther() {
    assertTimeoutPreemptively(
        PATIENCE,
        () -> {
          FutureTask<Boolean> other =
              start(
                  () -> {
                    send(A, B);
                    receive(A, B);
                    return true;
                  });
          send(B, A);
          receive(B, A);
          assertTrue(other.get());
        });
  }

  @Test
  void senderToAPartyThatWaitsForAnother_isNotHeldUp() {
    assertTimeoutPreemptively(
        PATIENCE,
        () -> {
          FutureTask<Boolean> sender = startSending(A, B);
          awaitFullWindow();
          FutureTask<Integer> receiver =
              start(() -> network.channel(B).receive(envelope(C)).length);
          assertTrue(sender.get());
          network.channel(C).send(envelope(B), new byte[1]);
          assertEquals(1, receiver.get());
        });
  }

  @Test
  void senderToAPartyThatHasEnded_isNotHeldUp() {
    assertTimeoutPreemptively(
        PATIENCE,
        () -> {
          FutureTask<Boolean> sender = startSending(A, B);
          awaitFullWindow();
          network.leave(B);
          assertTrue(sender.get());
        });
  }

  @Test
  void closing_wakesASenderThatWaits() {
    assertTimeoutPreemptively(
        PATIENCE,
        () -> {
          FutureTask<Boolean> sender = startSending(A, B);
          awaitFullWindow();
          network.close("b stopped");
          ExecutionException failure = assertThrows(ExecutionException.class, sender::get);
          LinkClosedException cause = (LinkClosedException) failure.getCause();
          assertEquals(B, cause.peer());
        });
  }
}
