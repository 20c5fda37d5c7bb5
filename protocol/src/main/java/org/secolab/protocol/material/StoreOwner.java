package org.secolab.protocol.material;

import org.secolab.foundation.party.PartyId;
import org.secolab.foundation.wire.MalformedMessageException;
import org.secolab.foundation.wire.WireReader;
import org.secolab.foundation.wire.WireWriter;

/**
 * Whose material it is and what for: all of it must be equal for a store to be used.
 *
 * @param party the only one that can use it
 * @param protocol its name on the command line
 * @param deployment the hash of the deployed model
 * @param parameters the encryption parameters, in words
 */
public record StoreOwner(PartyId party, String protocol, String deployment, String parameters) {
  void writeTo(WireWriter out) {
    out.text(party.name()).text(protocol).text(deployment).text(parameters);
  }

  static StoreOwner read(WireReader in) throws MalformedMessageException {
    return new StoreOwner(new PartyId(in.text()), in.text(), in.text(), in.text());
  }

  @Override
  public String toString() {
    return String.join(", ", party.name(), protocol, "deployment " + deployment, parameters);
  }
}
