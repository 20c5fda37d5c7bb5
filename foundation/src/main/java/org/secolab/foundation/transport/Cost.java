package org.secolab.foundation.transport;

/**
 * What something cost one party.
 *
 * @param bytesSent with frame headers
 * @param bytesReceived with frame headers
 * @param messagesSent frames sent
 * @param rounds how often the party turned from sending to waiting
 * @param cpuNanos time of the party's own thread
 * @param wallNanos time from entering to leaving
 * @param waitNanos the part of the wall time spent waiting for a peer
 */
public record Cost(
    long bytesSent,
    long bytesReceived,
    long messagesSent,
    long rounds,
    long cpuNanos,
    long wallNanos,
    long waitNanos) {
  /** Nothing. */
  public static final Cost ZERO = new Cost(0, 0, 0, 0, 0, 0, 0);

  /** The sum, component by component. */
  public Cost plus(Cost other) {
    return new Cost(
        bytesSent + other.bytesSent,
        bytesReceived + other.bytesReceived,
        messagesSent + other.messagesSent,
        rounds + other.rounds,
        cpuNanos + other.cpuNanos,
        wallNanos + other.wallNanos,
        waitNanos + other.waitNanos);
  }
}
