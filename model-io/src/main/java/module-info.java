/**
 * Models and data: ONNX classifiers in, exact fixed-point networks out. No cryptography; depends on
 * nothing of ours.
 */
module org.secolab.modelio {
  requires static transitive org.jspecify;
  requires com.fasterxml.jackson.databind;
  requires com.google.protobuf;
  requires org.tribuo.util.onnx;
  requires java.desktop;

  exports org.secolab.modelio.accuracy;
  exports org.secolab.modelio.bundled;
  exports org.secolab.modelio.fixed;
  exports org.secolab.modelio.graph;
  exports org.secolab.modelio.input;
  exports org.secolab.modelio.onnx;
  exports org.secolab.modelio.reference;
}
