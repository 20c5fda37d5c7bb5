package org.secolab.lattice.packing;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the values of one convolution are laid out in polynomials; see the package for the equations.
 * Fully connected layers are a special case.
 *
 * <p>The output is cut into tiles, the input into what each tile sees (neighbouring tiles overlap);
 * channels into blocks. Input polynomial (block, tile), output polynomial (block, tile), both with
 * the tile running faster; weight polynomial (output block, input block), the latter running
 * faster. An output polynomial is the sum over all input blocks of its tile. Tensors are flat,
 * channel first, row by row. Immutable.
 */
public final class CoefficientPacking {
  /**
   * One product that enters an output polynomial.
   *
   * @param input index of the input polynomial
   * @param weight index of the weight polynomial
   */
  public record Product(int input, int weight) {}

  private final ConvolutionShape shape;
  private final int degree;
  private final int blockChannels; // C_w
  private final int blockOutChannels; // M_w
  private final int tileOutHeight; // output rows of a tile, the last one may have fewer
  private final int tileOutWidth;
  private final int tileHeight; // T_h
  private final int tileWidth; // T_w
  private final int tileRows;
  private final int tileColumns;

  private CoefficientPacking(
      ConvolutionShape shape,
      int degree,
      int blockChannels,
      int blockOutChannels,
      int tileOutHeight,
      int tileOutWidth) {
    this.shape = shape;
    this.degree = degree;
    this.blockChannels = blockChannels;
    this.blockOutChannels = blockOutChannels;
    this.tileOutHeight = tileOutHeight;
    this.tileOutWidth = tileOutWidth;
    tileHeight = (tileOutHeight - 1) * shape.strideHeight() + shape.kernelRows();
    tileWidth = (tileOutWidth - 1) * shape.strideWidth() + shape.kernelColumns();
    tileRows = Math.ceilDiv(shape.outHeight(), tileOutHeight);
    tileColumns = Math.ceilDiv(shape.outWidth(), tileOutWidth);
  }

  /**
   * The cheapest layout.
   *
   * @param degree N
   * @throws IllegalArgumentException if not even one output value of one channel fits
   */
  public static CoefficientPacking plan(
      ConvolutionShape shape, int degree, PackingObjective objective) {
    CoefficientPacking best = null;
    for (int rows : tileSizes(shape.outHeight())) {
      for (int columns : tileSizes(shape.outWidth())) {
        best = cheapest(shape, degree, objective, rows, columns, best);
      }
    }
    if (best == null) {
      throw new IllegalArgumentException(
          String.format(
              "expected a kernel of at most %d coefficients, got %d x %d",
              degree, shape.kernelRows(), shape.kernelColumns()));
    }
    return best;
  }

  private static @Nullable CoefficientPacking cheapest(
      ConvolutionShape shape,
      int degree,
      PackingObjective objective,
      int rows,
      int columns,
      @Nullable CoefficientPacking best) {
    CoefficientPacking single = new CoefficientPacking(shape, degree, 1, 1, rows, columns);
    long fitting = degree / ((long) single.tileHeight * single.tileWidth); // M_w·C_w at most
    CoefficientPacking cheapest = best;
    for (int c = 1; c <= Math.min(fitting, shape.channels()); c++) {
      int m = (int) Math.min(shape.outChannels(), fitting / c);
      CoefficientPacking candidate = new CoefficientPacking(shape, degree, c, m, rows, columns);
      if (cheapest == null || candidate.isCheaper(cheapest, objective)) {
        cheapest = candidate;
      }
    }
    return cheapest;
  }

  /** All sizes that cut {@code whole} into different numbers of tiles. */
  private static List<Integer> tileSizes(int whole) {
    List<Integer> sizes = new ArrayList<>();
    for (int tiles = 1; tiles <= whole; tiles++) {
      int size = Math.ceilDiv(whole, tiles);
      if (sizes.isEmpty() || sizes.getLast() != size) {
        sizes.add(size);
      }
    }
    return sizes;
  }

  private boolean isCheaper(CoefficientPacking other, PackingObjective objective) {
    long cost = objective.cost(inputPolynomials(), outputPolynomials(), products());
    long otherCost =
        objective.cost(other.inputPolynomials(), other.outputPolynomials(), other.products());
    return cost < otherCost || (cost == otherCost && products() < other.products());
  }

  /** The layer. */
  public ConvolutionShape shape() {
    return shape;
  }

  /** N. */
  public int degree() {
    return degree;
  }

  private int inputBlocks() {
    return Math.ceilDiv(shape.channels(), blockChannels);
  }

  private int outputBlocks() {
    return Math.ceilDiv(shape.outChannels(), blockOutChannels);
  }

  private int tiles() {
    return tileRows * tileColumns;
  }

  /** How many polynomials the input takes. */
  public int inputPolynomials() {
    return inputBlocks() * tiles();
  }

  /** How many polynomials the output takes. */
  public int outputPolynomials() {
    return outputBlocks() * tiles();
  }

  /** How many different weight polynomials there are; tiles share them. */
  public int weightPolynomials() {
    return outputBlocks() * inputBlocks();
  }

  /** How many products of polynomials the layer takes. */
  public int products() {
    return outputBlocks() * inputBlocks() * tiles();
  }

  /** The products whose sum is output polynomial {@code output}. */
  public List<Product> products(int output) {
    int outputBlock = output / tiles();
    int tile = output % tiles();
    List<Product> products = new ArrayList<>();
    for (int block = 0; block < inputBlocks(); block++) {
      products.add(new Product(block * tiles() + tile, outputBlock * inputBlocks() + block));
    }
    return products;
  }

  /**
   * The input tensor in coefficients; linear, with zeros for padding and where nothing stands.
   *
   * @param x C·height·width residues
   * @return {@link #inputPolynomials} arrays of N
   */
  public long[][] packInput(long[] x) {
    expectSize("an input", shape.inputSize(), x.length);
    long[][] packed = new long[inputPolynomials()][degree];
    for (int input = 0; input < packed.length; input++) {
      packTile(x, input / tiles(), input % tiles(), packed[input]);
    }
    return packed;
  }

  private void packTile(long[] x, int block, int tile, long[] polynomial) {
    int firstRow = tile / tileColumns * tileOutHeight * shape.strideHeight() - shape.padTop();
    int firstColumn = tile % tileColumns * tileOutWidth * shape.strideWidth() - shape.padLeft();
    int channelEnd = Math.min(shape.channels(), (block + 1) * blockChannels);
    for (int channel = block * blockChannels; channel < channelEnd; channel++) {
      int at = channel % blockChannels * tileHeight * tileWidth;
      for (int h = Math.max(0, -firstRow); h < tileHeight; h++) {
        int row = firstRow + h;
        if (row >= shape.height()) {
          break;
        }
        int from = (channel * shape.height() + row) * shape.width();
        int firstW = Math.max(0, -firstColumn);
        int lastW = Math.min(tileWidth, shape.width() - firstColumn);
        for (int w = firstW; w < lastW; w++) {
          polynomial[at + h * tileWidth + w] = x[from + firstColumn + w];
        }
      }
    }
  }

  /** O: where the first value of the first output channel of a block stands. */
  private int firstOutput() {
    return tileHeight * tileWidth * (blockOutChannels * blockChannels - 1)
        + tileWidth * (shape.kernelRows() - 1)
        + shape.kernelColumns()
        - 1;
  }

  private int outputStep() {
    return blockChannels * tileHeight * tileWidth;
  }

  /**
   * Weight polynomial {@code weight}.
   *
   * @param weights M·C·k_h·k_w residues, output channel first
   * @return N coefficients
   */
  public long[] weightPolynomial(int weight, long[] weights) {
    expectSize("weights", shape.weightSize(), weights.length);
    int outputBlock = weight / inputBlocks();
    int inputBlock = weight % inputBlocks();
    int outChannelEnd = Math.min(shape.outChannels(), (outputBlock + 1) * blockOutChannels);
    int channelEnd = Math.min(shape.channels(), (inputBlock + 1) * blockChannels);
    long[] polynomial = new long[degree];
    for (int m = outputBlock * blockOutChannels; m < outChannelEnd; m++) {
      for (int c = inputBlock * blockChannels; c < channelEnd; c++) {
        int at =
            firstOutput()
                - m % blockOutChannels * outputStep()
                - c % blockChannels * tileHeight * tileWidth;
        int from = (m * shape.channels() + c) * shape.kernelHeight() * shape.kernelWidth();
        for (int i = 0; i < shape.kernelHeight(); i++) {
          for (int j = 0; j < shape.kernelWidth(); j++) {
            polynomial[at - i * shape.dilationHeight() * tileWidth - j * shape.dilationWidth()] =
                weights[from + i * shape.kernelWidth() + j];
          }
        }
      }
    }
    return polynomial;
  }

  /** What to do with one output value: where it stands in its polynomial and in the tensor. */
  @FunctionalInterface
  private interface OutputVisitor {
    void visit(int coefficient, int tensorIndex);
  }

  private void visitOutput(int output, OutputVisitor visitor) {
    int block = output / tiles();
    int tile = output % tiles();
    int firstRow = tile / tileColumns * tileOutHeight;
    int firstColumn = tile % tileColumns * tileOutWidth;
    int rows = Math.min(tileOutHeight, shape.outHeight() - firstRow);
    int columns = Math.min(tileOutWidth, shape.outWidth() - firstColumn);
    int channelEnd = Math.min(shape.outChannels(), (block + 1) * blockOutChannels);
    for (int m = block * blockOutChannels; m < channelEnd; m++) {
      int at = firstOutput() - m % blockOutChannels * outputStep();
      for (int y = 0; y < rows; y++) {
        int to = (m * shape.outHeight() + firstRow + y) * shape.outWidth() + firstColumn;
        for (int x = 0; x < columns; x++) {
          visitor.visit(
              at + y * shape.strideHeight() * tileWidth + x * shape.strideWidth(), to + x);
        }
      }
    }
  }

  /** The coefficients of output polynomial {@code output} that values of the result stand in. */
  public BitSet usedCoefficients(int output) {
    BitSet used = new BitSet(degree);
    visitOutput(output, (coefficient, tensorIndex) -> used.set(coefficient));
    return used;
  }

  /**
   * A tensor in the shape of the output at the output's coefficients, zeros elsewhere.
   *
   * @param y M·outHeight·outWidth residues
   * @return {@link #outputPolynomials} arrays of N
   */
  public long[][] scatterOutput(long[] y) {
    expectSize("an output", shape.outputSize(), y.length);
    long[][] polynomials = new long[outputPolynomials()][degree];
    for (int output = 0; output < polynomials.length; output++) {
      long[] polynomial = polynomials[output];
      visitOutput(output, (coefficient, index) -> polynomial[coefficient] = y[index]);
    }
    return polynomials;
  }

  /**
   * The output tensor out of the output polynomials: the inverse of {@link #scatterOutput}.
   *
   * @param polynomials {@link #outputPolynomials} arrays of N
   * @return M·outHeight·outWidth values
   */
  public long[] gatherOutput(long[][] polynomials) {
    expectSize("output polynomials", outputPolynomials(), polynomials.length);
    long[] y = new long[shape.outputSize()];
    for (int output = 0; output < polynomials.length; output++) {
      long[] polynomial = polynomials[output];
      expectSize("coefficients", degree, polynomial.length);
      visitOutput(output, (coefficient, index) -> y[index] = polynomial[coefficient]);
    }
    return y;
  }

  /** The most weight coefficients that enter one output polynomial: what its noise depends on. */
  public long nonZeros() {
    return (long) blockOutChannels * shape.channels() * shape.kernelHeight() * shape.kernelWidth();
  }

  private static void expectSize(String what, int expected, int found) {
    if (expected != found) {
      throw new IllegalArgumentException(
          "expected " + what + " of size " + expected + ", got " + found);
    }
  }

  @Override
  public String toString() {
    return String.format(
        "%d channels x %d output channels x tile %d x %d: %d inputs, %d outputs, %d products",
        blockChannels,
        blockOutChannels,
        tileHeight,
        tileWidth,
        inputPolynomials(),
        outputPolynomials(),
        products());
  }
}
