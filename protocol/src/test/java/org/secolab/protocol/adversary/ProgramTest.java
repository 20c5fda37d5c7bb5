package org.secolab.protocol.adversary;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.secolab.protocol.adversary.Term.Operation;
import org.secolab.protocol.adversary.Term.Role;
import org.secolab.protocol.adversary.Term.Variable;

final class ProgramTest {
  private static final Variable A = new Variable("a", 0, Role.INPUT);
  private static final Variable B = new Variable("b", 0, Role.RANDOM);
  private static final Variable C = new Variable("c", 1, Role.RANDOM);
  private static final Variable ZERO = new Variable("zero", 1, Role.RANDOM);

  /** Uses every operation, shares a part, and mixes early and late digits. */
  private static List<Term> results() {
    Term shared = A.times(B).plus(ZERO);
    Term activated = shared.minus(C).activated();
    return List.of(activated.plus(A), shared, C, ZERO.minus(B), ZERO.plus(ZERO));
  }

  @Test
  void everyAssignment_occursOnceAndIsEvaluatedByTheDefinition() {
    for (int ring = 2; ring <= 4; ring++) {
      List<Variable> order = List.of(A, B, C);
      List<Term> results = results();
      Program program = new Program(ring, order, results);
      Set<List<Integer>> assignments = new HashSet<>();
      do {
        Map<Variable, Integer> values = new HashMap<>(Map.of(ZERO, 0));
        List<Integer> digits = new ArrayList<>();
        for (int i = 0; i < order.size(); i++) {
          values.put(order.get(i), program.digit(i));
          digits.add(program.digit(i));
        }
        assertTrue(assignments.add(digits));
        int number = 0;
        for (int i = 0; i < results.size(); i++) {
          int expected = evaluate(results.get(i), values, ring);
          assertEquals(expected, program.result(i));
          number = number * ring + expected;
        }
        assertEquals(number, program.resultsAsNumber(0, results.size()));
      } while (program.turn(0, order.size()));
      assertEquals(ring * ring * ring, assignments.size());
    }
  }

  @Test
  void partTurned_leavesTheOtherDigits() {
    List<Term> results = results();
    Program program = new Program(3, List.of(A, B, C), results);
    program.load(1, 2);
    int count = 0;
    do {
      count++;
      Map<Variable, Integer> values = Map.of(A, 2, B, program.digit(1), C, 0, ZERO, 0);
      assertEquals(2, program.digit(0));
      assertEquals(0, program.digit(2));
      assertEquals(evaluate(results.getFirst(), values, 3), program.result(0));
    } while (program.turn(1, 2));
    assertEquals(3, count);
    assertEquals(0, program.digit(1));
  }

  private static int evaluate(Term term, Map<Variable, Integer> values, int ring) {
    return switch (term) {
      case Variable variable -> values.get(variable);
      case Operation operation ->
          operation
              .operator()
              .apply(
                  evaluate(operation.left(), values, ring),
                  evaluate(operation.right(), values, ring),
                  ring);
    };
  }
}
