package org.secolab.protocol.remote;

import io.grpc.CallOptions;
import io.grpc.Grpc;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;
import org.secolab.foundation.party.PartyId;
import org.secolab.foundation.transport.Channel;
import org.secolab.foundation.transport.Envelope;
import org.secolab.foundation.transport.LinkClosedException;

/**
 * One party's end of its links to the parties of a deployment, each in a process of its own.
 *
 * <p>Used by one thread. A link that breaks is never mended: the next use of the channel fails and
 * names the peer.
 */
public final class RemoteChannel implements Channel, AutoCloseable {
  /** How long a party that heard of a broken link elsewhere waits for its own to break. */
  private static final Duration HEARSAY = Duration.ofSeconds(1);

  /** How long the last messages may take to leave. */
  private static final Duration GOODBYE = Duration.ofSeconds(10);

  /** How long a reason to give up may take to leave. */
  private static final Duration LAST_WORD = Duration.ofMillis(500);

  private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(150);
  private static final long NAP_MILLIS = 200;

  private final PartyId self;
  private final Identity identity;
  private final byte[] hello;
  private final Object lock = new Object();
  private final Map<PartyId, Link> links = new LinkedHashMap<>();
  private final Map<PartyId, ManagedChannel> dialled = new HashMap<>();
  private final @Nullable Server server;
  private volatile boolean waiting;

  private RemoteChannel(
      PartyDirectory directory, PartyId self, Identity identity, byte[] deployment)
      throws IOException {
    this.self = self;
    this.identity = identity;
    this.hello = Chunks.hello(deployment);
    for (PartyDirectory.Peer peer : directory.peersOf(self)) {
      links.put(peer.party(), new Link(peer, hello));
    }
    InetSocketAddress address = directory.entry(self).address().orElse(null);
    server = address == null ? null : listen(address);
  }

  /**
   * Listens, dials, and returns when all links stand.
   *
   * @param directory the parties, in the roster's order
   * @param self whose end this is
   * @param identity must be the one that the directory pins for {@code self}
   * @param deployment what all parties of a deployment know; others are refused
   * @param patience how long to wait for peers that have not started yet
   * @throws IOException if it cannot listen
   * @throws LinkClosedException naming a peer that did not come, or that was refused
   * @throws IllegalArgumentException if the identity is not {@code self}'s
   */
  public static RemoteChannel open(
      PartyDirectory directory,
      PartyId self,
      Identity identity,
      byte[] deployment,
      Duration patience)
      throws IOException, LinkClosedException {
    Fingerprint expected = directory.entry(self).certificate();
    if (!identity.fingerprint().equals(expected)) {
      throw new IllegalArgumentException(
          "expected the certificate "
              + expected
              + " of "
              + self
              + ", got "
              + identity.fingerprint());
    }
    RemoteChannel channel = new RemoteChannel(directory, self, identity, deployment);
    try {
      channel.connect(patience);
      return channel;
    } catch (LinkClosedException e) {
      channel.abort(String.valueOf(e.getMessage()));
      throw e;
    }
  }

  private Server listen(InetSocketAddress address) throws IOException {
    Set<Fingerprint> callers =
        links.values().stream()
            .filter(link -> link.peer().dial().isEmpty())
            .map(link -> link.peer().certificate())
            .collect(Collectors.toSet());
    ServerCallHandler<byte[], byte[]> handler = (call, _) -> accept(call);
    try {
      return Tls.listen(address, identity, callers)
          .addService(
              ServerServiceDefinition.builder("seco.Link")
                  .addMethod(Chunks.METHOD, handler)
                  .build())
          .build()
          .start();
    } catch (IOException e) {
      throw new IOException(self + ": cannot listen on " + address + ": " + rootMessage(e), e);
    }
  }

  private static String rootMessage(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return String.valueOf(cause.getMessage());
  }

  /** A call came in: its certificate says from whom. */
  private ServerCall.Listener<byte[]> accept(ServerCall<byte[], byte[]> call) {
    Link link = caller(call);
    synchronized (lock) {
      if (link != null && link.stream() == null) {
        Streams.Accepted stream = new Streams.Accepted(call, new LinkEvents(link));
        link.attach(stream);
        call.sendHeaders(new Metadata());
        call.sendMessage(hello);
        call.request(1);
        return stream;
      }
    }
    call.close(
        link == null
            ? Status.PERMISSION_DENIED.withDescription("not a party that calls here")
            : Status.ALREADY_EXISTS.withDescription("the link is open already"),
        new Metadata());
    return new ServerCall.Listener<>() {};
  }

  private @Nullable Link caller(ServerCall<byte[], byte[]> call) {
    SSLSession session = call.getAttributes().get(Grpc.TRANSPORT_ATTR_SSL_SESSION);
    try {
      if (session != null
          && session.getPeerCertificates()[0] instanceof X509Certificate certificate) {
        Fingerprint fingerprint = Fingerprint.of(certificate);
        for (Link link : links.values()) {
          if (link.peer().dial().isEmpty() && link.peer().certificate().equals(fingerprint)) {
            return link;
          }
        }
      }
    } catch (SSLPeerUnverifiedException e) {
      return null;
    }
    return null;
  }

  /** Dials until all links stand. */
  private void connect(Duration patience) throws LinkClosedException {
    long deadline = System.nanoTime() + patience.toNanos();
    Map<Link, Long> nextAttempt = new HashMap<>();
    while (true) {
      List<Link> toDial = new ArrayList<>();
      synchronized (lock) {
        checkLinks();
        long now = System.nanoTime();
        Link missing = null;
        for (Link link : links.values()) {
          if (!link.isOpen()) {
            missing = link;
            if (link.peer().dial().isPresent()
                && link.stream() == null
                && now >= nextAttempt.getOrDefault(link, now)) {
              nextAttempt.put(link, now + RETRY_NANOS);
              toDial.add(link);
            }
          }
        }
        if (missing == null) {
          return;
        }
        if (now > deadline) {
          throw new LinkClosedException(
              missing.party(), "no link within " + patience.toSeconds() + " s");
        }
        if (toDial.isEmpty()) {
          nap(missing.party(), RETRY_NANOS / 1_000_000 / 2);
        }
      }
      toDial.forEach(this::dial);
    }
  }

  private void dial(Link link) {
    InetSocketAddress address = link.peer().dial().orElseThrow();
    ManagedChannel channel = Tls.dial(address, identity, link.peer().certificate()).build();
    ManagedChannel before = dialled.put(link.party(), channel);
    if (before != null) {
      before.shutdownNow();
    }
    Streams.Dialled stream =
        new Streams.Dialled(
            channel.newCall(Chunks.METHOD, CallOptions.DEFAULT), new LinkEvents(link));
    synchronized (lock) {
      link.attach(stream);
    }
    stream.start();
    stream.request();
    stream.send(hello);
  }

  /** What gRPC reports of one stream, told to the link and to whoever waits. */
  private final class LinkEvents implements Streams.Events {
    private final Link link;

    LinkEvents(Link link) {
      this.link = link;
    }

    @Override
    public void message(byte[] message) {
      boolean more;
      Link.Stream stream;
      synchronized (lock) {
        link.accept(message);
        // A broken link is not read any further; the party's own thread ends the run.
        more = link.failure() == null && link.mayRequest(waiting);
        stream = link.stream();
        lock.notifyAll();
      }
      if (stream != null && more) {
        stream.request();
      }
    }

    @Override
    public void ready() {
      synchronized (lock) {
        lock.notifyAll();
      }
    }

    @Override
    public void halfClosed() {
      synchronized (lock) {
        link.halfClose();
        lock.notifyAll();
      }
    }

    @Override
    public void closed(Status status) {
      synchronized (lock) {
        if (!link.isOpen() && isNotYetThere(status)) {
          link.attach(null);
        } else {
          link.close(reason(status));
        }
        lock.notifyAll();
      }
    }

    /** Whether dialling again may help. */
    private boolean isNotYetThere(Status status) {
      return link.peer().dial().isPresent()
          && status.getCode() == Status.Code.UNAVAILABLE
          && !Tls.isRefusal(status.getCause());
    }

    private String reason(Status status) {
      if (Tls.isRefusal(status.getCause())) {
        return "refused: the certificate is not the one that the deployment pins";
      }
      String description = status.getDescription();
      return switch (status.getCode()) {
        case UNAVAILABLE, CANCELLED, OK -> "connection lost";
        default -> "refused: " + status.getCode() + (description == null ? "" : ", " + description);
      };
    }
  }

  @Override
  public PartyId self() {
    return self;
  }

  private Link link(Envelope envelope) {
    Link link = links.get(envelope.peer());
    if (link == null) {
      throw new IllegalArgumentException(
          "expected one of " + links.keySet() + ", got " + envelope.peer());
    }
    return link;
  }

  @Override
  public void send(Envelope envelope, byte[] frame) throws LinkClosedException {
    Link link = link(envelope);
    Link.Stream stream = link.stream();
    if (stream == null) {
      throw new AssertionError("open returns when all links stand");
    }
    int count = Chunks.count(frame);
    for (int i = 0; i < count; i++) {
      await(link, () -> stream.isReady() ? stream : null);
      stream.send(Chunks.of(frame, i));
    }
  }

  @Override
  public byte[] receive(Envelope envelope) throws LinkClosedException {
    Link link = link(envelope);
    byte[] frame = await(link, link::poll);
    requestOwed();
    return frame;
  }

  /** What is waited for, or null if it is not there yet. */
  @FunctionalInterface
  private interface Awaited<T> {
    @Nullable T poll();
  }

  private <T> T await(Link link, Awaited<T> awaited) throws LinkClosedException {
    synchronized (lock) {
      T found = awaited.poll();
      if (found != null) {
        return found;
      }
    }
    waiting = true;
    try {
      requestOwed();
      synchronized (lock) {
        while (true) {
          T found = awaited.poll();
          if (found != null) {
            return found;
          }
          checkLinks();
          if (link.hasEnded()) {
            throw new LinkClosedException(link.party(), "it ended the run too early");
          }
          nap(link.party(), NAP_MILLIS);
        }
      }
    } finally {
      waiting = false;
    }
  }

  private void requestOwed() {
    List<Link.Stream> streams = new ArrayList<>();
    synchronized (lock) {
      for (Link link : links.values()) {
        Link.Stream stream = link.stream();
        if (stream != null && link.takeOwedRequest(waiting)) {
          streams.add(stream);
        }
      }
    }
    streams.forEach(Link.Stream::request);
  }

  /** Fails if any link is broken: a run without one of its parties is over. */
  private void checkLinks() throws LinkClosedException {
    long now = System.nanoTime();
    Link accuser = null;
    for (Link link : links.values()) {
      String failure = link.failure();
      if (failure != null) {
        throw new LinkClosedException(link.party(), failure);
      }
      if (link.farewell() != null
          && (accuser == null || link.farewellAge(now) > accuser.farewellAge(now))) {
        accuser = link;
      }
    }
    if (accuser != null && accuser.farewellAge(now) > HEARSAY.toNanos()) {
      throw new LinkClosedException(accuser.party(), "it stopped: " + accuser.farewell());
    }
  }

  /** Waits for news; the callers' loops look again, whatever woke them. */
  @SuppressWarnings("WaitNotInLoop") // The loops are the callers'.
  private void nap(PartyId peer, long millis) throws LinkClosedException {
    try {
      lock.wait(Math.max(1, millis));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LinkClosedException(peer, "interrupted");
    }
  }

  /** Ends the run well: tells the peers, and waits until they know. */
  @Override
  public void close() {
    sayGoodbye(Chunks.end(), GOODBYE);
    shutDown();
  }

  /**
   * Ends the run badly: tells the peers why, and does not wait for theirs.
   *
   * @param reason without a secret
   */
  public void abort(String reason) {
    sayGoodbye(Chunks.abort(reason), LAST_WORD);
    shutDown();
  }

  private void sayGoodbye(byte[] message, Duration patience) {
    long deadline = System.nanoTime() + patience.toNanos();
    waiting = true;
    requestOwed();
    for (Link link : links.values()) {
      Link.Stream stream;
      synchronized (lock) {
        stream = link.isOpen() && !link.isClosed() ? link.stream() : null;
      }
      if (stream != null) {
        stream.send(message);
        if (link.peer().dial().isPresent()) {
          stream.finish();
        }
      }
    }
    try {
      synchronized (lock) {
        while (System.nanoTime() < deadline && !farewellsDone()) {
          lock.wait(NAP_MILLIS);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whether every peer has got everything; finishes the streams of callers who have finished. */
  private boolean farewellsDone() {
    boolean done = true;
    for (Link link : links.values()) {
      Link.Stream stream = link.stream();
      if (stream != null && link.isOpen() && !link.isClosed()) {
        done = false;
        if (link.peer().dial().isEmpty() && link.takeHalfClosed()) {
          stream.finish();
        }
      }
    }
    return done;
  }

  /** Cuts all links without a word, as the end of the process would. */
  void shutDown() {
    dialled.values().forEach(ManagedChannel::shutdownNow);
    if (server != null) {
      server.shutdownNow();
    }
    try {
      for (ManagedChannel channel : dialled.values()) {
        channel.awaitTermination(1, TimeUnit.SECONDS);
      }
      if (server != null) {
        server.awaitTermination(1, TimeUnit.SECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
