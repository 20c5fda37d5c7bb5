package org.secolab.protocol.remote;

import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import org.secolab.foundation.party.PartyId;
import org.secolab.foundation.wire.MalformedMessageException;

/**
 * What a party knows of its link with one peer. Every method is called with the channel's lock
 * held; none calls into gRPC.
 */
final class Link {
  /**
   * Unread bytes, with {@link #OVERHEAD}, beyond which no more are asked for while the party
   * computes.
   */
  static final long WINDOW = 32L << 20;

  /** Unread bytes, counted so, at which a peer is not believed any more. */
  static final long LIMIT = 2L << 30;

  /** What a message or a frame takes beside its bytes: no peer fills the heap with empty ones. */
  static final int OVERHEAD = 32;

  private final PartyDirectory.Peer peer;
  private final byte[] hello;
  private final long limit;
  private final Queue<byte[]> frames = new ArrayDeque<>();
  private final Chunks.Assembler assembler = new Chunks.Assembler();
  private @Nullable Stream stream;
  private boolean greeted;
  private boolean ended;
  private boolean halfClosed;
  private boolean closed;
  private boolean owesRequest;
  private long held;
  private long heldUnfinished;
  private @Nullable String failure;
  private @Nullable String farewell;
  private long farewellTime;

  /** gRPC's end of it. */
  interface Stream {
    /** Asks for one more message. */
    void request();

    /** Whether the transport has room. */
    boolean isReady();

    void send(byte[] message);

    /** Nothing more will be sent. */
    void finish();
  }

  /**
   * A link that is not yet there.
   *
   * @param hello what the peer must say first
   */
  Link(PartyDirectory.Peer peer, byte[] hello) {
    this(peer, hello, LIMIT);
  }

  /** The same with another limit than {@link #LIMIT}. */
  Link(PartyDirectory.Peer peer, byte[] hello, long limit) {
    this.peer = peer;
    this.hello = hello;
    this.limit = limit;
  }

  PartyId party() {
    return peer.party();
  }

  PartyDirectory.Peer peer() {
    return peer;
  }

  /** The stream, once there is one. */
  @Nullable Stream stream() {
    return stream;
  }

  void attach(@Nullable Stream newStream) {
    stream = newStream;
  }

  /** Whether the peer has said who it is and may be talked to. */
  boolean isOpen() {
    return greeted;
  }

  /** Whether the peer has said that its part is done. */
  boolean hasEnded() {
    return ended;
  }

  /** Whether the transport is gone. */
  boolean isClosed() {
    return closed;
  }

  /** What broke the link, if anything did. */
  @Nullable String failure() {
    return failure;
  }

  /** Why the peer gave up, if it said so. */
  @Nullable String farewell() {
    return farewell;
  }

  /** How long ago the peer gave up, in nanoseconds. */
  long farewellAge(long now) {
    return now - farewellTime;
  }

  /** Whether the peer has closed its direction; true once. */
  boolean takeHalfClosed() {
    boolean now = halfClosed;
    halfClosed = false;
    return now;
  }

  void halfClose() {
    halfClosed = true;
    fail("connection closed");
  }

  /** Breaks the link; the first reason stands, and none counts once the peer is done. */
  void fail(String reason) {
    if (failure == null && farewell == null && !ended) {
      failure = reason;
    }
  }

  /** The transport is gone. */
  void close(String reason) {
    closed = true;
    fail(reason);
  }

  /** Takes a message from the peer. */
  void accept(byte[] message) {
    try {
      if (!greeted) {
        if (!Chunks.isSame(message, hello)) {
          throw new MalformedMessageException(
              "expected a party with the same deployment and options, got one with others");
        }
        greeted = true;
      } else if (ended || farewell != null) {
        throw new MalformedMessageException("expected nothing after the end, got more");
      } else if (Chunks.is(Chunks.END, message)) {
        ended = true;
      } else if (Chunks.is(Chunks.ABORT, message)) {
        farewell = Chunks.reason(message);
        farewellTime = System.nanoTime();
      } else if (Chunks.is(Chunks.FRAME, message) || Chunks.is(Chunks.MORE, message)) {
        int bytes = OVERHEAD + Chunks.dataBytes(message);
        held += bytes;
        heldUnfinished += bytes;
        if (held > limit) {
          throw new MalformedMessageException("expected at most " + limit + " unread bytes");
        }
        if (assembler.add(message)) {
          byte[] frame = assembler.take();
          frames.add(frame);
          held += OVERHEAD + frame.length - heldUnfinished;
          heldUnfinished = 0;
        }
      } else {
        throw new MalformedMessageException("expected a message of a link, got something else");
      }
    } catch (MalformedMessageException e) {
      fail(String.valueOf(e.getMessage()));
    }
  }

  /** The next frame, or null. */
  byte @Nullable [] poll() {
    byte[] frame = frames.poll();
    if (frame != null) {
      held -= OVERHEAD + frame.length;
    }
    return frame;
  }

  /** Notes that a request is due, and says whether it may be made now. */
  boolean mayRequest(boolean partyWaits) {
    owesRequest = !(partyWaits || held < WINDOW);
    return !owesRequest;
  }

  /** Whether a request that was held back may be made now; it counts as made. */
  boolean takeOwedRequest(boolean partyWaits) {
    if (owesRequest && (partyWaits || held < WINDOW)) {
      owesRequest = false;
      return true;
    }
    return false;
  }
}
