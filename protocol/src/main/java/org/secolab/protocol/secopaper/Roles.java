package org.secolab.protocol.secopaper;

import java.util.List;
import org.secolab.foundation.party.PartyId;
import org.secolab.mpcgc.multiparty.GarblingParties;
import org.secolab.protocol.inference.SplitPlan;

/**
 * Who does what in an activation behind the cut. B always garbles.
 *
 * @param evaluator who evaluates, and learns x − r first
 * @param forwarder the third server: its labels come from B by oblivious transfer and go on to the
 *     evaluator
 */
public record Roles(PartyId evaluator, PartyId forwarder) {
  /** A in the paper. */
  static final PartyId A = SplitPlan.GATEWAY;

  /** B in the paper: the garbler. */
  static final PartyId B = SplitPlan.remote(1);

  /** C in the paper. */
  static final PartyId C = SplitPlan.remote(2);

  static final List<PartyId> REMOTES = List.of(B, C);

  /** As SECO prints it: C evaluates, A forwards and is idle online. */
  public static final Roles SECO = new Roles(C, A);

  /** As the paper's comparison DELPHI-3: A evaluates and is needed in every layer. */
  public static final Roles DELPHI_3 = new Roles(A, C);

  /** For the engine: one garbler, one evaluator. */
  GarblingParties garbling() {
    return new GarblingParties(evaluator, List.of(B));
  }

  /** The numbers of shares in the circuit: garbler, forwarder, evaluator. */
  int number(PartyId server) {
    if (server.equals(B)) {
      return 0;
    }
    return server.equals(forwarder) ? 1 : 2;
  }
}
