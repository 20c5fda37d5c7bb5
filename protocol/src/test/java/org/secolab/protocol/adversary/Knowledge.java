package org.secolab.protocol.adversary;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.secolab.foundation.party.PartyId;
import org.secolab.foundation.random.RandomSource;
import org.secolab.protocol.deploy.DeployedModel;
import org.secolab.protocol.deploy.Part;
import org.secolab.protocol.inference.SplitPlan;

/**
 * All that a coalition is meant to know of a run, and all that a simulator of its view is given.
 *
 * @param parts the members' parts of the model: shapes, parameters and their own numbers
 * @param randomness the members' sources, from their beginning
 * @param inferences how many there are
 * @param inputs the user's, if the user is a member; else empty
 * @param outputs the user's, if the user is a member; else empty
 */
record Knowledge(
    Map<PartyId, Part> parts,
    Map<PartyId, Supplier<RandomSource>> randomness,
    int inferences,
    List<long[]> inputs,
    List<long[]> outputs) {

  /** What {@code members} know of a run of {@code deployed}. */
  static Knowledge of(
      Set<PartyId> members,
      DeployedModel deployed,
      Function<PartyId, RandomSource> randomness,
      List<long[]> inputs,
      List<long[]> outputs) {
    Map<PartyId, Part> parts = new LinkedHashMap<>();
    Map<PartyId, Supplier<RandomSource>> sources = new LinkedHashMap<>();
    for (Part part : deployed.parts()) {
      if (members.contains(part.party())) {
        parts.put(part.party(), part);
        sources.put(part.party(), () -> randomness.apply(part.party()));
      }
    }
    boolean user = members.contains(SplitPlan.USER);
    return new Knowledge(
        parts, sources, inputs.size(), user ? inputs : List.of(), user ? outputs : List.of());
  }

  /** The coalition's members. */
  Set<PartyId> members() {
    return parts.keySet();
  }

  /** The part of any one member. */
  Part anyPart() {
    return parts.values().iterator().next();
  }

  /** The coalition in words, for messages. */
  @Override
  public String toString() {
    return members().toString();
  }
}
