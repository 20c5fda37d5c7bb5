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
  requires transitive org.secolab.modelio;
  requires org.secolab.mpcgc;
  requires transitive org.secolab.protocol;

  exports org.secolab.repro.claim;
  exports org.secolab.repro.experiment;
  exports org.secolab.repro.report;

  uses org.secolab.repro.experiment.Experiment;

  opens org.secolab.repro.experiment to
      com.fasterxml.jackson.databind;
  opens org.secolab.repro.cli to
      info.picocli;
}
