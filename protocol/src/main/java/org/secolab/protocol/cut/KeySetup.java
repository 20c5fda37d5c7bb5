package org.secolab.protocol.cut;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import org.secolab.foundation.party.ProtocolAbortException;
import org.secolab.foundation.party.SessionId;
import org.secolab.foundation.random.RandomSource;
import org.secolab.foundation.random.SeededRandom;
import org.secolab.foundation.round.PlainRound;
import org.secolab.foundation.transport.Session;
import org.secolab.foundation.wire.MessageType;
import org.secolab.lattice.bfv.BfvEncryptor;
import org.secolab.lattice.bfv.BfvParameters;
import org.secolab.lattice.mhe.CollectivePublicKeyGen;
import org.secolab.lattice.rlwe.PublicKey;
import org.secolab.lattice.rlwe.SecretKey;
import org.secolab.protocol.inference.SplitPlan;
import org.secolab.protocol.linear.PublicKeyMessage;

/**
 * Setup 1: the servers' collective key, told to the user by the gateway, and the user's key, told
 * to the remote servers by the gateway. Reusable.
 */
public final class KeySetup {
  private final Session session;
  private final CutPlan plan;

  public KeySetup(Session session, CutPlan plan) {
    this.session = session;
    this.plan = plan;
  }

  private BfvParameters userParameters() {
    return plan.gateway().choice().parameters();
  }

  private BfvParameters serverParameters() {
    return plan.remote().choice().parameters();
  }

  private MessageType<PublicKeyMessage> collectiveType() {
    return PublicKeyMessage.type(
        MessageCodes.COLLECTIVE_KEY, "collective-key", "Setup 1", serverParameters());
  }

  private MessageType<PublicKeyMessage> userType() {
    return PublicKeyMessage.type(MessageCodes.USER_KEY, "user-key", "Setup 1", userParameters());
  }

  /** A server's share in the collective key. */
  public ServerKeys server(RandomSource random) throws ProtocolAbortException {
    BfvParameters parameters = serverParameters();
    SecretKey secretKey = SecretKey.generate(parameters.rlwe(), random.fork("secret key"));
    PublicKey collective =
        session.exchange(
            CollectivePublicKeyGen.begin(
                parameters.rlwe(),
                secretKey,
                commonReference(session.id()).fork("collective public key"),
                session.self(),
                plan.split().servers(),
                List.of(),
                random.fork("key noise")));
    return new ServerKeys(
        parameters,
        plan.remote().choice().flooding(),
        secretKey,
        collective,
        plan.split().servers());
  }

  /** Uniform values that all parties agree on without a word. */
  public static RandomSource commonReference(SessionId id) {
    try {
      byte[] label = ("SECO Lab common reference string " + id).getBytes(StandardCharsets.UTF_8);
      return new SeededRandom(MessageDigest.getInstance("SHA-256").digest(label));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }

  /** The gateway passes the collective key to the user. */
  public void tellCollective(PublicKey collective) throws ProtocolAbortException {
    session.exchange(
        PlainRound.send(
            collectiveType(), List.of(SplitPlan.USER), new PublicKeyMessage(collective)));
  }

  /** The user learns the collective key. */
  BfvEncryptor hearCollective() throws ProtocolAbortException {
    PublicKey key =
        session
            .exchange(PlainRound.receive(collectiveType(), List.of(SplitPlan.GATEWAY)))
            .from(SplitPlan.GATEWAY)
            .key();
    return new BfvEncryptor(serverParameters(), key);
  }

  /** The user tells the gateway its key. */
  void tellUserKey(PublicKey key) throws ProtocolAbortException {
    session.exchange(
        PlainRound.send(userType(), List.of(SplitPlan.GATEWAY), new PublicKeyMessage(key)));
  }

  /** The gateway learns the user's key and passes it on where it is needed. */
  public BfvEncryptor hearAndPassUserKey() throws ProtocolAbortException {
    PublicKeyMessage message =
        session
            .exchange(PlainRound.receive(userType(), List.of(SplitPlan.USER)))
            .from(SplitPlan.USER);
    if (plan.hasRemoteLayers()) {
      session.exchange(PlainRound.send(userType(), plan.split().remotes(), message));
    }
    return new BfvEncryptor(userParameters(), message.key());
  }

  /** A remote server learns the user's key. */
  public BfvEncryptor hearUserKey() throws ProtocolAbortException {
    PublicKey key =
        session
            .exchange(PlainRound.receive(userType(), List.of(SplitPlan.GATEWAY)))
            .from(SplitPlan.GATEWAY)
            .key();
    return new BfvEncryptor(userParameters(), key);
  }
}
