package org.secolab.modelio.onnx;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** The inputs of one node; an input may be left out. */
final class Arguments {
  private final List<Optional<Value>> inputs;

  Arguments(List<Optional<Value>> inputs) {
    this.inputs = inputs;
  }

  int count() {
    return inputs.size();
  }

  boolean has(int index) {
    return index < inputs.size() && inputs.get(index).isPresent();
  }

  Value value(int index) {
    if (!has(index)) {
      throw new IllegalArgumentException("expected an input " + (index + 1) + ", got none");
    }
    return inputs.get(index).orElseThrow();
  }

  /** An input that depends on the model's input. */
  Value.Computed computed(int index) {
    if (value(index) instanceof Value.Computed computed) {
      return computed;
    }
    throw new IllegalArgumentException(
        "expected input " + (index + 1) + " to be computed from the model's input, got a constant");
  }

  /** A constant input. */
  Constant known(int index) {
    if (value(index) instanceof Value.Known known) {
      return known.constant();
    }
    throw new IllegalArgumentException(
        "expected input " + (index + 1) + " to be a constant, got a computed value");
  }

  double scalar(int index) {
    Constant constant = known(index);
    if (constant.values().length != 1) {
      throw new IllegalArgumentException(
          "expected input " + (index + 1) + " to be one number, got " + constant.values().length);
    }
    return constant.values()[0];
  }

  boolean areAllComputed() {
    return inputs.stream().flatMap(Optional::stream).allMatch(Value.Computed.class::isInstance);
  }

  List<Value.Computed> allComputed() {
    return IntStream.range(0, count()).mapToObj(this::computed).toList();
  }

  /** Of two inputs, the computed one. */
  Value.Computed theComputed() {
    return value(0) instanceof Value.Computed computed ? computed : computed(1);
  }

  /** Of two inputs, the constant one. */
  Constant theKnown() {
    return value(0) instanceof Value.Known known ? known.constant() : known(1);
  }
}
