package org.secolab.protocol.cut;

import java.util.ArrayList;
import java.util.List;
import org.secolab.foundation.party.PartyId;
import org.secolab.foundation.random.RandomSource;
import org.secolab.foundation.secret.Secret;
import org.secolab.foundation.wire.MalformedMessageException;
import org.secolab.foundation.wire.WireReader;
import org.secolab.foundation.wire.WireWriter;
import org.secolab.lattice.bfv.BfvEncryptor;
import org.secolab.lattice.bfv.BfvParameters;
import org.secolab.lattice.bfv.ParameterChoice;
import org.secolab.lattice.ring.Domain;
import org.secolab.lattice.ring.RnsPolynomial;
import org.secolab.lattice.rlwe.Ciphertext;
import org.secolab.lattice.rlwe.Flooding;
import org.secolab.lattice.rlwe.PublicKey;
import org.secolab.lattice.rlwe.RlweParameters;
import org.secolab.lattice.rlwe.SecretKey;
import org.secolab.protocol.inference.SplitPlan;

/** What one server needs for layers under the collective key. */
public final class ServerKeys implements Secret {
  private final BfvParameters parameters;
  private final Flooding flooding;
  private final SecretKey ownShare;
  private final PublicKey collective;
  private final List<PartyId> servers;

  ServerKeys(
      BfvParameters parameters,
      Flooding flooding,
      SecretKey ownShare,
      PublicKey collective,
      List<PartyId> servers) {
    this.parameters = parameters;
    this.flooding = flooding;
    this.ownShare = ownShare;
    this.collective = collective;
    this.servers = servers;
  }

  public BfvParameters parameters() {
    return parameters;
  }

  public Flooding flooding() {
    return flooding;
  }

  public SecretKey ownShare() {
    return ownShare;
  }

  public PublicKey collective() {
    return collective;
  }

  /** All key holders, the gateway first. */
  public List<PartyId> servers() {
    return servers;
  }

  /** All key holders but the gateway. */
  public List<PartyId> remotes() {
    return servers.stream().filter(server -> !server.equals(SplitPlan.GATEWAY)).toList();
  }

  /** All remote servers but {@code self}. */
  public List<PartyId> otherRemotes(PartyId self) {
    return remotes().stream().filter(remote -> !remote.equals(self)).toList();
  }

  /** Encrypts under the collective key. */
  public BfvEncryptor encryptor() {
    return new BfvEncryptor(parameters, collective);
  }

  /** Fresh encryptions of polynomials under the collective key. */
  public List<Ciphertext> encrypt(List<long[]> polynomials, RandomSource random) {
    return encrypt(encryptor(), polynomials, random);
  }

  /** Fresh encryptions of polynomials. */
  public static List<Ciphertext> encrypt(
      BfvEncryptor encryptor, List<long[]> polynomials, RandomSource random) {
    List<Ciphertext> ciphertexts = new ArrayList<>();
    for (long[] polynomial : polynomials) {
      ciphertexts.add(encryptor.encrypt(polynomial, random));
    }
    return ciphertexts;
  }

  void writeTo(WireWriter out) {
    ownShare.evaluatedInKeyRing().writeTo(out);
    collective.writeTo(out);
  }

  /** What {@link #writeTo} wrote. */
  static ServerKeys read(WireReader in, CutPlan plan) throws MalformedMessageException {
    ParameterChoice choice = plan.remote().choice();
    RlweParameters parameters = choice.parameters().rlwe();
    RnsPolynomial share = RnsPolynomial.read(in, parameters.keyRing(), Domain.EVALUATION);
    return new ServerKeys(
        choice.parameters(),
        choice.flooding(),
        SecretKey.of(parameters, share),
        PublicKey.read(in, parameters),
        plan.split().servers());
  }

  @Override
  public void close() {
    ownShare.close();
  }

  @Override
  public String toString() {
    return "ServerKeys";
  }
}
