package org.secolab.protocol.deploy;

import org.secolab.modelio.fixed.FixedModel;
import org.secolab.protocol.inference.SplitPlan;

/**
 * What one server gets: the shapes of all layers; the gateway the numbers of layers 1..c, a remote
 * server its additive share of the others. Numbers it must not know are zero.
 */
public final class ServerPart implements Part {
  private final PartHeader header;
  private final FixedModel model;
  private final byte[] saltShare;

  /**
   * @param saltShare this server's share of the model hash's salt; kept, not copied
   * @throws IllegalArgumentException if this is not a server's part or does not fit together
   */
  ServerPart(PartHeader header, FixedModel model, byte[] saltShare) {
    if (header.party().equals(SplitPlan.USER) || saltShare.length != ModelHash.BYTES) {
      throw new IllegalArgumentException("expected a server's part, got " + header.party());
    }
    header.split().check(model);
    this.header = header;
    this.model = model;
    this.saltShare = saltShare;
  }

  @Override
  public PartHeader header() {
    return header;
  }

  /** Shapes of all layers, this server's numbers. */
  public FixedModel model() {
    return model;
  }

  byte[] saltShare() {
    return saltShare;
  }

  /** Whether this server holds the numbers of layer {@code number}. */
  boolean holds(int number) {
    return header.split().onGateway(number) == header.party().equals(SplitPlan.GATEWAY);
  }

  @Override
  public String toString() {
    return "ServerPart of " + header.party();
  }
}
