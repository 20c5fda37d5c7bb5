package org.secolab.protocol.inference;

import java.util.function.Supplier;
import org.secolab.foundation.party.PartyId;
import org.secolab.foundation.transport.MessageObserver;

/**
 * Told what each party is given and every message it sends and receives: together with the party's
 * randomness that is its view. Called from the parties' threads, each party from one thread at a
 * time.
 */
public interface RunRecorder extends MessageObserver {
  /**
   * What a party holds before the run.
   *
   * @param what its name, such as {@code model}
   * @param bytes its content; asked for only if it is wanted
   */
  void given(PartyId party, String what, Supplier<byte[]> bytes);
}
