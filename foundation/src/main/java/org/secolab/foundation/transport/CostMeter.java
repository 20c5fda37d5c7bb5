package org.secolab.foundation.transport;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import org.secolab.foundation.party.PartyId;

/**
 * The books of one party: bytes per scope and link, time per scope. Kept by the party's own thread;
 * read by others only after that thread has ended.
 */
public final class CostMeter {
  /**
   * Traffic with one peer in one scope.
   *
   * @param scope when and for which layer
   * @param peer the other end
   */
  public record Link(Scope scope, PartyId peer) {}

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final PartyClock clock;
  private final PartyEvents events;
  private final SequencedMap<Scope, Cost> costs = new LinkedHashMap<>();
  private final SequencedMap<Link, Cost> links = new LinkedHashMap<>();
  private @Nullable Scope current;
  private boolean sending;
  private long rounds;
  private long cpuStart;
  private long wallStart;
  private long waitStart;

  /** Books by the machine's time. */
  public CostMeter() {
    this(PartyClock.startingNow(), PartyEvents.NONE);
  }

  /** Books by the time of {@code clock}, which may be that of a simulated network. */
  public CostMeter(PartyClock clock) {
    this(clock, PartyEvents.NONE);
  }

  /** The same, and {@code events} hears of every entry. */
  public CostMeter(PartyClock clock, PartyEvents events) {
    this.clock = clock;
    this.events = events;
  }

  /** The party's time. */
  public PartyClock clock() {
    return clock;
  }

  /** From now on time is charged to {@code scope}. */
  public void enter(Scope scope) {
    leave();
    current = scope;
    cpuStart = THREADS.getCurrentThreadCpuTime();
    wallStart = clock.nanos();
    events.entered(scope, wallStart);
  }

  /** Charges the time since {@link #enter}; what follows is not charged. */
  public void leave() {
    if (current != null) {
      long cpu = THREADS.getCurrentThreadCpuTime() - cpuStart;
      add(current, new Cost(0, 0, 0, 0, cpu, clock.nanos() - wallStart, 0));
    }
    current = null;
  }

  void pause() {
    waitStart = clock.nanos();
  }

  void resume() {
    if (current != null) {
      add(current, new Cost(0, 0, 0, 0, 0, 0, clock.nanos() - waitStart));
    }
  }

  void sent(Envelope envelope, int bytes) {
    sending = true;
    count(envelope, new Cost(bytes, 0, 1, 0, 0, 0, 0));
    events.sent(envelope, bytes, rounds, clock.nanos());
  }

  void received(Envelope envelope, int bytes) {
    count(envelope, new Cost(0, bytes, 0, sending ? 1 : 0, 0, 0, 0));
    rounds += sending ? 1 : 0;
    sending = false;
    events.received(envelope, bytes, rounds, clock.nanos());
  }

  private void count(Envelope envelope, Cost cost) {
    add(envelope.scope(), cost);
    links.merge(new Link(envelope.scope(), envelope.peer()), cost, Cost::plus);
  }

  private void add(Scope scope, Cost cost) {
    costs.merge(scope, cost, Cost::plus);
  }

  /** What each scope cost, in the order the scopes were first entered. */
  public SequencedMap<Scope, Cost> costs() {
    return Collections.unmodifiableSequencedMap(costs);
  }

  /** The traffic of each scope with each peer. */
  public SequencedMap<Link, Cost> links() {
    return Collections.unmodifiableSequencedMap(links);
  }

  /** What a whole phase cost. */
  public Cost total(Phase phase) {
    return costs.entrySet().stream()
        .filter(entry -> entry.getKey().phase() == phase)
        .map(java.util.Map.Entry::getValue)
        .reduce(Cost.ZERO, Cost::plus);
  }
}
