package org.secolab.foundation.transport;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.secolab.foundation.party.PartyId;
import org.secolab.foundation.party.ProtocolAbortException;
import org.secolab.foundation.party.Roster;
import org.secolab.foundation.party.SessionId;

/**
 * Runs all parties of a session in this process, one thread each, over an {@link InMemoryNetwork}.
 */
public final class EmbeddedParties {
  /** What one party does. */
  @FunctionalInterface
  public interface Program<R> {
    R run(Session session) throws ProtocolAbortException;
  }

  private EmbeddedParties() {}

  /** The plain form: no decorators, costs not kept. */
  public static <R> SequencedMap<PartyId, R> run(
      SessionId id, SequencedMap<PartyId, Program<R>> programs) throws ProtocolAbortException {
    InMemoryNetwork network = new InMemoryNetwork(List.copyOf(programs.keySet()));
    return run(
        network,
        programs,
        party ->
            new Session(
                id, new Roster(List.copyOf(programs.keySet()), party), network.channel(party)));
  }

  /**
   * Runs every program to its end.
   *
   * @param network what the sessions talk over; closed as soon as one program fails, or waits for
   *     one that has ended
   * @param sessions makes each party's session
   * @return each party's result, in the order of {@code programs}
   * @throws ProtocolAbortException the first abort, if a program aborted; unchecked exceptions and
   *     errors of a program pass through unchanged
   */
  public static <R> SequencedMap<PartyId, R> run(
      InMemoryNetwork network,
      SequencedMap<PartyId, Program<R>> programs,
      Function<PartyId, Session> sessions)
      throws ProtocolAbortException {
    Map<PartyId, R> results = new ConcurrentHashMap<>();
    AtomicReference<Throwable> failure = new AtomicReference<>();
    List<Thread> threads = new ArrayList<>();
    programs.forEach(
        (party, program) ->
            threads.add(
                Thread.ofPlatform()
                    .name(party.name())
                    .start(() -> runOne(party, program, sessions, results, failure, network))));
    boolean interrupted = false;
    for (Thread thread : threads) {
      while (true) {
        try {
          thread.join();
          break;
        } catch (InterruptedException e) {
          interrupted = true;
          network.close("interrupted");
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    switch (failure.get()) {
      case null -> {}
      case ProtocolAbortException e -> throw e;
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      case Throwable e -> throw new AssertionError("programs throw no other checked exception", e);
    }
    SequencedMap<PartyId, R> ordered = new LinkedHashMap<>();
    programs.keySet().forEach(party -> ordered.put(party, results.get(party)));
    return ordered;
  }

  private static <R> void runOne(
      PartyId party,
      Program<R> program,
      Function<PartyId, Session> sessions,
      Map<PartyId, R> results,
      AtomicReference<Throwable> failure,
      InMemoryNetwork network) {
    try {
      results.put(party, program.run(sessions.apply(party)));
      network.leave(party);
    } catch (ProtocolAbortException | RuntimeException | Error e) {
      failure.compareAndSet(null, e);
      network.close(party + " stopped");
    }
  }
}
