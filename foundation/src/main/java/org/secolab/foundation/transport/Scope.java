package org.secolab.foundation.transport;

/**
 * What a cost is charged to.
 *
 * @param phase when
 * @param layer for which layer, from 1 on; 0: for none in particular
 */
public record Scope(Phase phase, int layer) {
  public Scope {
    if (layer < 0) {
      throw new IllegalArgumentException("expected a layer of at least 0, got " + layer);
    }
  }
}
