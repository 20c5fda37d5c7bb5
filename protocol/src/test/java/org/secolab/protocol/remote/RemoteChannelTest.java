package org.secolab.protocol.remote;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.secolab.foundation.party.PartyId;
import org.secolab.foundation.random.SeededRandom;
import org.secolab.foundation.random.SystemRandom;
import org.secolab.foundation.transport.Envelope;
import org.secolab.foundation.transport.LinkClosedException;
import org.secolab.foundation.transport.Phase;
import org.secolab.foundation.transport.Scope;
import org.secolab.foundation.wire.WireWriter;
import org.secolab.protocol.inference.SplitPlan;

/** Links that carry everything, from the right peers only, and break cleanly. */
final class RemoteChannelTest {
  private static final PartyId A = SplitPlan.remote(1);
  private static final PartyId B = SplitPlan.remote(2);
  private static final PartyId STRANGER = new PartyId("stranger");

  /** Two parties; the first dials the second. */
  private static PartyDirectory pair() {
    List<PartyDirectory.Entry> entries = Loopback.directory(new SplitPlan(0, 2)).entries();
    return new PartyDirectory(entries.subList(2, 4));
  }

  private static Envelope with(PartyId peer) {
    return new Envelope(peer, new Scope(Phase.ONLINE, 1), "test", "test");
  }

  private static byte[] frame(int size, int seed) {
    byte[] frame = new byte[size];
    SeededRandom.ofInsecureNumber(seed).fill(frame);
    return frame;
  }

  @Test
  void framesOfAllSizes_arriveInOrder() throws Exception {
    PartyDirectory directory = pair();
    int chunk = Chunks.DATA_BYTES;
    int[] sizes = {1, 32, chunk - 1, chunk, chunk + 1, 3 * chunk, 5_000_000, 2};
    Map<PartyId, Callable<Boolean>> parties = new LinkedHashMap<>();
    parties.put(
        A,
        () -> {
          try (RemoteChannel channel = Loopback.open(directory, A)) {
            for (int size : sizes) {
              channel.send(with(B), frame(size, size));
            }
            return Arrays.equals(frame(77, 1), channel.receive(with(B)));
          }
        });
    parties.put(
        B,
        () -> {
          try (RemoteChannel channel = Loopback.open(directory, B)) {
            for (int size : sizes) {
              assertArrayEquals(frame(size, size), channel.receive(with(A)));
            }
            channel.send(with(A), frame(77, 1));
            return true;
          }
        });
    Loopback.all(parties)
        .forEach((party, fate) -> assertEquals(Optional.of(true), fate.value(), fate.toString()));
  }

  /** Each sends more than a window before it reads anything: nobody may wait for ever. */
  @Test
  void bothSendMuchAtOnce_noDeadlock() throws Exception {
    PartyDirectory directory = pair();
    int frames = 3;
    int size = (int) Link.WINDOW / 2;
    Map<PartyId, Callable<Boolean>> parties = new LinkedHashMap<>();
    for (PartyId self : List.of(A, B)) {
      PartyId peer = self.equals(A) ? B : A;
      parties.put(
          self,
          () -> {
            try (RemoteChannel channel = Loopback.open(directory, self)) {
              byte[] own = frame(size, 5);
              for (int i = 0; i < frames; i++) {
                channel.send(with(peer), own);
              }
              for (int i = 0; i < frames; i++) {
                assertArrayEquals(own, channel.receive(with(peer)));
              }
              return true;
            }
          });
    }
    Loopback.all(parties)
        .forEach((party, fate) -> assertEquals(Optional.of(true), fate.value(), fate.toString()));
  }

  @Test
  void receiverThatDoesNotRead_slowsTheSenderDown() throws Exception {
    PartyDirectory directory = pair();
    int size = 1 << 20;
    int frames = 100;
    AtomicInteger sent = new AtomicInteger();
    Map<PartyId, Callable<Integer>> parties = new LinkedHashMap<>();
    parties.put(
        A,
        () -> {
          try (RemoteChannel channel = Loopback.open(directory, A)) {
            byte[] frame = frame(size, 3);
            for (int i = 0; i < frames; i++) {
              channel.send(with(B), frame);
              sent.incrementAndGet();
            }
            return frames;
          }
        });
    parties.put(
        B,
        () -> {
          try (RemoteChannel channel = Loopback.open(directory, B)) {
            // Busy with something else until nothing more has arrived for a while.
            int before = -1;
            while (before != sent.get()) {
              before = sent.get();
              Thread.sleep(700);
            }
            for (int i = 0; i < frames; i++) {
              channel.receive(with(A));
            }
            return before;
          }
        });
    int unread = Loopback.all(parties).get(B).value().orElseThrow();
    long least = Link.WINDOW / size;
    assertTrue(
        unread >= least && unread <= least + 16, "sent " + unread + " before anything was read");
  }

  @Test
  void calleeWithAnotherCertificate_isRefusedAtOnce() throws Exception {
    PartyDirectory honest = pair();
    // B's own idea of the directory: a certificate that nobody else pins.
    PartyDirectory own =
        new PartyDirectory(
            List.of(
                honest.entry(A),
                new PartyDirectory.Entry(
                    B, Loopback.identity(STRANGER).fingerprint(), honest.entry(B).address())));
    Map<PartyId, Callable<String>> parties = new LinkedHashMap<>();
    long start = System.nanoTime();
    parties.put(A, () -> refusal(honest, A, Loopback.identity(A), Loopback.DEPLOYMENT, 20));
    parties.put(B, () -> refusal(own, B, Loopback.identity(STRANGER), Loopback.DEPLOYMENT, 2));
    Map<PartyId, Loopback.Fate<String>> fates = Loopback.all(parties);
    assertTrue(System.nanoTime() - start < 8e9, "not at once");
    String message = fates.get(A).value().orElseThrow();
    assertTrue(message.contains("remote2") && message.contains("certificate"), message);
    assertTrue(fates.get(B).value().orElseThrow().contains("no link within 2 s"));
  }

  @Test
  void callerWithAnotherCertificate_isRefused_andTheRightOneStillGetsIn() throws Exception {
    PartyDirectory honest = pair();
    PartyDirectory own =
        new PartyDirectory(
            List.of(
                new PartyDirectory.Entry(
                    A, Loopback.identity(STRANGER).fingerprint(), honest.entry(A).address()),
                honest.entry(B)));
    CompletableFuture<RemoteChannel> callee =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return Loopback.open(honest, B);
              } catch (Exception e) {
                throw new AssertionError(e);
              }
            });
    String message = refusal(own, A, Loopback.identity(STRANGER), Loopback.DEPLOYMENT, 5);
    assertTrue(message.contains("remote2"), message);
    RemoteChannel caller = Loopback.open(honest, A);
    RemoteChannel channel = callee.get(10, TimeUnit.SECONDS);
    caller.send(with(B), frame(100, 1));
    assertArrayEquals(frame(100, 1), channel.receive(with(A)));
    CompletableFuture<Void> closing = CompletableFuture.runAsync(channel::close);
    caller.close();
    closing.get(10, TimeUnit.SECONDS);
  }

  @Test
  void partyOfAnotherDeployment_isRefused() throws Exception {
    PartyDirectory directory = pair();
    Map<PartyId, Callable<String>> parties = new LinkedHashMap<>();
    parties.put(A, () -> refusal(directory, A, Loopback.identity(A), new byte[] {1, 2, 3}, 10));
    parties.put(B, () -> refusal(directory, B, Loopback.identity(B), new byte[] {1, 2, 4}, 10));
    Loopback.all(parties)
        .forEach(
            (party, fate) ->
                assertTrue(
                    fate.value().orElseThrow().contains("same deployment"), fate.toString()));
  }

  @Test
  void certificates_areTakenOnlyIfPinnedAndValid(@TempDir Path folder) throws Exception {
    X509Certificate good = Loopback.identity(A).certificate();
    PinnedCertificates trust = new PinnedCertificates(Set.of(Fingerprint.of(good)));
    X509Certificate[] chain = {good};
    trust.checkClientTrusted(chain, "EC");
    trust.checkServerTrusted(chain, "EC");
    X509Certificate[] other = {Loopback.identity(B).certificate()};
    assertThrows(CertificateException.class, () -> trust.checkClientTrusted(other, "EC"));
    assertThrows(CertificateException.class, () -> trust.checkServerTrusted(other, "EC"));
    // A pinned certificate behind another one proves nothing.
    X509Certificate[] hidden = {Loopback.identity(B).certificate(), good};
    assertThrows(CertificateException.class, () -> trust.checkClientTrusted(hidden, "EC"));
    assertThrows(
        CertificateException.class, () -> trust.checkServerTrusted(new X509Certificate[0], "EC"));
    for (String start : List.of("-10d", "+10d")) {
      Identity identity = Identity.selfSigned(A, folder, start, 5, new SystemRandom());
      PinnedCertificates untimely = new PinnedCertificates(Set.of(identity.fingerprint()));
      X509Certificate[] wrongTime = {identity.certificate()};
      assertThrows(
          CertificateException.class, () -> untimely.checkClientTrusted(wrongTime, "EC"), start);
      assertThrows(
          CertificateException.class, () -> untimely.checkServerTrusted(wrongTime, "EC"), start);
    }
  }

  @Test
  void expiredCertificate_isRefused_thoughPinned(@TempDir Path folder) throws Exception {
    Identity expired = Identity.selfSigned(B, folder, "-10d", 5, new SystemRandom());
    PartyDirectory honest = pair();
    PartyDirectory directory =
        new PartyDirectory(
            List.of(
                honest.entry(A),
                new PartyDirectory.Entry(B, expired.fingerprint(), honest.entry(B).address())));
    Map<PartyId, Callable<String>> parties = new LinkedHashMap<>();
    parties.put(A, () -> refusal(directory, A, Loopback.identity(A), Loopback.DEPLOYMENT, 20));
    parties.put(B, () -> refusal(directory, B, expired, Loopback.DEPLOYMENT, 2));
    String message = Loopback.all(parties).get(A).value().orElseThrow();
    assertTrue(message.contains("remote2") && message.contains("certificate"), message);
  }

  /** The last frames are on their way when the sender closes, and the receiver is slow. */
  @Test
  void closing_waitsUntilThePeerHasEverything() throws Exception {
    PartyDirectory directory = pair();
    int frames = 3;
    byte[] frame = frame((int) Link.WINDOW / 2, 8);
    Map<PartyId, Callable<Boolean>> parties = new LinkedHashMap<>();
    for (PartyId self : List.of(A, B)) {
      boolean sends = self.equals(A);
      parties.put(
          self,
          () -> {
            try (RemoteChannel channel = Loopback.open(directory, self)) {
              if (sends) {
                channel.send(with(B), frame(1, 1));
                for (int i = 0; i < frames - 1; i++) {
                  channel.send(with(B), frame);
                }
              } else {
                channel.receive(with(A));
                Thread.sleep(1500);
                for (int i = 0; i < frames - 1; i++) {
                  assertArrayEquals(frame, channel.receive(with(A)));
                }
              }
              return true;
            }
          });
    }
    Loopback.all(parties)
        .forEach((party, fate) -> assertEquals(Optional.of(true), fate.value(), fate.toString()));
  }

  @Test
  void unreadBytes_haveALimit() {
    byte[] hello = Chunks.hello(Loopback.DEPLOYMENT);
    byte[] frame = frame(1000, 1);
    Link link = new Link(pair().peersOf(A).getFirst(), hello, 4 * (1000 + Link.OVERHEAD));
    link.accept(hello);
    for (int i = 0; i < 4; i++) {
      link.accept(Chunks.of(frame, 0));
      assertNull(link.failure(), "frame " + i);
    }
    assertArrayEquals(frame, link.poll());
    link.accept(Chunks.of(frame, 0));
    assertNull(link.failure(), "what was read does not count");
    link.accept(Chunks.of(frame(1, 1), 0));
    assertEquals("expected at most 4128 unread bytes", link.failure());
    assertEquals(2L << 30, Link.LIMIT);
  }

  @Test
  void frameInTinyPieces_countsWhatItTakesInTheHeap() {
    byte[] hello = Chunks.hello(Loopback.DEPLOYMENT);
    Link link = new Link(pair().peersOf(A).getFirst(), hello, 3900);
    link.accept(hello);
    byte[] first = new WireWriter(8).u8(Chunks.FRAME).i32(110).u8(1).toByteArray();
    byte[] more = {Chunks.MORE, 1};
    // A frame that is whole takes no more than one that came at once.
    for (int round = 0; round < 2; round++) {
      link.accept(first);
      for (int i = 1; i < 110; i++) {
        link.accept(more);
      }
      assertNull(link.failure());
    }
    link.accept(first);
    for (int i = 1; i < 110; i++) {
      link.accept(more);
    }
    assertEquals("expected at most 3900 unread bytes", link.failure());
    assertArrayEquals(link.poll(), link.poll());
  }

  private static String refusal(
      PartyDirectory directory, PartyId self, Identity identity, byte[] deployment, int seconds) {
    return assertThrows(
            LinkClosedException.class,
            () ->
                RemoteChannel.open(
                    directory, self, identity, deployment, Duration.ofSeconds(seconds)))
        .getMessage();
  }

  @Test
  void nobodyThere_isSaidAfterThePatience() {
    assertTrue(
        refusal(pair(), A, Loopback.identity(A), Loopback.DEPLOYMENT, 1)
            .contains("link to remote2 closed: no link within 1 s"));
  }

  @Test
  void identityThatIsNotOnesOwn_isRefused() {
    assertThrows(
        IllegalArgumentException.class,
        () ->
            RemoteChannel.open(
                pair(), A, Loopback.identity(B), Loopback.DEPLOYMENT, Duration.ofSeconds(1)));
  }

  /** A peer with the right key that says {@code messages} and then nothing more. */
  private static void saysInsteadOfFrames(String expected, byte[]... messages) throws Exception {
    PartyDirectory directory = pair();
    CompletableFuture<Throwable> failure =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                RemoteChannel channel = Loopback.open(directory, B);
                try {
                  channel.receive(with(A));
                } finally {
                  channel.shutDown();
                }
                return new AssertionError("a frame came");
              } catch (Exception e) {
                return e;
              }
            });
    ManagedChannel connection = connect(directory);
    ClientCall<byte[], byte[]> call = call(connection, new CompletableFuture<>());
    call.sendMessage(Chunks.hello(Loopback.DEPLOYMENT));
    for (byte[] message : messages) {
      call.sendMessage(message);
    }
    LinkClosedException closed =
        assertInstanceOf(LinkClosedException.class, failure.get(15, TimeUnit.SECONDS));
    assertEquals(A, closed.peer());
    assertTrue(closed.getMessage().contains(expected), closed.getMessage());
    connection.shutdownNow();
  }

  private static ManagedChannel connect(PartyDirectory directory) {
    return Tls.dial(
            directory.entry(B).address().orElseThrow(),
            Loopback.identity(A),
            Loopback.identity(B).fingerprint())
        .build();
  }

  private static ClientCall<byte[], byte[]> call(
      ManagedChannel connection, CompletableFuture<Status> end) {
    ClientCall<byte[], byte[]> call =
        connection.newCall(Chunks.METHOD, CallOptions.DEFAULT.withWaitForReady());
    call.start(
        new ClientCall.Listener<>() {
          @Override
          public void onClose(Status status, Metadata trailers) {
            end.complete(status);
          }
        },
        new Metadata());
    call.request(1);
    return call;
  }

  @Test
  void garbage_isRefused() throws Exception {
    saysInsteadOfFrames("expected a message of a link", new byte[] {99, 1, 2, 3});
    saysInsteadOfFrames("expected a message of a link", new byte[0]);
    saysInsteadOfFrames("continuation", new byte[] {Chunks.MORE, 1});
  }

  @Test
  void announcedFrame_tooLargeOrWithoutContent_isRefusedBeforeAnythingIsAllocated()
      throws Exception {
    saysInsteadOfFrames("expected a frame of 1 to", frameStart(Integer.MAX_VALUE, 1));
    saysInsteadOfFrames("expected a frame of 1 to", frameStart(-1, 1));
    saysInsteadOfFrames("expected a frame of 1 to", frameStart(0, 0));
    saysInsteadOfFrames("bytes of a frame, got 0", frameStart(10, 0));
    saysInsteadOfFrames("expected 1 to 10 bytes of a frame, got 11", frameStart(10, 11));
  }

  private static byte[] frameStart(int announced, int data) {
    return new WireWriter(16).u8(Chunks.FRAME).i32(announced).bytes(new byte[data]).toByteArray();
  }

  @Test
  void oversizedMessage_isRefused() throws Exception {
    saysInsteadOfFrames("", new byte[Chunks.MAXIMUM_BYTES + 1]);
  }

  @Test
  void secondStreamOfTheSameParty_isRefused() throws Exception {
    PartyDirectory directory = pair();
    CompletableFuture<RemoteChannel> callee =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return Loopback.open(directory, B);
              } catch (Exception e) {
                throw new AssertionError(e);
              }
            });
    RemoteChannel caller = Loopback.open(directory, A);
    RemoteChannel channel = callee.get(10, TimeUnit.SECONDS);
    ManagedChannel second = connect(directory);
    CompletableFuture<Status> end = new CompletableFuture<>();
    call(second, end).sendMessage(Chunks.hello(Loopback.DEPLOYMENT));
    assertEquals(Status.Code.ALREADY_EXISTS, end.get(10, TimeUnit.SECONDS).getCode());
    second.shutdownNow();
    caller.send(with(B), frame(10, 1));
    assertArrayEquals(frame(10, 1), channel.receive(with(A)));
    caller.shutDown();
    channel.shutDown();
  }

  @Test
  void peerThatEndsTooEarly_isNamed() throws Exception {
    PartyDirectory directory = pair();
    Map<PartyId, Callable<String>> parties = new LinkedHashMap<>();
    parties.put(
        A,
        () -> {
          Loopback.open(directory, A).close();
          return "";
        });
    parties.put(
        B,
        () -> {
          try (RemoteChannel channel = Loopback.open(directory, B)) {
            return assertThrows(LinkClosedException.class, () -> channel.receive(with(A)))
                .getMessage();
          }
        });
    assertEquals(
        "link to remote1 closed: it ended the run too early",
        Loopback.all(parties).get(B).value().orElseThrow());
  }

  @Test
  void identity_survivesItsFiles(@TempDir Path folder) throws Exception {
    Identity identity = Loopback.identity(A);
    identity.write(folder);
    assertEquals(identity.fingerprint(), Identity.read(folder).fingerprint());
    assertEquals(identity.privateKey(), Identity.read(folder).privateKey());
  }
}
