package org.secolab.foundation.transport;

/**
 * Hears what one party does, as it happens, from the party's own thread: sizes and names, never
 * contents. Told by the party's {@link CostMeter}.
 */
public interface PartyEvents {
  /** Hears nothing. */
  PartyEvents NONE =
      new PartyEvents() {
        @Override
        public void entered(Scope scope, long nanos) {
          // Nobody listens.
        }

        @Override
        public void sent(Envelope envelope, int bytes, long round, long nanos) {
          // Nobody listens.
        }

        @Override
        public void received(Envelope envelope, int bytes, long round, long nanos) {
          // Nobody listens.
        }
      };

  /**
   * The party turned to a phase and layer.
   *
   * @param nanos by the party's clock
   */
  void entered(Scope scope, long nanos);

  /**
   * A frame left.
   *
   * @param bytes with the frame header
   * @param round how often the party has turned from sending to waiting, from 0 on
   * @param nanos by the party's clock
   */
  void sent(Envelope envelope, int bytes, long round, long nanos);

  /** A frame was received; as {@link #sent}. */
  void received(Envelope envelope, int bytes, long round, long nanos);
}
