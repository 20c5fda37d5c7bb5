package org.secolab.protocol.adversary;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.secolab.protocol.adversary.Term.Role;
import org.secolab.protocol.adversary.Term.Variable;

final class ResultCountsTest {
  /** All values of a run, those that nobody is told included, and every split of the digits. */
  @Test
  void counts_areThoseOfTheOdometer() {
    compare(2, IdealSeco.inside(2).activationLayer().result());
    compare(2, IdealSeco.atTheCut(2).withShortcut().outputLayer());
    compare(3, IdealSeco.inside(2).outputLayer());
  }

  @Test
  void masksReadAsTheirSum_areOneState() {
    List<Variable> masks = new ArrayList<>();
    for (int i = 0; i < 19; i++) {
      masks.add(new Variable("r" + i, i, Role.RANDOM));
    }
    Program program = new Program(3, masks, List.of(Term.sum(masks)));
    int each = 387_420_489;
    assertArrayEquals(
        new int[] {each, each, each}, new ResultCounts(3, program, 0, masks.size(), 0, 1).count());
  }

  private static void compare(int ring, IdealSeco run) {
    List<Term> values = run.transcript().values().stream().map(Transcript.Value::term).toList();
    List<Variable> order = List.copyOf(Program.variablesOf(values));
    assertTrue(order.size() <= 20);
    for (List<Term> results :
        List.of(values, values.subList(1, 4), List.of(values.getLast()), values.reversed())) {
      for (int from = order.size(); from >= 3; from -= 3) {
        Program program = new Program(ring, order, results);
        ResultCounts counting =
            new ResultCounts(ring, program, from, order.size(), 0, results.size());
        program.load(from, 1234 % (1 << from));
        for (int turns = 0; turns < 3; turns++) {
          assertArrayEquals(
              odometer(ring, program, from, order.size(), results.size()), counting.count());
          program.turn(0, from);
        }
      }
    }
  }

  private static int[] odometer(int ring, Program program, int from, int to, int results) {
    int[] counts = new int[(int) Math.pow(ring, results)];
    do {
      counts[program.resultsAsNumber(0, results)]++;
    } while (program.turn(from, to));
    return counts;
  }
}
