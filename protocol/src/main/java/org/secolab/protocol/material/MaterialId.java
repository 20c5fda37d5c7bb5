package org.secolab.protocol.material;

import org.secolab.foundation.party.SessionId;
import org.secolab.foundation.wire.MalformedMessageException;
import org.secolab.foundation.wire.WireReader;
import org.secolab.foundation.wire.WireWriter;

/**
 * Names the material of one inference.
 *
 * @param store the run that began the store
 * @param made the run in which the material was made: its garbled circuits carry that name
 * @param number of the inference, never used twice in a store
 */
public record MaterialId(SessionId store, SessionId made, int number) {
  /** What it takes in a file. */
  static final int BYTES = 4 * Long.BYTES + Integer.BYTES;

  void writeTo(WireWriter out) {
    out.i64(store.high()).i64(store.low()).i64(made.high()).i64(made.low()).i32(number);
  }

  static MaterialId read(WireReader in) throws MalformedMessageException {
    return new MaterialId(
        new SessionId(in.i64(), in.i64()), new SessionId(in.i64(), in.i64()), in.i32());
  }
}
