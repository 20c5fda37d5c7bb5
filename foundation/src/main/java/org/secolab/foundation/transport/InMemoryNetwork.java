package org.secolab.foundation.transport;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.secolab.foundation.party.PartyId;

/**
 * All parties in one process, each on a thread of its own. Frames are handed over, not copied.
 *
 * <p>Nobody waits for ever: when one party fails, {@link #close} wakes all others; a link from a
 * party that {@link #leave left} ends behind its last frame; and when everybody who is there waits,
 * nobody will ever send, so all links close.
 */
public final class InMemoryNetwork {
  private record Link(PartyId from, PartyId to) {}

  private final Map<Link, Queue<byte[]>> links = new HashMap<>();
  private final Set<PartyId> present = new HashSet<>();
  // The link that a party waits for, from finding it empty until a frame comes or none will.
  private final Map<PartyId, Link> waiting = new HashMap<>();
  private @Nullable String closed;

  /** A network that connects each of {@code parties} with every other. */
  public InMemoryNetwork(List<PartyId> parties) {
    present.addAll(parties);
    for (PartyId from : parties) {
      for (PartyId to : parties) {
        if (!from.equals(to)) {
          links.put(new Link(from, to), new ArrayDeque<>());
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

  private synchronized void put(Link link, byte[] frame) throws LinkClosedException {
    if (closed != null) {
      throw new LinkClosedException(link.to, closed);
    }
    queue(link).add(frame);
    waiting.remove(link.to, link);
    notifyAll();
  }

  private synchronized byte[] take(Link link) throws LinkClosedException {
    Queue<byte[]> queue = queue(link);
    while (true) {
      byte[] frame = queue.poll();
      if (frame != null) {
        return frame;
      }
      if (closed == null && present.contains(link.from)) {
        waiting.put(link.to, link);
        closeIfAllWait();
      }
      if (closed != null) {
        throw new LinkClosedException(link.from, closed);
      }
      if (!present.contains(link.from)) {
        throw new LinkClosedException(link.from, link.from + " has ended");
      }
      try {
        wait();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new LinkClosedException(link.from, "interrupted");
      }
    }
  }

  private Queue<byte[]> queue(Link link) {
    Queue<byte[]> queue = links.get(link);
    if (queue == null) {
      throw new IllegalArgumentException("expected a link of this network, got " + link);
    }
    return queue;
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
