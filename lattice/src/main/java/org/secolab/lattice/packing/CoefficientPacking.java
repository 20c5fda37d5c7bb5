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
 *
 * <p>Two variants save coefficients, and the search takes them where they pay. <em>Phases</em>:
 * with strides s, the s_h·s_w subsampled images of a channel are channels of their own under a
 * kernel of ⌈k/s⌉ taps and stride 1, so that results stand densely. <em>Shared padding</em>: an
 * image in one tile keeps one gap behind each row and each channel, in which the padding of both
 * its neighbours stands.
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
  private final Variant variant;
  private final int blockChannels; // C_w, of phases
  private final int blockOutChannels; // M_w
  private final int tileOutHeight; // output rows of a tile, the last one may have fewer
  private final int tileOutWidth;
  private final int tileHeight; // T_h
  private final int tileWidth; // T_w
  private final int tileRows;
  private final int tileColumns;

  /**
   * How an image becomes channels of coefficients.
   *
   * @param phaseHeight s_h, or 1 where rows are not split into phases
   * @param phaseWidth s_w, or 1
   * @param sharedPadding whether neighbours share their padding
   */
  private record Variant(int phaseHeight, int phaseWidth, boolean sharedPadding) {
    /** Phases that the kernel has taps in: a kernel of one row sees one of s phases. */
    int phaseRows(ConvolutionShape shape) {
      return Math.min(phaseHeight, shape.kernelHeight());
    }

    int phaseColumns(ConvolutionShape shape) {
      return Math.min(phaseWidth, shape.kernelWidth());
    }

    /** Rows of an image's phase from one output row to the next. */
    int stepHeight(ConvolutionShape shape) {
      return shape.strideHeight() / phaseHeight;
    }

    int stepWidth(ConvolutionShape shape) {
      return shape.strideWidth() / phaseWidth;
    }

    int tapRows(ConvolutionShape shape) {
      return Math.ceilDiv(shape.kernelHeight(), phaseHeight);
    }

    int tapColumns(ConvolutionShape shape) {
      return Math.ceilDiv(shape.kernelWidth(), phaseWidth);
    }

    /** Rows of a phase that one output value sees, those between included. */
    int kernelRows(ConvolutionShape shape) {
      return shape.dilationHeight() * (tapRows(shape) - 1) + 1;
    }

    int kernelColumns(ConvolutionShape shape) {
      return shape.dilationWidth() * (tapColumns(shape) - 1) + 1;
    }

    static List<Variant> of(ConvolutionShape shape) {
      List<Variant> variants = new ArrayList<>();
      variants.add(new Variant(1, 1, false));
      boolean strided = shape.strideHeight() > 1 || shape.strideWidth() > 1;
      if (strided && shape.dilationHeight() == 1 && shape.dilationWidth() == 1) {
        variants.add(new Variant(shape.strideHeight(), shape.strideWidth(), false));
      }
      int vertical = Math.max(shape.padTop(), shape.padBottom());
      int horizontal = Math.max(shape.padLeft(), shape.padRight());
      if (vertical + horizontal > 0
          && vertical < shape.kernelRows()
          && horizontal < shape.kernelColumns()) {
        variants.add(new Variant(1, 1, true));
      }
      return variants;
    }
  }

  private CoefficientPacking(
      ConvolutionShape shape,
      int degree,
      Variant variant,
      int blockChannels,
      int blockOutChannels,
      int tileOutHeight,
      int tileOutWidth) {
    this.shape = shape;
    this.degree = degree;
    this.variant = variant;
    this.blockChannels = blockChannels;
    this.blockOutChannels = blockOutChannels;
    this.tileOutHeight = tileOutHeight;
    this.tileOutWidth = tileOutWidth;
    if (variant.sharedPadding) {
      tileHeight = shape.height() + Math.max(shape.padTop(), shape.padBottom());
      tileWidth = shape.width() + Math.max(shape.padLeft(), shape.padRight());
    } else {
      tileHeight = (tileOutHeight - 1) * variant.stepHeight(shape) + variant.kernelRows(shape);
      tileWidth = (tileOutWidth - 1) * variant.stepWidth(shape) + variant.kernelColumns(shape);
    }
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
    for (Variant variant : Variant.of(shape)) {
      for (int rows : tileSizes(shape.outHeight(), variant)) {
        for (int columns : tileSizes(shape.outWidth(), variant)) {
          best = cheapest(shape, degree, variant, objective, rows, columns, best);
        }
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
      Variant variant,
      PackingObjective objective,
      int rows,
      int columns,
      @Nullable CoefficientPacking best) {
    CoefficientPacking single = new CoefficientPacking(shape, degree, variant, 1, 1, rows, columns);
    long fitting = degree / ((long) single.tileHeight * single.tileWidth); // M_w·C_w at most
    CoefficientPacking cheapest = best;
    for (int c = 1; c <= Math.min(fitting, single.phases()); c++) {
      int m = (int) Math.min(shape.outChannels(), fitting / c);
      CoefficientPacking candidate =
          new CoefficientPacking(shape, degree, variant, c, m, rows, columns);
      if (cheapest == null || candidate.isCheaper(cheapest, objective)) {
        cheapest = candidate;
      }
    }
    return cheapest;
  }

  /** All sizes that cut {@code whole} into different numbers of tiles. */
  private static List<Integer> tileSizes(int whole, Variant variant) {
    List<Integer> sizes = new ArrayList<>();
    for (int tiles = 1; tiles <= (variant.sharedPadding ? 1 : whole); tiles++) {
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

  /** Channels after each is split into its phases. */
  private int phases() {
    return shape.channels() * variant.phaseRows(shape) * variant.phaseColumns(shape);
  }

  private int inputBlocks() {
    return Math.ceilDiv(phases(), blockChannels);
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
    int firstRow = tile / tileColumns * tileOutHeight * variant.stepHeight(shape);
    int firstColumn = tile % tileColumns * tileOutWidth * variant.stepWidth(shape);
    int top = variant.sharedPadding ? 0 : shape.padTop();
    int left = variant.sharedPadding ? 0 : shape.padLeft();
    int phaseEnd = Math.min(phases(), (block + 1) * blockChannels);
    for (int phase = block * blockChannels; phase < phaseEnd; phase++) {
      int at = phase % blockChannels * tileHeight * tileWidth;
      for (int h = 0; h < tileHeight; h++) {
        int row = (firstRow + h) * variant.phaseHeight + rowPhase(phase) - top;
        if (row < 0 || row >= shape.height()) {
          continue;
        }
        int from = (channel(phase) * shape.height() + row) * shape.width();
        for (int w = 0; w < tileWidth; w++) {
          int column = (firstColumn + w) * variant.phaseWidth + columnPhase(phase) - left;
          if (column >= 0 && column < shape.width()) {
            polynomial[at + h * tileWidth + w] = x[from + column];
          }
        }
      }
    }
  }

  private int channel(int phase) {
    return phase / (variant.phaseRows(shape) * variant.phaseColumns(shape));
  }

  private int rowPhase(int phase) {
    return phase / variant.phaseColumns(shape) % variant.phaseRows(shape);
  }

  private int columnPhase(int phase) {
    return phase % variant.phaseColumns(shape);
  }

  /** O: where the first value of the first output channel of a block stands. */
  private int firstOutput() {
    return tileHeight * tileWidth * (blockOutChannels * blockChannels - 1)
        + tileWidth * (variant.kernelRows(shape) - 1)
        + variant.kernelColumns(shape)
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
    int phaseEnd = Math.min(phases(), (inputBlock + 1) * blockChannels);
    long[] polynomial = new long[degree];
    for (int m = outputBlock * blockOutChannels; m < outChannelEnd; m++) {
      for (int phase = inputBlock * blockChannels; phase < phaseEnd; phase++) {
        int at =
            firstOutput()
                - m % blockOutChannels * outputStep()
                - phase % blockChannels * tileHeight * tileWidth;
        int from =
            (m * shape.channels() + channel(phase)) * shape.kernelHeight() * shape.kernelWidth();
        // Tap i of a phase is row i·s + phase of the kernel, where there is one.
        for (int i = rowPhase(phase); i < shape.kernelHeight(); i += variant.phaseHeight) {
          for (int j = columnPhase(phase); j < shape.kernelWidth(); j += variant.phaseWidth) {
            int down = i / variant.phaseHeight * shape.dilationHeight();
            int right = j / variant.phaseWidth * shape.dilationWidth();
            polynomial[at - down * tileWidth - right] = weights[from + i * shape.kernelWidth() + j];
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
    // With shared padding, the image begins at its first value, not at its padding.
    int origin =
        variant.sharedPadding
            ? firstOutput() - shape.padTop() * tileWidth - shape.padLeft()
            : firstOutput();
    for (int m = block * blockOutChannels; m < channelEnd; m++) {
      int at = origin - m % blockOutChannels * outputStep();
      for (int y = 0; y < rows; y++) {
        int to = (m * shape.outHeight() + firstRow + y) * shape.outWidth() + firstColumn;
        for (int x = 0; x < columns; x++) {
          visitor.visit(
              at + y * variant.stepHeight(shape) * tileWidth + x * variant.stepWidth(shape),
              to + x);
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
        "%d channels x %d output channels x tile %d x %d%s%s: %d inputs, %d outputs, %d products",
        blockChannels,
        blockOutChannels,
        tileHeight,
        tileWidth,
        variant.phaseHeight * variant.phaseWidth > 1 ? ", phases" : "",
        variant.sharedPadding ? ", shared padding" : "",
        inputPolynomials(),
        outputPolynomials(),
        products());
  }
}
