package org.secolab.protocol.adversary;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.secolab.protocol.adversary.Term.Role;
import org.secolab.protocol.adversary.Term.Variable;
import org.secolab.protocol.adversary.Transcript.Value;

/**
 * Counts a coalition's views over Z_t.
 *
 * <p>The coalition's own inputs and random choices are fixed. For every value of the honest inputs,
 * each view is counted over all honest random choices. The counts must be the same for all honest
 * inputs that agree on what the coalition may learn. {@link ResultCounts} does the counting.
 *
 * <p>Only variables on which the view depends are enumerated: the others would multiply all counts
 * by the same number.
 */
final class ViewEnumeration {
  /**
   * What was found.
   *
   * @param evidence two honest inputs and a view that is more frequent for one of them; empty if
   *     there is none
   * @param complete whether all values of the coalition's own variables were tried
   */
  record Outcome(String evidence, boolean complete) {
    boolean leaks() {
      return !evidence.isEmpty();
    }
  }

  private final int ring;
  private final List<Term> allowed;
  private final List<Value> view;
  private final List<Variable> order;
  private final Program program;
  private final ResultCounts counting;

  /** Digits 0..own−1 belong to the coalition, own..inputs−1 are honest inputs, the rest random. */
  private final int own;

  private final int inputs;

  /**
   * @param allowed what the coalition is meant to learn, functions of inputs only
   */
  ViewEnumeration(
      int ring, Transcript transcript, Set<Integer> coalition, List<? extends Term> allowed) {
    this.ring = ring;
    this.allowed = List.copyOf(allowed);
    view = transcript.receivedBy(coalition);

    if (Program.variablesOf(allowed).stream().anyMatch(v -> v.role() == Role.RANDOM)) {
      throw new IllegalArgumentException("expected functions of inputs, got a random choice");
    }

    List<Term> results = new ArrayList<>(allowed);
    view.forEach(value -> results.add(value.term()));
    List<Variable> variables =
        Program.variablesOf(results).stream().filter(v -> !transcript.isZero(v)).toList();
    Predicate<Variable> owned = v -> coalition.contains(v.owner());
    Predicate<Variable> input = v -> v.role() == Role.INPUT;
    List<Variable> ownVariables = variables.stream().filter(owned).toList();
    List<Variable> secrets = variables.stream().filter(owned.negate().and(input)).toList();
    List<Variable> random = variables.stream().filter(owned.or(input).negate()).toList();
    own = ownVariables.size();
    inputs = own + secrets.size();
    order = Stream.of(ownVariables, secrets, random).flatMap(List::stream).toList();
    program = new Program(ring, order, results);
    counting =
        new ResultCounts(ring, program, inputs, order.size(), allowed.size(), results.size());
  }

  /**
   * Compares the distributions.
   *
   * @param budget how many runs to enumerate. If they do not suffice for all values of the
   *     coalition's own variables, an evenly spread sample of these is tried, three at least.
   *     Honest variables are always enumerated completely.
   */
  Outcome outcome(long budget) {
    long ownValues = BigInteger.valueOf(ring).pow(own).longValueExact();
    long each = BigInteger.valueOf(ring).pow(order.size() - own).longValueExact();
    long tried = Math.min(ownValues, Math.max(3, budget / each));
    boolean complete = tried == ownValues;
    long stride = complete ? 1 : spreadingStride(ownValues);
    for (long i = 1; i <= tried; i++) {
      program.load(own, i * stride % ownValues);
      String evidence = compareInputs();
      if (!evidence.isEmpty()) {
        return new Outcome(evidence, complete);
      }
    }
    return new Outcome("", complete);
  }

  private String compareInputs() {
    int[][] counts = new int[power(ring, allowed.size())][];
    String[] countedFor = new String[counts.length];
    do {
      int group = program.resultsAsNumber(0, allowed.size());
      int[] now = counting.count();
      if (counts[group] == null) {
        counts[group] = now;
        countedFor[group] = assignment(own, inputs);
      } else {
        int different = Arrays.mismatch(counts[group], now);
        if (different >= 0) {
          return "own %s: the view %s occurs %d times for %s, %d times for %s"
              .formatted(
                  assignment(0, own),
                  viewText(different),
                  counts[group][different],
                  countedFor[group],
                  now[different],
                  assignment(own, inputs));
        }
      }
    } while (program.turn(own, inputs));
    return "";
  }

  private String assignment(int from, int to) {
    return IntStream.range(from, to)
        .mapToObj(i -> order.get(i).name() + " = " + program.digit(i))
        .collect(Collectors.joining(", ", "(", ")"));
  }

  private String viewText(int number) {
    return IntStream.range(0, view.size())
        .mapToObj(
            i -> view.get(i).name() + " = " + number / power(ring, view.size() - 1 - i) % ring)
        .collect(Collectors.joining(", ", "(", ")"));
  }

  /**
   * Near the golden section of the whole and prime to it, so that multiples of it spread evenly.
   */
  private long spreadingStride(long whole) {
    long stride = Math.round(whole * 0.6180339887498949);
    while (BigInteger.valueOf(stride).gcd(BigInteger.valueOf(ring)).intValue() != 1) {
      stride++;
    }
    return stride;
  }

  private static int power(int base, int exponent) {
    return BigInteger.valueOf(base).pow(exponent).intValueExact();
  }

  /** Whether a server can compute a value from its own variables and what it has received. */
  static boolean canCompute(int ring, Transcript transcript, int server, Term value) {
    List<Term> results =
        new ArrayList<>(transcript.receivedBy(Set.of(server)).stream().map(Value::term).toList());
    results.add(value);
    List<Variable> order = new ArrayList<>(Program.variablesOf(results));
    order.sort((a, b) -> Boolean.compare(b.owner() == server, a.owner() == server));
    int own = (int) order.stream().filter(v -> v.owner() == server).count();
    Program program = new Program(ring, order, results);
    ResultCounts counting = new ResultCounts(ring, program, own, order.size(), 0, results.size());
    do {
      int[] counts = counting.count();
      for (int view = 0; view < counts.length; view += ring) {
        if (IntStream.range(view, view + ring).filter(i -> counts[i] > 0).count() > 1) {
          return false;
        }
      }
    } while (program.turn(0, own));
    return true;
  }
}
