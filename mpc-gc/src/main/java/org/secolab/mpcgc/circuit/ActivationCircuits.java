package org.secolab.mpcgc.circuit;

import java.util.ArrayList;
import java.util.List;

/**
 * The circuit of one activation value, for the two ways in which the protocols share it. All
 * arithmetic is modulo 2^ℓ; v is read in two's complement.
 */
public final class ActivationCircuits {
  /**
   * What is done to a value v, the largest of {@code window} values.
   *
   * @param ringBits ℓ, 2 to 64
   * @param shift h: the result is divided by 2^h, rounded down; 0 to ℓ − 1
   * @param relu whether negative values become 0 first
   * @param window how many values the largest is taken of; 1: no pooling
   */
  public record Activation(int ringBits, int shift, boolean relu, int window) {
    public Activation {
      if (ringBits < 2 || ringBits > 64) {
        throw new IllegalArgumentException("expected 2 to 64 ring bits, got " + ringBits);
      }
      if (shift < 0 || shift >= ringBits) {
        throw new IllegalArgumentException(
            "expected a shift from 0 to " + (ringBits - 1) + ", got " + shift);
      }
      if (window < 1) {
        throw new IllegalArgumentException("expected a window of at least 1, got " + window);
      }
    }

    /** ℓ − 1 − h for the rectifier, 2ℓ for each further value of the window. */
    private Word apply(Words words, List<Word> values) {
      Word largest = words.maxSigned(values);
      return relu ? words.relu(largest, shift) : largest.shiftRightArithmetic(shift);
    }
  }

  private ActivationCircuits() {}

  /** The name of the setup-known share of garbler {@code garbler}. */
  public static String share(int garbler) {
    return "share." + garbler;
  }

  /** The name of the setup-known mask of garbler {@code garbler}. */
  public static String mask(int garbler) {
    return "mask." + garbler;
  }

  /**
   * For values shared among all servers. Inputs: {@code y}, the evaluator's {@code window} words;
   * of every garbler i {@code share.i}, {@code window} words, and {@code mask.i}, one word, both
   * known in setup. Output {@code x}: activation(y_k + Σ share.i_k over k) + Σ mask.i, to the
   * evaluator. Owners enter two's complements of what is to be subtracted.
   *
   * <p>Rows are needed for window·(ℓ−1) + 2ℓ(window−1) + (ℓ−1−h if relu) + (ℓ−1) AND gates, for any
   * number of garblers.
   *
   * @param garblers g, at least 1
   */
  public static Circuit shared(Activation activation, int garblers) {
    if (garblers < 1) {
      throw new IllegalArgumentException("expected at least 1 garbler, got " + garblers);
    }
    CircuitBuilder builder = new CircuitBuilder();
    Words words = new Words(builder);
    int bits = activation.ringBits();
    int window = activation.window();
    List<Word> opened = builder.inputs("y", new InputKind.EvaluatorInput(), window, bits);
    List<List<Word>> shares = new ArrayList<>();
    List<Word> masks = new ArrayList<>();
    for (int i = 0; i < garblers; i++) {
      InputKind known = new InputKind.SetupKnown(i);
      shares.add(builder.inputs(share(i), known, window, bits));
      masks.add(builder.input(mask(i), known, bits));
    }
    List<Word> values = new ArrayList<>();
    for (int k = 0; k < window; k++) {
      values.add(words.add(opened.get(k), shareSum(words, shares, k)));
    }
    Word result = words.add(activation.apply(words, values), words.sum(masks));
    return builder.output("x", result).build();
  }

  /**
   * For values shared between two parties: garbler 0 is the server, the evaluator the client.
   * Inputs: {@code server}, {@code window} words that the garbler learns online; {@code client},
   * {@code window} words of the evaluator; {@code pad}, one word that the garbler knows in setup.
   * Output {@code x}: activation(server_k + client_k over k) + pad, to the evaluator.
   */
  public static Circuit twoParty(Activation activation) {
    CircuitBuilder builder = new CircuitBuilder();
    Words words = new Words(builder);
    int bits = activation.ringBits();
    int window = activation.window();
    List<Word> server = builder.inputs("server", new InputKind.GarblerOnline(0), window, bits);
    List<Word> client = builder.inputs("client", new InputKind.EvaluatorInput(), window, bits);
    Word pad = builder.input("pad", new InputKind.SetupKnown(0), bits);
    List<Word> values = new ArrayList<>();
    for (int k = 0; k < window; k++) {
      values.add(words.add(server.get(k), client.get(k)));
    }
    Word result = words.add(activation.apply(words, values), pad);
    return builder.output("x", result).build();
  }

  /**
   * For the class instead of all scores. Inputs as those of {@link #shared}, with {@code classes}
   * words in place of the window, and masks of as many bits as a class number has. Output {@code
   * x}: the position of the largest y_k + Σ share.i_k, plus Σ mask.i.
   *
   * @param ringBits ℓ, 2 to 64
   * @param classes at least 2
   */
  public static Circuit sharedArgmax(int ringBits, int classes, int garblers) {
    if (classes < 2) {
      throw new IllegalArgumentException("expected at least 2 classes, got " + classes);
    }
    CircuitBuilder builder = new CircuitBuilder();
    Words words = new Words(builder);
    int positionBits = 32 - Integer.numberOfLeadingZeros(classes - 1);
    List<Word> opened = builder.inputs("y", new InputKind.EvaluatorInput(), classes, ringBits);
    List<List<Word>> shares = new ArrayList<>();
    List<Word> masks = new ArrayList<>();
    for (int i = 0; i < garblers; i++) {
      InputKind known = new InputKind.SetupKnown(i);
      shares.add(builder.inputs(share(i), known, classes, ringBits));
      masks.add(builder.input(mask(i), known, positionBits));
    }
    List<Word> scores = new ArrayList<>();
    for (int k = 0; k < classes; k++) {
      scores.add(words.add(opened.get(k), shareSum(words, shares, k)));
    }
    Word position = words.argmaxSigned(scores);
    return builder.output("x", words.add(position, words.sum(masks))).build();
  }

  /** What is known in setup of value k: added up before anything else, it costs no rows. */
  private static Word shareSum(Words words, List<List<Word>> shares, int k) {
    return words.sum(shares.stream().map(share -> share.get(k)).toList());
  }
}
