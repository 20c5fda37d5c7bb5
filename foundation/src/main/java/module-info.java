/**
 * The ground everything stands on: randomness, secrets, bytes, parties, rounds and channels. No
 * mathematics.
 */
module org.secolab.foundation {
  requires static transitive org.jspecify;
  requires java.management;

  exports org.secolab.foundation.party;
  exports org.secolab.foundation.random;
  exports org.secolab.foundation.round;
  exports org.secolab.foundation.secret;
  exports org.secolab.foundation.transport;
  exports org.secolab.foundation.wire;
}
