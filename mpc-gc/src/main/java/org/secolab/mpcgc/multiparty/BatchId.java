package org.secolab.mpcgc.multiparty;

import java.nio.ByteBuffer;
import org.secolab.foundation.party.SessionId;

/**
 * The name of one batch within a session; never used twice.
 *
 * @param inference numbers ascend: a larger one begins a new inference, with new Δ
 * @param layer for which layer
 * @param chunk which part of the layer
 */
public record BatchId(int inference, int layer, int chunk) {
  public BatchId {
    if (inference < 0 || layer < 0 || chunk < 0) {
      throw new IllegalArgumentException(
          "expected numbers of at least 0, got " + inference + ", " + layer + ", " + chunk);
    }
  }

  /** What the hash keys of the batch are derived from. */
  byte[] bytes(SessionId session) {
    return ByteBuffer.allocate(28)
        .putLong(session.high())
        .putLong(session.low())
        .putInt(inference)
        .putInt(layer)
        .putInt(chunk)
        .array();
  }
}
