/**
 * Multiparty homomorphic encryption from ring learning with errors, from modular arithmetic up to
 * collective decryption. Read downwards: {@code mhe} → {@code packing} → {@code bfv}, {@code clear}
 * → {@code scheme}, {@code rlwe} → {@code sample} → {@code ring} → {@code arith}.
 */
module org.secolab.lattice {
  requires transitive org.secolab.foundation;
  requires static transitive org.jspecify;
  requires static jdk.incubator.vector;

  exports org.secolab.lattice.arith;
  exports org.secolab.lattice.bfv;
  exports org.secolab.lattice.clear;
  exports org.secolab.lattice.mhe;
  exports org.secolab.lattice.packing;
  exports org.secolab.lattice.ring;
  exports org.secolab.lattice.rlwe;
  exports org.secolab.lattice.sample;
  exports org.secolab.lattice.scheme;
}
