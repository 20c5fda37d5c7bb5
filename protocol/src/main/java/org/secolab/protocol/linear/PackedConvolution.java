package org.secolab.protocol.linear;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.SortedSet;
import java.util.function.Function;
import org.secolab.lattice.packing.ConvolutionShape;
import org.secolab.lattice.scheme.Evaluator;
import org.secolab.modelio.fixed.FixedConvolution;
import org.secolab.modelio.graph.Shape;
import org.secolab.modelio.graph.Window;

/**
 * A convolution as products of polynomials of one degree: which values stand where in the encrypted
 * input, in the weights and in the result. Knows shapes only. The groups of a grouped convolution
 * are independent convolutions over consecutive channels, packed alike, one after the other.
 */
public sealed interface PackedConvolution permits CoefficientConvolution, SlotConvolution {
  /** Encrypted input polynomials. */
  int inputs();

  /** Result polynomials. */
  int outputs();

  /** Weight polynomials. */
  int weightPolynomials();

  /** Products of a weight and an input. */
  int products();

  /** Relinearisations and rotations, where weights are encrypted. */
  int keySwitches();

  /** What of it matters for the noise of a result, where weights are encrypted. */
  NoiseGrowth growth();

  /** The most non-zero weight coefficients that enter one result. */
  long nonZeros();

  /** The size of the input tensor. */
  int inputSize();

  /** The size of the output tensor. */
  int outputSize();

  /** The input tensor as polynomials. */
  List<long[]> packInput(long[] tensor);

  /** The output tensor out of the result polynomials. */
  long[] gatherOutput(List<long[]> polynomials);

  /** Which coefficients of each result polynomial are needed to read its values. */
  List<BitSet> usedCoefficients();

  /**
   * One weight polynomial.
   *
   * @param weights residues, laid out as in {@link FixedConvolution#weights}
   */
  long[] weightPolynomial(int index, long[] weights);

  /** The rotations of slots that {@link #multiply} takes. */
  SortedSet<Integer> rotations();

  /**
   * The ciphertexts of the result polynomials.
   *
   * @param weights one for each weight polynomial
   * @param inputs one for each polynomial of {@link #packInput}
   */
  <C, W> List<C> multiply(List<W> weights, List<C> inputs, LinearOperations<C, W> operations);

  /** The same for weights in clear and a packing that never rotates. */
  default <C, W> List<C> multiply(List<W> weights, List<C> inputs, Evaluator<C, W> evaluator) {
    return multiply(weights, inputs, LinearOperations.withoutRotations(evaluator));
  }

  /** All weight polynomials, each prepared by {@code prepare}. */
  default <W> List<W> prepare(long[] weights, Function<long[], W> prepare) {
    List<W> prepared = new ArrayList<>();
    for (int index = 0; index < weightPolynomials(); index++) {
      prepared.add(prepare.apply(weightPolynomial(index, weights)));
    }
    return prepared;
  }

  /**
   * How noise grows in a product with encrypted weights.
   *
   * @param inputRotations rotations of an input before it is multiplied
   * @param products that enter one result, those counted several times that are added to themselves
   * @param switches relinearisations and rotations whose noise enters one result, counted likewise
   */
  record NoiseGrowth(int inputRotations, long products, long switches) {}

  /** Inputs, outputs, products and the way of packing, in words. */
  default String describe() {
    return String.format(
        "%s: %d encrypted in, %d out, %d products", this, inputs(), outputs(), products());
  }

  /** The shape of one group. */
  static ConvolutionShape groupShape(FixedConvolution convolution) {
    Shape in = convolution.inputShape();
    Window w = convolution.window();
    return new ConvolutionShape(
        convolution.groupChannels(),
        in.height(),
        in.width(),
        convolution.outputChannels() / convolution.groups(),
        w.kernelHeight(),
        w.kernelWidth(),
        w.strideHeight(),
        w.strideWidth(),
        w.padTop(),
        w.padLeft(),
        w.padBottom(),
        w.padRight(),
        w.dilationHeight(),
        w.dilationWidth());
  }
}
