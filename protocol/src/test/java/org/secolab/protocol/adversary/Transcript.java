package org.secolab.protocol.adversary;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.secolab.protocol.adversary.Term.Role;
import org.secolab.protocol.adversary.Term.Variable;

/**
 * The values of one idealised run and who learns them; and how to weaken it: set a random choice to
 * zero, or tell a value to more parties.
 */
final class Transcript {
  /**
   * A message, or, without receivers, a value that its source keeps to itself.
   *
   * @param source the server that computes it, or {@link IdealSeco#NOBODY} for an ideal
   *     functionality
   */
  record Value(String name, Term term, int source, Set<Integer> receivers) {}

  private final List<Value> values;
  private final Set<String> zeroed;

  private Transcript(List<Value> values, Set<String> zeroed) {
    this.values = List.copyOf(values);
    this.zeroed = Set.copyOf(zeroed);
  }

  static Transcript of(List<Value> values) {
    return new Transcript(values, Set.of());
  }

  List<Value> values() {
    return values;
  }

  Value value(String name) {
    return values.stream()
        .filter(value -> value.name().equals(name))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("expected a value of the run, got " + name));
  }

  boolean isZero(Variable variable) {
    return zeroed.contains(variable.name());
  }

  /** The random choices that the values depend on. */
  List<Variable> randomChoices() {
    return Program.variablesOf(values.stream().map(Value::term).toList()).stream()
        .filter(variable -> variable.role() == Role.RANDOM && !isZero(variable))
        .toList();
  }

  /** The weakened run in which this random choice is 0 and everybody knows it. */
  Transcript without(String randomChoice) {
    if (randomChoices().stream().noneMatch(choice -> choice.name().equals(randomChoice))) {
      throw new IllegalArgumentException("expected a random choice, got " + randomChoice);
    }
    Set<String> more = new HashSet<>(zeroed);
    more.add(randomChoice);
    return new Transcript(values, more);
  }

  /** The weakened run in which one more party is told this value. */
  Transcript revealing(String name, int party) {
    Value told = value(name);
    Set<Integer> receivers = new HashSet<>(told.receivers());
    receivers.add(party);
    Value wider = new Value(name, told.term(), told.source(), Set.copyOf(receivers));
    return new Transcript(
        values.stream().map(value -> value == told ? wider : value).toList(), zeroed);
  }

  /**
   * What the coalition is told from outside. With its own inputs and random choices this is its
   * whole view: everything else it can compute from them.
   */
  List<Value> receivedBy(Set<Integer> coalition) {
    return values.stream()
        .filter(value -> !coalition.contains(value.source()))
        .filter(value -> value.receivers().stream().anyMatch(coalition::contains))
        .toList();
  }
}
