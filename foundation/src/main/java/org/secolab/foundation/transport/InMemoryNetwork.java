package org.secolab.foundation.transport;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import org.secolab.foundation.party.PartyId;

/**
 * All parties in one process, each on a thread of its own. Frames are handed over, not copied.
 *
 * <p>When one party fails, {@link #close} wakes all others, so that nobody waits for ever.
 */
public final class InMemoryNetwork {
  private record Link(PartyId from, PartyId to) {}

  private final Map<Link, Queue<byte[]>> links = new HashMap<>();
  private @Nullable String closed;

  /** A network that connects each of {@code parties} with every other. */
  public InMemoryNetwork(List<PartyId> parties) {
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

  private synchronized void put(Link link, byte[] frame) throws LinkClosedException {
    if (closed != null) {
      throw new LinkClosedException(link.to, closed);
    }
    queue(link).add(frame);
    notifyAll();
  }

  private synchronized byte[] take(Link link) throws LinkClosedException {
    Queue<byte[]> queue = queue(link);
    while (true) {
      byte[] frame = queue.poll();
      if (frame != null) {
        return frame;
      }
      if (closed != null) {
        throw new LinkClosedException(link.from, closed);
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
