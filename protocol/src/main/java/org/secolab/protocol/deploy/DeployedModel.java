package org.secolab.protocol.deploy;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.secolab.foundation.party.PartyId;
import org.secolab.foundation.random.RandomSource;
import org.secolab.modelio.fixed.FixedModel;
import org.secolab.protocol.inference.SplitPlan;

/**
 * A model cut into one part for each party.
 *
 * @param user what the user may know
 * @param gateway layers 1..c
 * @param remotes one share of the other layers for each remote server, in order
 */
public record DeployedModel(UserPart user, ServerPart gateway, List<ServerPart> remotes) {
  public DeployedModel {
    remotes = List.copyOf(remotes);
  }

  /**
   * The model owner's step.
   *
   * @param random salt and shares come from here
   * @throws IllegalArgumentException if the model cannot be cut so
   */
  public static DeployedModel cut(
      FixedModel model,
      SplitPlan split,
      ParameterSet userKey,
      ParameterSet collectiveKey,
      RandomSource random) {
    ModelParts parts = ModelParts.cut(model, split, random);
    RandomSource saltRandom = random.fork("salt");
    List<byte[]> salts = new ArrayList<>();
    byte[] salt = new byte[ModelHash.BYTES];
    for (int i = 0; i <= split.remoteServers(); i++) {
      byte[] share = new byte[ModelHash.BYTES];
      saltRandom.fill(share);
      salts.add(share);
      add(salt, share);
    }
    ModelHash hash = ModelHash.of(salt, ModelFormat.bytes(model));
    PartyHeaders headers =
        party ->
            new PartHeader(
                party,
                split,
                hash,
                split.remotes().contains(party) ? userKey.withLeastFlooding() : userKey,
                collectiveKey);
    UserPart user =
        new UserPart(
            headers.of(SplitPlan.USER),
            model.format(),
            parts.user().layers().subList(0, split.cut()),
            model.outputShape().size(),
            model.crossing(split.cut()));
    ServerPart gateway =
        new ServerPart(headers.of(SplitPlan.GATEWAY), parts.gateway(), salts.getFirst());
    List<ServerPart> remotes = new ArrayList<>();
    for (int j = 1; j <= split.remoteServers(); j++) {
      remotes.add(
          new ServerPart(
              headers.of(SplitPlan.remote(j)), parts.remotes().get(j - 1), salts.get(j)));
    }
    return new DeployedModel(user, gateway, remotes);
  }

  @FunctionalInterface
  private interface PartyHeaders {
    PartHeader of(PartyId party);
  }

  private static void add(byte[] sum, byte[] share) {
    for (int i = 0; i < sum.length; i++) {
      sum[i] ^= share[i];
    }
  }

  /** All parts, the user's first. */
  public List<Part> parts() {
    return Stream.concat(Stream.of(user, gateway), remotes.stream()).toList();
  }

  /**
   * Puts the servers' parts together again; what only all of them can do.
   *
   * @throws IllegalArgumentException if they do not belong together
   */
  public FixedModel join() {
    byte[] salt = gateway.saltShare().clone();
    List<FixedModel> shares = new ArrayList<>();
    for (ServerPart remote : remotes) {
      add(salt, remote.saltShare());
      shares.add(remote.model());
    }
    FixedModel model = new ModelParts(gateway.model(), gateway.model(), shares).join();
    ModelHash hash = ModelHash.of(salt, ModelFormat.bytes(model));
    if (!hash.equals(gateway.header().model())) {
      throw new IllegalArgumentException(
          "expected the parts of model " + gateway.header().model() + ", got others");
    }
    return model;
  }
}
