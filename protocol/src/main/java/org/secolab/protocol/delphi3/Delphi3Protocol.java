package org.secolab.protocol.delphi3;

import org.secolab.protocol.inference.Guarantee;
import org.secolab.protocol.secopaper.Printed;
import org.secolab.protocol.secopaper.PrintedProtocol;
import org.secolab.protocol.secopaper.Roles;

/** B garbles, C's labels are forwarded, A evaluates. */
public final class Delphi3Protocol implements Printed {
  private final PrintedProtocol protocol = new PrintedProtocol(Roles.DELPHI_3);

  @Override
  public String name() {
    return "delphi3";
  }

  @Override
  public Guarantee guarantee() {
    return new Guarantee(
        "semi-honest, static: the user; one server; remote2 with another server",
        "NOT against {A, B}: the gateway evaluates and remote1 knows both labels of every wire;"
            + " together they read remote2's mask of every layer and so every activation behind the"
            + " cut. The gateway is needed online in every activation behind the cut, and the user"
            + " learns the shape of the first layer there");
  }

  @Override
  public PrintedProtocol protocol() {
    return protocol;
  }
}
