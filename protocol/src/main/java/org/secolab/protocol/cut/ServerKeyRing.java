package org.secolab.protocol.cut;

import java.util.Optional;
import org.secolab.foundation.party.ProtocolAbortException;
import org.secolab.foundation.random.RandomSource;
import org.secolab.foundation.secret.Secret;
import org.secolab.foundation.transport.Phase;
import org.secolab.foundation.transport.Session;
import org.secolab.foundation.wire.MalformedMessageException;
import org.secolab.foundation.wire.WireReader;
import org.secolab.foundation.wire.WireWriter;
import org.secolab.lattice.bfv.BfvEncryptor;
import org.secolab.lattice.bfv.BfvParameters;
import org.secolab.lattice.rlwe.PublicKey;

/** What a server has of keys: the user's, and its part of the servers' own. Reusable. */
public final class ServerKeyRing implements Secret {
  public final BfvEncryptor user;

  /** The servers' keys, if any layer is remote. */
  public final Optional<ServerKeys> servers;

  private ServerKeyRing(BfvEncryptor user, Optional<ServerKeys> servers) {
    this.user = user;
    this.servers = servers;
  }

  /** Setup 1, the gateway's side. */
  public static ServerKeyRing setUpGateway(CutPlan plan, Session session, RandomSource random)
      throws ProtocolAbortException {
    session.enter(Phase.SETUP_ONCE, 0);
    KeySetup setup = new KeySetup(session, plan);
    BfvEncryptor user = setup.hearAndPassUserKey();
    if (!plan.hasRemoteLayers()) {
      return new ServerKeyRing(user, Optional.empty());
    }
    ServerKeys servers = setup.server(random.fork("keys"));
    setup.tellCollective(servers.collective());
    return new ServerKeyRing(user, Optional.of(servers));
  }

  /** Setup 1, a remote server's side. */
  public static ServerKeyRing setUpRemote(CutPlan plan, Session session, RandomSource random)
      throws ProtocolAbortException {
    session.enter(Phase.SETUP_ONCE, 0);
    KeySetup setup = new KeySetup(session, plan);
    BfvEncryptor user = setup.hearUserKey();
    return new ServerKeyRing(user, Optional.of(setup.server(random.fork("keys"))));
  }

  /** The keys that {@link #writeTo} wrote. */
  public static ServerKeyRing read(WireReader in, CutPlan plan) throws MalformedMessageException {
    BfvParameters userParameters = plan.gateway().choice().parameters();
    return new ServerKeyRing(
        new BfvEncryptor(userParameters, PublicKey.read(in, userParameters.rlwe())),
        plan.hasRemoteLayers() ? Optional.of(ServerKeys.read(in, plan)) : Optional.empty());
  }

  public void writeTo(WireWriter out) {
    user.publicKey().writeTo(out);
    servers.ifPresent(keys -> keys.writeTo(out));
  }

  @Override
  public void close() {
    servers.ifPresent(ServerKeys::close);
  }

  @Override
  public String toString() {
    return "ServerKeyRing";
  }
}
