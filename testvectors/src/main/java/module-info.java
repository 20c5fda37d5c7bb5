/** Known-answer vectors from other implementations, and their loader. */
module org.secolab.testvectors {
  requires transitive com.fasterxml.jackson.databind;
  requires static transitive org.jspecify;

  exports org.secolab.testvectors;
}
