package org.secolab.mpcgc.circuit;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * The circuit of one activation value, for the ways in which the protocols share it. Residues are
 * read as signed numbers; the interpreter of the fixed-point network defines the result.
 */
public final class ActivationCircuits {
  /** What is computed of the values of one instance. */
  public sealed interface Function permits Activation, Argmax {
    /** What the values and the result are residues of. */
    Ring ring();

    /** How many values there are. */
    int window();
  }

  /**
   * The position of the largest value, from 0 on, the first of equals: the class instead of all
   * scores.
   *
   * @param window how many values, at least 2
   */
  public record Argmax(Ring ring, int window) implements Function {
    public Argmax {
      if (window < 2 || window > 1L << Math.min(30, ring.bits() - 1)) {
        throw new IllegalArgumentException(
            "expected at least 2 classes, and numbers for them in " + ring + ", got " + window);
      }
    }

    private Word apply(Words words, RingWords residues, List<Word> values) {
      Word position = words.argmaxSigned(values.stream().map(residues::ordered).toList());
      return position.zeroExtend(ring.bits());
    }
  }

  /**
   * What is done to a value v, the largest of {@code window} values, in this order: max(v, 0) if
   * {@code relu}, division by 2^h rounded down, minimum with {@code clipMaximum} if there is one.
   *
   * @param shift h, 0 to ℓ − 1
   * @param clipMaximum at least 0
   * @param window how many values the largest is taken of; 1: no pooling
   */
  public record Activation(Ring ring, int shift, boolean relu, OptionalLong clipMaximum, int window)
      implements Function {
    public Activation {
      if (shift < 0 || shift >= ring.bits()) {
        throw new IllegalArgumentException(
            "expected a shift from 0 to " + (ring.bits() - 1) + ", got " + shift);
      }
      if (clipMaximum.isPresent() && clipMaximum.getAsLong() < 0) {
        throw new IllegalArgumentException(
            "expected a clip maximum of at least 0, got " + clipMaximum.getAsLong());
      }
      if (window < 1) {
        throw new IllegalArgumentException("expected a window of at least 1, got " + window);
      }
    }

    /** Modulo 2^{@code ringBits}, without a clip maximum. */
    public Activation(int ringBits, int shift, boolean relu, int window) {
      this(new Ring.PowerOfTwo(ringBits), shift, relu, OptionalLong.empty(), window);
    }

    /**
     * 2ℓ for each further value of the window; then, with n = ℓ − 1 − h, n for the rectifier, or 2n
     * less the ones at the end of the clip maximum, rectified or not.
     */
    private Word apply(Words words, RingWords residues, List<Word> values) {
      Word largest = words.maxSigned(values.stream().map(residues::ordered).toList());
      Word value = residues.signed(largest);
      Word result;
      if (clipMaximum.isPresent()) {
        long cap = clipMaximum.getAsLong();
        result = relu ? words.clip(value, shift, cap) : words.atMost(value, shift, cap);
      } else {
        result = relu ? words.relu(value, shift) : value.shiftRightArithmetic(shift);
      }
      return residues.residue(result);
    }
  }

  private ActivationCircuits() {}

  private static Word apply(Function function, Words words, RingWords residues, List<Word> values) {
    return switch (function) {
      case Activation activation -> activation.apply(words, residues, values);
      case Argmax argmax -> argmax.apply(words, residues, values);
    };
  }

  /** The name of the setup-known share of garbler {@code garbler}. */
  public static String share(int garbler) {
    return "share." + garbler;
  }

  /** The name of the setup-known mask of garbler {@code garbler}. */
  public static String mask(int garbler) {
    return "mask." + garbler;
  }

  /**
   * For values shared among all servers. Inputs: {@code y}, the evaluator's {@code window}
   * residues; of every garbler i {@code share.i}, {@code window} words, and {@code mask.i}, one
   * word, both known in setup and entered as {@link Ring#shareEntries} and {@link Ring#maskEntries}
   * say. Output {@code x}: f(y_k + Σ share.i_k over k) + Σ mask.i, to the evaluator. Owners enter
   * the negative of what is to be subtracted.
   *
   * <p>For an activation modulo 2^ℓ rows are needed for window·(ℓ−1) + 2ℓ(window−1) + (ℓ−1−h if
   * relu) + (ℓ−1) AND gates, for any number of garblers; modulo p the sums take 2ℓ−1 in place of
   * ℓ−1, and the sign a few more.
   *
   * @param garblers g, at least 1
   */
  public static Circuit shared(Function function, int garblers) {
    CircuitBuilder builder = new CircuitBuilder();
    Words words = new Words(builder);
    RingWords residues = new RingWords(words, function.ring());
    Sums sums = new Sums(builder, residues, garblers, function);
    Word result = apply(function, words, residues, sums.values);
    return builder.output("x", residues.plus(result, residues.together(sums.masks))).build();
  }

  /**
   * For values shared between two parties: garbler 0 is the server, the evaluator the client.
   * Inputs: {@code server}, {@code window} words that the garbler learns online; {@code client},
   * {@code window} residues of the evaluator; {@code pad}, one word that the garbler knows in
   * setup. Output {@code x}: f(server_k + client_k over k) + pad, to the evaluator. The server
   * enters what {@link Ring#shareEntries} and {@link Ring#maskEntries} say of garbler 0.
   */
  public static Circuit twoParty(Function function) {
    CircuitBuilder builder = new CircuitBuilder();
    Words words = new Words(builder);
    RingWords residues = new RingWords(words, function.ring());
    int bits = function.ring().bits();
    int window = function.window();
    List<Word> server = builder.inputs("server", new InputKind.GarblerOnline(0), window, bits);
    List<Word> client = builder.inputs("client", new InputKind.EvaluatorInput(), window, bits);
    Word pad = builder.input("pad", new InputKind.SetupKnown(0), bits);
    List<Word> values = new ArrayList<>();
    for (int k = 0; k < window; k++) {
      values.add(residues.plus(client.get(k), server.get(k)));
    }
    Word result = apply(function, words, residues, values);
    return builder.output("x", residues.plus(result, pad)).build();
  }

  /**
   * For values shared among the only garbler, the evaluator and a third party, as SECO prints it
   * (its C_i): every share and every mask is an input of its owner. Inputs {@code share.0}, {@code
   * share.1}, {@code share.2}, {@code window} words, and {@code mask.0}, {@code mask.1}, {@code
   * mask.2}, one word, of garbler, third party, evaluator. The third party's are the garbler's
   * online inputs, forwarded. The evaluator enters its share as it is, all others {@link
   * Ring#shareEntries} and {@link Ring#maskEntries} of their number. Output {@code x}: f(Σ
   * share.i_k over k) + Σ mask.i.
   *
   * <p>Modulo p, 2·window·(2ℓ−1) AND gates for the sums, 3·(2ℓ−1) for the masks.
   */
  public static Circuit printed(Function function) {
    CircuitBuilder builder = new CircuitBuilder();
    Words words = new Words(builder);
    RingWords residues = new RingWords(words, function.ring());
    int bits = function.ring().bits();
    int window = function.window();
    InputKind online = new InputKind.GarblerOnline(0);
    InputKind evaluators = new InputKind.EvaluatorInput();
    List<Word> first = builder.inputs(share(0), online, window, bits);
    List<Word> second = builder.inputs(share(1), online, window, bits);
    List<Word> third = builder.inputs(share(2), evaluators, window, bits);
    List<Word> masks =
        List.of(
            builder.input(mask(0), new InputKind.SetupKnown(0), bits),
            builder.input(mask(1), online, bits),
            builder.input(mask(2), evaluators, bits));
    List<Word> values = new ArrayList<>();
    for (int k = 0; k < window; k++) {
      Word others = residues.together(List.of(first.get(k), second.get(k)));
      values.add(residues.plus(third.get(k), others));
    }
    Word result = apply(function, words, residues, values);
    return builder.output("x", residues.plus(result, residues.together(masks))).build();
  }

  /** The inputs of values shared among all servers, and the values. */
  private static final class Sums {
    final List<Word> values = new ArrayList<>();
    final List<Word> masks = new ArrayList<>();

    Sums(CircuitBuilder builder, RingWords residues, int garblers, Function function) {
      int count = function.window();
      int bits = function.ring().bits();
      if (garblers < 1) {
        throw new IllegalArgumentException("expected at least 1 garbler, got " + garblers);
      }
      List<Word> opened = builder.inputs("y", new InputKind.EvaluatorInput(), count, bits);
      List<List<Word>> shares = new ArrayList<>();
      for (int i = 0; i < garblers; i++) {
        InputKind known = new InputKind.SetupKnown(i);
        shares.add(builder.inputs(share(i), known, count, bits));
        masks.add(builder.input(mask(i), known, bits));
      }
      for (int k = 0; k < count; k++) {
        int number = k;
        // What is known in setup comes first: it costs no rows.
        Word known = residues.together(shares.stream().map(share -> share.get(number)).toList());
        values.add(residues.plus(opened.get(k), known));
      }
    }
  }
}
