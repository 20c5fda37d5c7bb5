package org.secolab.protocol.secopaper;

import org.secolab.protocol.inference.Guarantee;

/** SECO as printed: B garbles, A's labels are forwarded, C evaluates. */
public final class SecoPaperProtocol implements Printed {
  private final PrintedProtocol protocol = new PrintedProtocol(Roles.SECO);

  @Override
  public String name() {
    return "seco-paper";
  }

  @Override
  public Guarantee guarantee() {
    return new Guarantee(
        "semi-honest, static: the user; one server; the gateway with one remote server",
        "NOT against both remote servers {B, C}, though the paper claims it: remote1 garbled and"
            + " knows both labels of the gateway's wires, remote2 holds the ones it got; together"
            + " they read the gateway's mask r^1 of every layer and so every activation behind the"
            + " cut. The user learns the shape of the first layer behind the cut, and the time to"
            + " the result tells how much lies there");
  }

  @Override
  public PrintedProtocol protocol() {
    return protocol;
  }
}
