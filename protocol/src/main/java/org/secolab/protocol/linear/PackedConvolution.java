package org.secolab.protocol.linear;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.function.Function;
import org.secolab.lattice.packing.CoefficientPacking;
import org.secolab.lattice.packing.ConvolutionShape;
import org.secolab.lattice.packing.PackingObjective;
import org.secolab.lattice.scheme.Evaluator;
import org.secolab.modelio.fixed.FixedConvolution;
import org.secolab.modelio.graph.Shape;
import org.secolab.modelio.graph.Window;

/**
 * A convolution as products of polynomials of one degree. The groups of a grouped convolution are
 * independent convolutions over consecutive channels, packed alike, one after the other.
 */
public final class PackedConvolution {
  private final FixedConvolution convolution;
  private final CoefficientPacking packing;

  /** Packs the shape of {@code convolution}; its numbers are not looked at. */
  public PackedConvolution(FixedConvolution convolution, int degree) {
    this.convolution = convolution;
    this.packing =
        CoefficientPacking.plan(
            groupShape(convolution), degree, PackingObjective.TOTAL_POLYNOMIALS);
  }

  private static ConvolutionShape groupShape(FixedConvolution convolution) {
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

  /** How one group is packed. */
  public CoefficientPacking packing() {
    return packing;
  }

  /** Encrypted input polynomials. */
  public int inputs() {
    return convolution.groups() * packing.inputPolynomials();
  }

  /** Result polynomials. */
  public int outputs() {
    return convolution.groups() * packing.outputPolynomials();
  }

  /** Plaintext × ciphertext products. */
  public int products() {
    return convolution.groups() * packing.products();
  }

  /** The size of the input tensor. */
  public int inputSize() {
    return convolution.inputShape().size();
  }

  /** The size of the output tensor. */
  public int outputSize() {
    return convolution.outputShape().size();
  }

  /** The input tensor as polynomials. */
  public List<long[]> packInput(long[] tensor) {
    List<long[]> polynomials = new ArrayList<>();
    for (long[] slice : slices(tensor)) {
      polynomials.addAll(Arrays.asList(packing.packInput(slice)));
    }
    return polynomials;
  }

  /** The output tensor out of the result polynomials. */
  public long[] gatherOutput(List<long[]> polynomials) {
    long[] tensor = new long[outputSize()];
    int perGroup = packing.outputPolynomials();
    int size = tensor.length / convolution.groups();
    for (int group = 0; group < convolution.groups(); group++) {
      List<long[]> own = polynomials.subList(group * perGroup, (group + 1) * perGroup);
      System.arraycopy(
          packing.gatherOutput(own.toArray(long[][]::new)), 0, tensor, group * size, size);
    }
    return tensor;
  }

  /** Which coefficients of each result polynomial hold values. */
  public List<BitSet> usedCoefficients() {
    List<BitSet> used = new ArrayList<>();
    for (int result = 0; result < outputs(); result++) {
      used.add(packing.usedCoefficients(result % packing.outputPolynomials()));
    }
    return used;
  }

  /**
   * The weight polynomials, each prepared by {@code prepare}.
   *
   * @param weights laid out as in {@link FixedConvolution#weights}
   */
  public <W> List<W> prepare(long[] weights, Function<long[], W> prepare) {
    List<W> prepared = new ArrayList<>();
    for (long[] slice : slices(weights)) {
      for (int w = 0; w < packing.weightPolynomials(); w++) {
        prepared.add(prepare.apply(packing.weightPolynomial(w, slice)));
      }
    }
    return prepared;
  }

  /**
   * The ciphertexts of the result polynomials.
   *
   * @param prepared what {@link #prepare} made
   * @param inputs one ciphertext for each polynomial of {@link #packInput}
   */
  public <C, W> List<C> multiply(List<W> prepared, List<C> inputs, Evaluator<C, W> evaluator) {
    List<C> results = new ArrayList<>();
    for (int group = 0; group < convolution.groups(); group++) {
      int firstInput = group * packing.inputPolynomials();
      int firstWeight = group * packing.weightPolynomials();
      for (int o = 0; o < packing.outputPolynomials(); o++) {
        List<W> factors = new ArrayList<>();
        List<C> operands = new ArrayList<>();
        for (CoefficientPacking.Product product : packing.products(o)) {
          factors.add(prepared.get(firstWeight + product.weight()));
          operands.add(inputs.get(firstInput + product.input()));
        }
        results.add(evaluator.multiplySum(factors, operands));
      }
    }
    return results;
  }

  private List<long[]> slices(long[] values) {
    int size = values.length / convolution.groups();
    List<long[]> slices = new ArrayList<>();
    for (int group = 0; group < convolution.groups(); group++) {
      slices.add(Arrays.copyOfRange(values, group * size, (group + 1) * size));
    }
    return slices;
  }
}
