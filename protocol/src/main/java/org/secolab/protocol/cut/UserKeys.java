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
import org.secolab.lattice.ring.Domain;
import org.secolab.lattice.ring.RnsPolynomial;
import org.secolab.lattice.rlwe.PublicKey;
import org.secolab.lattice.rlwe.SecretKey;

/** The user's own key pair and the servers' collective key: reusable. */
public final class UserKeys implements Secret {
  public final SecretKey secretKey;
  final BfvEncryptor own;

  /** Encrypts under the servers' key, if any layer is remote. */
  final Optional<BfvEncryptor> collective;

  private UserKeys(SecretKey secretKey, BfvEncryptor own, Optional<BfvEncryptor> collective) {
    this.secretKey = secretKey;
    this.own = own;
    this.collective = collective;
  }

  /** Setup 1, the user's side. */
  static UserKeys setUp(CutPlan plan, Session session, RandomSource random)
      throws ProtocolAbortException {
    session.enter(Phase.SETUP_ONCE, 0);
    KeySetup setup = new KeySetup(session, plan);
    BfvParameters parameters = plan.gateway().choice().parameters();
    SecretKey secretKey = SecretKey.generate(parameters.rlwe(), random.fork("secret key"));
    PublicKey publicKey =
        PublicKey.generate(parameters.rlwe(), secretKey, random.fork("public key"));
    setup.tellUserKey(publicKey);
    return new UserKeys(
        secretKey,
        new BfvEncryptor(parameters, publicKey),
        plan.hasRemoteLayers() ? Optional.of(setup.hearCollective()) : Optional.empty());
  }

  /** The keys that {@link #writeTo} wrote. */
  public static UserKeys read(WireReader in, CutPlan plan) throws MalformedMessageException {
    BfvParameters parameters = plan.gateway().choice().parameters();
    RnsPolynomial secret = RnsPolynomial.read(in, parameters.rlwe().keyRing(), Domain.EVALUATION);
    return new UserKeys(
        SecretKey.of(parameters.rlwe(), secret),
        encryptor(in, parameters),
        plan.hasRemoteLayers()
            ? Optional.of(encryptor(in, plan.remote().choice().parameters()))
            : Optional.empty());
  }

  private static BfvEncryptor encryptor(WireReader in, BfvParameters parameters)
      throws MalformedMessageException {
    return new BfvEncryptor(parameters, PublicKey.read(in, parameters.rlwe()));
  }

  void writeTo(WireWriter out) {
    secretKey.evaluatedInKeyRing().writeTo(out);
    own.publicKey().writeTo(out);
    collective.ifPresent(encryptor -> encryptor.publicKey().writeTo(out));
  }

  @Override
  public void close() {
    secretKey.close();
  }

  @Override
  public String toString() {
    return "UserKeys";
  }
}
