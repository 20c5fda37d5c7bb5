/**
 * Multiparty garbling: half-gates for n parties, semi-honest, any n − 1 of them corrupted.
 *
 * <p>Read downwards: {@code multiparty}, {@code preprocess}, {@code ot}, {@code halfgate}, {@code
 * label}, {@code circuit}.
 */
module org.secolab.mpcgc {
  requires static jdk.incubator.vector;
  requires static transitive org.jspecify;
  requires transitive org.secolab.foundation;

  exports org.secolab.mpcgc.circuit;
  exports org.secolab.mpcgc.halfgate;
  exports org.secolab.mpcgc.label;
  exports org.secolab.mpcgc.multiparty;
  exports org.secolab.mpcgc.ot;
  exports org.secolab.mpcgc.preprocess;
}
