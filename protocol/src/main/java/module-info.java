/** Which cryptography runs which layer, for which party, in which phase. */
module org.secolab.protocol {
  requires io.grpc;
  requires io.grpc.netty.shaded;
  requires static transitive org.jspecify;
  requires transitive org.secolab.foundation;
  requires transitive org.secolab.lattice;
  requires transitive org.secolab.modelio;
  requires org.secolab.mpcgc;

  exports org.secolab.protocol.adversary;
  exports org.secolab.protocol.deploy;
  exports org.secolab.protocol.inference;
  exports org.secolab.protocol.material;
  exports org.secolab.protocol.remote;
  exports org.secolab.protocol.seco;

  uses org.secolab.protocol.inference.InferenceProtocol;

  provides org.secolab.protocol.inference.InferenceProtocol with
      org.secolab.protocol.clear.ClearProtocol,
      org.secolab.protocol.delphi.DelphiProtocol,
      org.secolab.protocol.delphi3.Delphi3Protocol,
      org.secolab.protocol.seco.SecoProtocol,
      org.secolab.protocol.secopaper.SecoPaperProtocol;
}
