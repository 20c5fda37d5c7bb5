package org.secolab.foundation.transport;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.secolab.foundation.party.PartyId;

/**
 * All parties in one process, each on a thread of its own. Frames are handed over, not copied.
 *
 * <p>A sender waits while a window of bytes lies unread on its link and the receiver computes, so
 * that a slow receiver's heap does not fill. To a party that waits itself everything is sent at
 * once: two that send to each other must not wait for each other.
 *
 * <p>Nobody waits for ever: when one party fails, {@link #close} wakes all others; a link from a
 * party that {@link #leave left} ends behind its last frame; and when everybody who is there waits,
 * nobody will ever send, so all links close.
 */
public final class InMemoryNetwork {
  /** Unread bytes of a link beyond which its sender waits for a receiver that computes. */
  static final long WINDOW = 32L << 20;

  private record Link(PartyId from, PartyId to) {}

  private static final class Unread {
    final Queue<byte[]> frames = new ArrayDeque<>();
    long bytes;
  }

  private final Map<Link, Unread> links = new HashMap<>();
  private final Set<PartyId> present = new HashSet<>();
  // The link that a party waits for, from finding it empty until a frame comes or none will.
  private final Map<PartyId, Link> waiting = new HashMap<>();
  // Parties that wait for room on a link.
  private final Set<PartyId> sending = new HashSet<>();
  private @Nullable String closed;

  /** A network that connects each of {@code parties} with every other. */
  public InMemoryNetwork(List<PartyId> parties) {
    present.addAll(parties);
    for (PartyId from : parties) {
      for (PartyId to : parties) {
        if (!from.equals(to)) {
          links.put(new Link(from, to), new Unread());
        }
      }
    }
  }

  /** The end of {@code party}. */
  public Channel channel(PartyId party) {
    return new End(party);
  }

  /** Ends all links; the first reason given stands. */
  public synchronized void close(String reason) {
    if (closed == null) {
      closed = reason;
    }
    notifyAll();
  }

  /** {@code party} has done its part: it neither sends nor waits any more. */
  public synchronized void leave(PartyId party) {
    present.remove(party);
    waiting.values().removeIf(link -> link.from.equals(party));
    closeIfAllWait();
    notifyAll();
  }

  private void closeIfAllWait() {
    if (!present.isEmpty() && waiting.keySet().containsAll(present)) {
      close("all parties that are left wait for each other");
    }
  }

  private boolean computes(PartyId party) {
    return present.contains(party) && !waiting.containsKey(party) && !sending.contains(party);
  }

  private synchronized void put(Link link, byte[] frame) throws LinkClosedException {
    Unread unread = unread(link);
    BooleanSupplier mustWait = () -> closed == null && unread.bytes >= WINDOW && computes(link.to);
    if (mustWait.getAsBoolean()) {
      sending.add(link.from);
      notifyAll();
      awaitWhile(mustWait, link.to);
      sending.remove(link.from);
    }
    if (closed != null) {
      throw new LinkClosedException(link.to, closed);
    }
    unread.frames.add(frame);
    unread.bytes += frame.length;
    waiting.remove(link.to, link);
    notifyAll();
  }

  private synchronized byte[] take(Link link) throws LinkClosedException {
    Unread unread = unread(link);
    BooleanSupplier mustWait =
        () -> closed == null && unread.frames.isEmpty() && present.contains(link.from);
    if (mustWait.getAsBoolean()) {
      waiting.put(link.to, link);
      wakeSenders();
      closeIfAllWait();
      awaitWhile(mustWait, link.from);
    }
    byte[] frame = unread.frames.poll();
    if (frame == null) {
      throw new LinkClosedException(link.from, closed == null ? link.from + " has ended" : closed);
    }
    unread.bytes -= frame.length;
    wakeSenders();
    return frame;
  }

  private void wakeSenders() {
    if (!sending.isEmpty()) {
      notifyAll();
    }
  }

  private void awaitWhile(BooleanSupplier condition, PartyId peer) throws LinkClosedException {
    try {
      while (condition.getAsBoolean()) {
        wait();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LinkClosedException(peer, "interrupted");
    }
  }

  private Unread unread(Link link) {
    Unread unread = links.get(link);
    if (unread == null) {
      throw new IllegalArgumentException("expected a link of this network, got " + link);
    }
    return unread;
  }

  private final class End implements Channel {
    private final PartyId self;

    End(PartyId self) {
      this.self = self;
    }

    @Override
    public PartyId self() {
      return self;
    }

    @Override
    public void send(Envelope envelope, byte[] frame) throws LinkClosedException {
      put(new Link(self, envelope.peer()), frame);
    }

    @Override
    public byte[] receive(Envelope envelope) throws LinkClosedException {
      return take(new Link(envelope.peer(), self));
    }
  }
}
