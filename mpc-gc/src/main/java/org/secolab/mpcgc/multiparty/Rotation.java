package org.secolab.mpcgc.multiparty;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.secolab.foundation.party.PartyId;
import org.secolab.foundation.party.ProtocolAbortException;
import org.secolab.foundation.random.RandomSource;
import org.secolab.foundation.secret.Secret;
import org.secolab.foundation.transport.Session;

/**
 * Parties that take turns in evaluating, chunk by chunk, so that the work is shared evenly. Each
 * assignment of roles has base transfers, Δ and seeds of its own, so nothing is ever used under two
 * of them.
 *
 * <p>Chunk c is evaluated by party c modulo n; the others garble it, in their order. Owners of
 * circuit inputs are numbered among the garblers of the chunk: {@link #parties}.
 */
public final class Rotation implements Secret {
  private final List<PartyId> parties;
  private final Map<PartyId, Garbler> garblers = new HashMap<>();
  private final Evaluator evaluator;

  private Rotation(List<PartyId> parties, Map<PartyId, Garbler> garblers, Evaluator evaluator) {
    this.parties = parties;
    this.garblers.putAll(garblers);
    this.evaluator = evaluator;
  }

  /** Who garbles and who evaluates chunk {@code chunk} among {@code parties}. */
  public static GarblingParties roles(List<PartyId> parties, int chunk) {
    PartyId evaluator = parties.get(Math.floorMod(chunk, parties.size()));
    List<PartyId> others = new ArrayList<>(parties);
    others.remove(evaluator);
    return new GarblingParties(evaluator, others);
  }

  /** Opens one garbling for every evaluator; all {@code parties} do so at the same time. */
  public static Rotation open(
      Session session, List<PartyId> parties, GarblingOptions options, RandomSource random)
      throws ProtocolAbortException {
    Map<PartyId, Garbler> garblers = new HashMap<>();
    Evaluator evaluator = null;
    for (int turn = 0; turn < parties.size(); turn++) {
      GarblingParties roles = roles(parties, turn);
      RandomSource own = random.fork("rotation/" + turn);
      if (roles.evaluator().equals(session.self())) {
        evaluator = Evaluator.open(session, roles, options, own);
      } else {
        garblers.put(roles.evaluator(), Garbler.open(session, roles, options, own));
      }
    }
    if (evaluator == null) {
      throw new IllegalArgumentException("expected one of " + parties + ", got " + session.self());
    }
    return new Rotation(List.copyOf(parties), garblers, evaluator);
  }

  /** Who garbles and who evaluates chunk {@code chunk}. */
  public GarblingParties parties(int chunk) {
    return roles(parties, chunk);
  }

  /**
   * This party as garbler of chunk {@code chunk}.
   *
   * @throws IllegalArgumentException if it evaluates that chunk
   */
  public Garbler garbler(int chunk) {
    Garbler garbler = garblers.get(parties(chunk).evaluator());
    if (garbler == null) {
      throw new IllegalArgumentException(
          "expected a chunk that others evaluate, got chunk " + chunk);
    }
    return garbler;
  }

  /**
   * This party as evaluator of chunk {@code chunk}.
   *
   * @throws IllegalArgumentException if it garbles that chunk
   */
  public Evaluator evaluator(int chunk) {
    if (garblers.containsKey(parties(chunk).evaluator())) {
      throw new IllegalArgumentException(
          "expected a chunk that this party evaluates, got chunk " + chunk);
    }
    return evaluator;
  }

  @Override
  public void close() {
    garblers.values().forEach(Garbler::close);
    evaluator.close();
  }

  @Override
  public String toString() {
    return "Rotation";
  }
}
