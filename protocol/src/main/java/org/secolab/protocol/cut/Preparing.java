package org.secolab.protocol.cut;

import org.secolab.foundation.party.ProtocolAbortException;
import org.secolab.foundation.secret.Secret;
import org.secolab.foundation.wire.WireWriter;
import org.secolab.protocol.material.MaterialWriter;

/** A party's program as far as it makes material for a store. */
public interface Preparing extends Secret {
  /** Makes the material of one inference, under the number it has in the store. */
  void prepareInto(MaterialWriter out) throws ProtocolAbortException;

  /** Writes down what later runs need again. */
  void writeKeys(WireWriter out);
}
