/** What people run: the {@code seco} command, the paper's experiments, reports and benchmarks. */
module org.secolab.repro {
  requires static transitive org.jspecify;
  requires VectorGraphics2D;
  requires com.fasterxml.jackson.databind;
  requires info.picocli;
  requires java.desktop;
  requires jdk.management;
  requires static jmh.core;
  requires me.tongfei.progressbar;
  requires org.knowm.xchart;
  requires org.secolab.lattice;
  requires org.secolab.modelio;
  requires org.secolab.mpcgc;
  requires org.secolab.protocol;

  opens org.secolab.repro.cli to
      info.picocli;
}
