package org.secolab.foundation.transport;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.secolab.foundation.party.PartyId;

/**
 * A network of a given shape, simulated over any other: nobody waits longer, but the party's {@link
 * PartyClock} shows when things would have happened.
 *
 * <p>A frame departs when its sender's line is free, occupies it for its length, arrives half a
 * round trip later, and carries the time of its arrival, which its receiver puts its clock to if
 * that is later than its own. Since every party waits for one given peer at a time, this is what
 * the real network would do, except that lines in receivers' direction never queue, sending never
 * blocks, and nothing is lost. All parties must use the same shape.
 */
public final class ShapedChannel implements Channel {
  private final Channel inner;
  private final NetworkShape shape;
  private final PartyClock clock;
  private long lineFree;

  /**
   * Simulates {@code shape} over {@code inner}.
   *
   * @param clock this party's, which its {@link CostMeter} must go by too
   */
  public ShapedChannel(Channel inner, NetworkShape shape, PartyClock clock) {
    this.inner = inner;
    this.shape = shape;
    this.clock = clock;
  }

  /** The same channel with {@code shape}, if that is to be simulated. */
  public static Channel over(Channel inner, NetworkShape shape, PartyClock clock) {
    return shape.isSimulated() ? new ShapedChannel(inner, shape, clock) : inner;
  }

  @Override
  public PartyId self() {
    return inner.self();
  }

  @Override
  public void send(Envelope envelope, byte[] frame) throws LinkClosedException {
    long now = clock.nanos();
    lineFree = Math.max(now, lineFree) + shape.transmissionNanos(frame.length);
    byte[] stamped = Arrays.copyOf(frame, frame.length + Long.BYTES);
    ByteBuffer.wrap(stamped).putLong(frame.length, lineFree + shape.oneWayNanos());
    inner.send(envelope, stamped);
    clock.set(now);
  }

  @Override
  public byte[] receive(Envelope envelope) throws LinkClosedException {
    long before = clock.nanos();
    byte[] stamped = inner.receive(envelope);
    int length = stamped.length - Long.BYTES;
    if (length < 0) {
      throw new LinkClosedException(
          envelope.peer(), "expected a frame of a simulated network, got one without a time");
    }
    long arrival = ByteBuffer.wrap(stamped).getLong(length);
    clock.set(Math.max(before, arrival));
    return Arrays.copyOf(stamped, length);
  }
}
