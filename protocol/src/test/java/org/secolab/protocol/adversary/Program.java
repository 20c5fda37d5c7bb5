package org.secolab.protocol.adversary;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.secolab.protocol.adversary.Term.Operation;
import org.secolab.protocol.adversary.Term.Operator;
import org.secolab.protocol.adversary.Term.Variable;

/**
 * Terms over Z_t, evaluated for one assignment of their variables after the other.
 *
 * <p>The variables are the digits of an odometer, the last one turning fastest. An operation is
 * placed behind the last digit that it depends on, so that a step recomputes only what changed.
 */
final class Program {
  private final int ring;
  private final int digits;

  /** Slots: first the digits, then a zero, then the operations in order of evaluation. */
  private final int[] slots;

  private final int[] left;
  private final int[] right;
  private final int[][] tables;

  /** The last digit that a slot depends on, −1 for none. */
  private final int[] depths;

  /** The first operation to repeat when digit i changes; last, the end of all operations. */
  private final int[] firstAfter;

  private final int[] results;

  /**
   * @param order the digits; every other variable is zero
   * @param terms the results
   */
  Program(int ring, List<Variable> order, List<? extends Term> terms) {
    this.ring = ring;
    digits = order.size();

    Map<Term, Integer> depth = new IdentityHashMap<>();
    List<Operation> operations = new ArrayList<>();
    for (Term term : terms) {
      place(term, order, depth, operations);
    }
    // Stable: among operations of one depth, operands stay before their users.
    operations.sort((a, b) -> Integer.compare(depth.get(a), depth.get(b)));

    int zero = digits;
    slots = new int[digits + 1 + operations.size()];
    left = new int[slots.length];
    right = new int[slots.length];
    tables = new int[slots.length][];
    Map<Operation, Integer> slotOf = new IdentityHashMap<>();
    Map<Operator, int[]> tableOf = tables(ring);
    depths = new int[slots.length];
    firstAfter = new int[digits + 1];
    Arrays.fill(firstAfter, slots.length);
    for (int digit = 0; digit <= digits; digit++) {
      depths[digit] = digit == zero ? -1 : digit;
    }
    for (int i = 0; i < operations.size(); i++) {
      Operation operation = operations.get(i);
      int slot = digits + 1 + i;
      slotOf.put(operation, slot);
      left[slot] = slot(operation.left(), order, zero, slotOf);
      right[slot] = slot(operation.right(), order, zero, slotOf);
      tables[slot] = tableOf.get(operation.operator());
      depths[slot] = depth.get(operation);
      for (int digit = 0; digit <= depths[slot]; digit++) {
        firstAfter[digit] = Math.min(firstAfter[digit], slot);
      }
    }
    results = terms.stream().mapToInt(term -> slot(term, order, zero, slotOf)).toArray();
    evaluate(digits + 1, slots.length);
  }

  /** The variables that the terms depend on, in order of first use. */
  static Set<Variable> variablesOf(List<? extends Term> terms) {
    Set<Variable> variables = new LinkedHashSet<>();
    Set<Term> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    terms.forEach(term -> collect(term, variables, seen));
    return variables;
  }

  private static void collect(Term term, Set<Variable> variables, Set<Term> seen) {
    if (!seen.add(term)) {
      return;
    }
    switch (term) {
      case Variable variable -> variables.add(variable);
      case Operation operation -> {
        collect(operation.left(), variables, seen);
        collect(operation.right(), variables, seen);
      }
    }
  }

  /** Sets digits 0..count−1 to the base-t digits of a number and all others to zero. */
  void load(int count, long number) {
    long rest = number;
    for (int digit = digits - 1; digit >= 0; digit--) {
      boolean given = digit < count;
      slots[digit] = given ? (int) (rest % ring) : 0;
      rest = given ? rest / ring : rest;
    }
    evaluate(digits + 1, slots.length);
  }

  /** Turns the odometer of digits from..to−1 by one; false if it is back at zero. */
  boolean turn(int from, int to) {
    return turn(from, to, digits);
  }

  /** The same; what depends on digit {@code end} or a later one is left as it was. */
  boolean turn(int from, int to, int end) {
    int digit = to - 1;
    while (digit >= from && slots[digit] == ring - 1) {
      slots[digit] = 0;
      digit--;
    }
    boolean turned = digit >= from;
    if (turned) {
      slots[digit]++;
    }
    if (from < to) {
      evaluate(firstAfter[Math.max(digit, from)], firstAfter[end]);
    }
    return turned;
  }

  int digit(int position) {
    return slots[position];
  }

  int result(int index) {
    return slots[results[index]];
  }

  /** Results from..to−1 read as one number in base t. */
  int resultsAsNumber(int from, int to) {
    int number = 0;
    for (int i = from; i < to; i++) {
      number = number * ring + slots[results[i]];
    }
    return number;
  }

  /**
   * The slots that depend on a digit of from..to−1 and on none behind, and that an operation which
   * does, or a result, reads.
   */
  int[] liveSlots(int from, int to) {
    IntStream read =
        IntStream.concat(
            Arrays.stream(results),
            IntStream.range(firstAfter[to], slots.length)
                .flatMap(slot -> IntStream.of(left[slot], right[slot])));
    return read.filter(slot -> depths[slot] >= from && depths[slot] < to)
        .sorted()
        .distinct()
        .toArray();
  }

  /** The slots of results from..to−1. */
  int[] resultSlots(int from, int to) {
    return Arrays.copyOfRange(results, from, to);
  }

  /** The values of some slots read as one number in base t. */
  int slotsAsNumber(int[] which) {
    int number = 0;
    for (int slot : which) {
      number = number * ring + slots[slot];
    }
    return number;
  }

  /**
   * Puts slots back to what they were when they were read as {@code number}, digits from..to−1 to
   * zero, and evaluates what depends on these and on none behind.
   */
  void restore(int[] which, int number, int from, int to) {
    int rest = number;
    for (int i = which.length - 1; i >= 0; i--) {
      slots[which[i]] = rest % ring;
      rest /= ring;
    }
    Arrays.fill(slots, from, to, 0);
    evaluate(firstAfter[from], firstAfter[to]);
  }

  private void evaluate(int first, int end) {
    for (int slot = first; slot < end; slot++) {
      slots[slot] = tables[slot][slots[left[slot]] * ring + slots[right[slot]]];
    }
  }

  /** The last digit that a term depends on, −1 for none; collects operations after operands. */
  private static int place(
      Term term, List<Variable> order, Map<Term, Integer> depth, List<Operation> operations) {
    return switch (term) {
      case Variable variable -> order.indexOf(variable);
      case Operation operation -> {
        Integer known = depth.get(operation);
        if (known != null) {
          yield known;
        }
        int deepest =
            Math.max(
                place(operation.left(), order, depth, operations),
                place(operation.right(), order, depth, operations));
        depth.put(operation, deepest);
        operations.add(operation);
        yield deepest;
      }
    };
  }

  private static int slot(
      Term term, List<Variable> order, int zero, Map<Operation, Integer> slotOf) {
    return switch (term) {
      case Variable variable -> {
        int digit = order.indexOf(variable);
        yield digit < 0 ? zero : digit;
      }
      case Operation operation -> slotOf.get(operation);
    };
  }

  private static Map<Operator, int[]> tables(int ring) {
    Map<Operator, int[]> tables = new EnumMap<>(Operator.class);
    for (Operator operator : Operator.values()) {
      int[] table = new int[ring * ring];
      for (int i = 0; i < table.length; i++) {
        table[i] = operator.apply(i / ring, i % ring, ring);
      }
      tables.put(operator, table);
    }
    return tables;
  }
}
