package org.secolab.protocol.material;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.secolab.foundation.party.PartyId;
import org.secolab.foundation.party.ProtocolAbortException;
import org.secolab.foundation.party.SessionId;
import org.secolab.foundation.round.PlainRound;
import org.secolab.foundation.transport.Phase;
import org.secolab.foundation.transport.Session;
import org.secolab.foundation.wire.MalformedMessageException;
import org.secolab.foundation.wire.Message;
import org.secolab.foundation.wire.MessageType;
import org.secolab.foundation.wire.WireReader;
import org.secolab.foundation.wire.WireWriter;
import org.secolab.protocol.inference.SplitPlan;

/**
 * How parties agree, at the start of a run, which prepared inferences they use or under which
 * numbers they make new ones. Everybody tells the gateway what its store holds; the gateway answers
 * with numbers that nobody has burnt, or says what is wrong.
 *
 * <p>What one party burnt nobody uses: its store does not hold it any more, and numbers are used
 * only if all hold them. So a store put back from a copy is of no use as long as one party keeps
 * its own. A number stands for the same material only if it was made in the same run: one that a
 * party made and others did not may be made again.
 */
public final class StoreAgreement {
  private static final MessageType<Offer> OFFER =
      new MessageType<>(0x03f2, "store-offer", "Agreement", Offer::read);
  private static final MessageType<Decision> DECISION =
      new MessageType<>(0x03f3, "store-decision", "Agreement", Decision::read);

  private StoreAgreement() {}

  /**
   * What the parties agreed on.
   *
   * @param begins whether all stores are begun, anew, in this run
   * @param numbers ascending
   */
  public record Agreed(boolean begins, List<Integer> numbers) {}

  /** What the numbers are for. */
  public enum Purpose {
    /** Making new material. */
    PREPARE,
    /** Using what was made. */
    USE
  }

  /**
   * What a store holds.
   *
   * @param store the run that began it; none if it is new
   * @param next the least number that may be used
   * @param made what is there, by number: a tag of the run in which it was made, so that two pieces
   *     of material that came to the same number are told apart
   */
  record Offer(Optional<SessionId> store, int next, SortedMap<Integer, Long> made)
      implements Message {
    static Offer of(MaterialStore store) {
      SortedMap<Integer, Long> tags = new TreeMap<>();
      store.made().forEach((number, run) -> tags.put(number, run.high()));
      return new Offer(store.id(), store.next(), tags);
    }

    private boolean isBlank() {
      return next == 0 && made.isEmpty();
    }

    /** The least number above everything. */
    private int end() {
      return made.isEmpty() ? next : Math.max(next, made.lastKey() + 1);
    }

    @Override
    public void writeTo(WireWriter out) {
      out.u8(store.isPresent() ? 1 : 0);
      out.i64(store.map(SessionId::high).orElse(0L)).i64(store.map(SessionId::low).orElse(0L));
      out.i32(next);
      writeNumbers(out, made.keySet());
      made.values().forEach(out::i64);
    }

    static Offer read(WireReader in) throws MalformedMessageException {
      boolean begun = in.u8() != 0;
      SessionId id = new SessionId(in.i64(), in.i64());
      int next = in.i32();
      if (next < 0 || next > MaterialStore.NUMBERS) {
        throw new MalformedMessageException(
            "expected a number up to " + MaterialStore.NUMBERS + ", got " + next);
      }
      SortedMap<Integer, Long> made = new TreeMap<>();
      for (int number : readNumbers(in)) {
        made.put(number, in.i64());
      }
      return new Offer(begun ? Optional.of(id) : Optional.empty(), next, made);
    }
  }

  /** What the gateway makes of the offers. */
  enum Verdict {
    AGREED(0),
    /** As well, and all stores, which are blank, are begun in this run. */
    BEGIN(1),
    TOO_FEW(2),
    DIFFERENT_STORES(3),
    NO_NUMBERS(4);

    private final int code;

    Verdict(int code) {
      this.code = code;
    }

    private static Verdict of(int code) throws MalformedMessageException {
      for (Verdict verdict : values()) {
        if (verdict.code == code) {
          return verdict;
        }
      }
      throw new MalformedMessageException("expected a verdict, got " + code);
    }
  }

  /**
   * The gateway's answer.
   *
   * @param numbers those agreed on, or those there are if they are too few
   */
  record Decision(Verdict verdict, List<Integer> numbers) implements Message {
    @Override
    public void writeTo(WireWriter out) {
      out.u8(verdict.code);
      writeNumbers(out, numbers);
    }

    static Decision read(WireReader in) throws MalformedMessageException {
      return new Decision(Verdict.of(in.u8()), readNumbers(in));
    }
  }

  private static void writeNumbers(WireWriter out, Collection<Integer> numbers) {
    out.i32(numbers.size());
    numbers.forEach(out::i32);
  }

  private static List<Integer> readNumbers(WireReader in) throws MalformedMessageException {
    List<Integer> numbers = new ArrayList<>();
    int last = -1;
    for (int left = in.count(4); left > 0; left--) {
      int number = in.i32();
      if (number <= last || number >= MaterialStore.NUMBERS) {
        throw new MalformedMessageException("expected ascending numbers, got " + number);
      }
      numbers.add(number);
      last = number;
    }
    return numbers;
  }

  /**
   * Agrees on {@code count} numbers, in ascending order.
   *
   * @param holders all parties that have a store, this one included
   * @throws StoreException if the stores do not belong together or hold too little
   * @throws ProtocolAbortException if a peer is gone, or the gateway's answer makes no sense
   */
  public static Agreed reach(
      Session session, MaterialStore store, List<PartyId> holders, Purpose purpose, int count)
      throws ProtocolAbortException, StoreException {
    session.enter(Phase.SETUP_ONCE, 0);
    Decision decision;
    if (session.self().equals(SplitPlan.GATEWAY)) {
      List<PartyId> others =
          holders.stream().filter(holder -> !holder.equals(SplitPlan.GATEWAY)).toList();
      Map<PartyId, Offer> offers = new LinkedHashMap<>();
      offers.put(SplitPlan.GATEWAY, Offer.of(store));
      offers.putAll(session.exchange(PlainRound.receive(OFFER, others)).messages());
      decision = decide(offers.values(), purpose, count);
      session.exchange(PlainRound.send(DECISION, others, decision));
    } else {
      Offer own = Offer.of(store);
      session.exchange(PlainRound.send(OFFER, List.of(SplitPlan.GATEWAY), own));
      decision =
          session
              .exchange(PlainRound.receive(DECISION, List.of(SplitPlan.GATEWAY)))
              .from(SplitPlan.GATEWAY);
      check(decision, own, purpose, count);
    }
    return switch (decision.verdict) {
      case AGREED -> new Agreed(false, decision.numbers);
      case BEGIN -> new Agreed(true, decision.numbers);
      case TOO_FEW ->
          throw new StoreException(
              store.folder(),
              String.format(
                  "expected %d prepared inferences that all parties hold, %d are left",
                  count, decision.numbers.size()));
      case DIFFERENT_STORES ->
          throw new StoreException(
              store.folder(),
              "expected stores of all parties that were begun together, got different ones");
      case NO_NUMBERS ->
          throw new StoreException(
              store.folder(),
              String.format(
                  "expected %d numbers that no party has passed, there are none above %d: begin new"
                      + " stores",
                  count, MaterialStore.NUMBERS - 1));
    };
  }

  static Decision decide(Collection<Offer> offers, Purpose purpose, int count) {
    Set<Optional<SessionId>> stores = new HashSet<>();
    int end = 0;
    for (Offer offer : offers) {
      stores.add(offer.store);
      end = Math.max(end, offer.end());
    }
    boolean begins =
        offers.stream().allMatch(Offer::isBlank)
            && (stores.size() > 1 || stores.contains(Optional.<SessionId>empty()));
    if (stores.size() > 1 && !begins) {
      return new Decision(Verdict.DIFFERENT_STORES, List.of());
    }
    List<Integer> numbers = new ArrayList<>();
    if (purpose == Purpose.PREPARE) {
      if (count > MaterialStore.NUMBERS - end) {
        return new Decision(Verdict.NO_NUMBERS, List.of());
      }
      for (int i = 0; i < count; i++) {
        numbers.add(end + i);
      }
      return new Decision(begins ? Verdict.BEGIN : Verdict.AGREED, numbers);
    }
    Map<Integer, Long> common = new TreeMap<>(offers.iterator().next().made);
    offers.forEach(offer -> common.entrySet().retainAll(offer.made.entrySet()));
    numbers.addAll(common.keySet());
    return numbers.size() < count
        ? new Decision(Verdict.TOO_FEW, numbers)
        : new Decision(Verdict.AGREED, numbers.subList(0, count));
  }

  /** The gateway can make a party neither use what it has not nor write over what it has. */
  private static void check(Decision decision, Offer own, Purpose purpose, int count)
      throws ProtocolAbortException {
    List<Integer> numbers = decision.numbers;
    boolean sensible =
        switch (decision.verdict) {
          case AGREED ->
              numbers.size() == count
                  && own.store.isPresent()
                  && switch (purpose) {
                    case PREPARE -> numbers.getFirst() >= own.end();
                    case USE -> own.made.keySet().containsAll(numbers);
                  };
          case BEGIN -> numbers.size() == count && purpose == Purpose.PREPARE && own.isBlank();
          case TOO_FEW, DIFFERENT_STORES, NO_NUMBERS -> true;
        };
    if (!sensible) {
      throw new ProtocolAbortException(
          SplitPlan.GATEWAY, "expected " + count + " numbers that this party can use");
    }
  }
}
