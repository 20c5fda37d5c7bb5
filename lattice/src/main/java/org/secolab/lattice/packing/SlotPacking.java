package org.secolab.lattice.packing;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * How the values of one convolution are laid out in slots; see the package for the equations. Fully
 * connected layers are a special case: images of one value.
 *
 * <p>A row of n = N/2 slots is cut into blocks of A slots, one channel in each. Input vector g
 * holds a group of at most n/A channels, over and over again with a power of two as period, in both
 * rows alike; output vectors have an output channel in some of their blocks. Tensors are flat,
 * channel first, row by row. Immutable.
 */
public final class SlotPacking {
  /**
   * Consecutive input channels in one vector.
   *
   * @param first the first of them
   * @param count how many
   * @param period P, a power of two: block b holds channel first + b mod P, if there is one
   */
  private record Group(int first, int count, int period) {}

  /**
   * One product: a weight vector and what it is multiplied by.
   *
   * @param output index of the output vector
   * @param diagonal d: the product is for the block d places further left
   * @param tap row by row in the kernel
   * @param group index of the input vector
   */
  private record Product(int output, int diagonal, int tap, int group) {}

  /**
   * What an evaluation asks of whoever has ciphertexts.
   *
   * @param <C> ciphertexts
   */
  public interface Operations<C> {
    /**
     * A sum of products, slot by slot.
     *
     * @param weights indices of weight vectors
     * @param inputs as many
     */
    C multiplySum(List<Integer> weights, List<C> inputs);

    /** The sum. */
    C add(C a, C b);

    /** Both rows, rotated by {@code places} to the left. */
    C rotate(C vector, int places);
  }

  private final ConvolutionShape shape;
  private final int rowSize; // n
  private final int blockWidth; // slots from one image row to the next
  private final int block; // A
  private final int blocks; // n/A
  private final int diagonals; // D
  private final List<Group> groups;
  private final int rowOutputs; // output channels in a row of an output vector
  private final List<Product> products = new ArrayList<>();

  /**
   * Lays out {@code shape}.
   *
   * @param rowSize n, a power of two
   * @throws IllegalArgumentException if a channel does not fit into a row
   */
  public SlotPacking(ConvolutionShape shape, int rowSize) {
    this.shape = shape;
    this.rowSize = rowSize;
    blockWidth = blockWidth(shape);
    if (!fits(shape, rowSize)) {
      throw new IllegalArgumentException(
          "expected channels of at most "
              + rowSize
              + " values for packing in slots, got "
              + shape.height()
              + " x "
              + shape.width());
    }
    block = powerOfTwo((int) blockSlots(shape));
    blocks = rowSize / block;
    int period = Math.min(blocks, powerOfTwo(shape.channels()));
    diagonals = diagonals(period);
    rowOutputs = blocks / period * diagonals;
    groups = groups(period);
    for (int output = 0; output < outputs(); output++) {
      for (int d = diagonals - 1; d >= 0; d--) {
        addProducts(output, d);
      }
    }
  }

  /** Whether a channel, with what its outputs take, fits into a row of {@code rowSize} slots. */
  public static boolean fits(ConvolutionShape shape, int rowSize) {
    return blockSlots(shape) <= rowSize;
  }

  private static int blockWidth(ConvolutionShape shape) {
    return Math.max(shape.width(), (shape.outWidth() - 1) * shape.strideWidth() + 1);
  }

  /** From the first slot of a channel to the last one that it needs. */
  private static long blockSlots(ConvolutionShape shape) {
    long width = blockWidth(shape);
    long lastRow = (long) (shape.outHeight() - 1) * shape.strideHeight();
    long lastColumn = (long) (shape.outWidth() - 1) * shape.strideWidth();
    return Math.max((shape.height() - 1) * width + shape.width(), lastRow * width + lastColumn + 1);
  }

  private static int powerOfTwo(int least) {
    return least == 1 ? 1 : Integer.highestOneBit(least - 1) << 1;
  }

  /** The fewest with which one output vector holds all output channels; at most the period. */
  private int diagonals(int period) {
    int d = 1;
    while (d < period && 2L * blocks / period * d < shape.outChannels()) {
      d *= 2;
    }
    return d;
  }

  private List<Group> groups(int period) {
    List<Group> list = new ArrayList<>();
    for (int first = 0; first < shape.channels(); first += period) {
      int count = Math.min(period, shape.channels() - first);
      // With all diagonals every block has an output of its own, whatever the period of the input.
      list.add(new Group(first, count, diagonals == period ? powerOfTwo(count) : period));
    }
    return List.copyOf(list);
  }

  private void addProducts(int output, int diagonal) {
    for (int tap = 0; tap < shape.kernelHeight() * shape.kernelWidth(); tap++) {
      for (int g = 0; g < groups.size(); g++) {
        if (isNeeded(output, diagonal, groups.get(g))) {
          products.add(new Product(output, diagonal, tap, g));
        }
      }
    }
  }

  private boolean isNeeded(int output, int diagonal, Group group) {
    if (diagonal >= group.period()) {
      return false;
    }
    for (int row = 0; row < 2; row++) {
      for (int b = 0; b < blocks; b++) {
        if (channel(group, b) >= 0 && outChannel(output, row, b - diagonal) >= 0) {
          return true;
        }
      }
    }
    return false;
  }

  /** The input channel in block {@code b}; −1 for none. */
  private int channel(Group group, int b) {
    int inGroup = b % group.period();
    return inGroup < group.count() ? group.first() + inGroup : -1;
  }

  /** The output channel to which block {@code b} of an output vector contributes; −1 for none. */
  private int outChannel(int output, int row, int b) {
    int period = groups.getFirst().period();
    int place = Math.floorMod(b, blocks);
    int inRow = place / period * diagonals + place % diagonals;
    int channel = (2 * output + row) * rowOutputs + inRow;
    return channel < shape.outChannels() ? channel : -1;
  }

  /** Input vectors. */
  public int inputs() {
    return groups.size();
  }

  /** Output vectors. */
  public int outputs() {
    return Math.ceilDiv(shape.outChannels(), 2 * rowOutputs);
  }

  /** Weight vectors; each enters one product. */
  public int products() {
    return products.size();
  }

  /** Sums of products: what has to be relinearised where weights are encrypted. */
  public int sums() {
    return (int) products.stream().map(p -> List.of(p.output(), p.diagonal())).distinct().count();
  }

  /** Relinearisations, one for each sum, and rotations, where weights are encrypted. */
  public int keySwitches() {
    int taps = shape.kernelHeight() * shape.kernelWidth();
    int moves = inputs() * (taps - (firstOffset() == 0 ? 1 : 0));
    return sums() + moves + outputs() * (diagonals - 1 + folds());
  }

  /** The most products that one output vector is the sum of. */
  public int productsPerOutput() {
    return Math.ceilDiv(products.size(), outputs());
  }

  /** The most rotations that an input goes through before it is multiplied. */
  public int inputRotations() {
    return shape.kernelHeight() + shape.kernelWidth() - 1;
  }

  /** D: sums of products that one output vector is made of. */
  public int diagonals() {
    return diagonals;
  }

  /** How often an output vector is added to itself, rotated. */
  public int folds() {
    return foldSteps().size();
  }

  /** The rotations that an evaluation takes. */
  public SortedSet<Integer> rotations() {
    SortedSet<Integer> all = new TreeSet<>(foldSteps());
    all.add(Math.floorMod(firstOffset(), rowSize));
    if (shape.kernelWidth() > 1) {
      all.add(shape.dilationWidth() % rowSize);
    }
    if (shape.kernelHeight() > 1) {
      all.add(shape.dilationHeight() * blockWidth % rowSize);
    }
    if (diagonals > 1) {
      all.add(block);
    }
    all.remove(0);
    return all;
  }

  /** From the slot of an output value to the first input value it sees. */
  private int firstOffset() {
    return -shape.padTop() * blockWidth - shape.padLeft();
  }

  private List<Integer> foldSteps() {
    List<Integer> steps = new ArrayList<>();
    for (int s = groups.getFirst().period() / 2; s >= diagonals; s /= 2) {
      steps.add(s * block);
    }
    return steps;
  }

  /** The input tensor in slots, one array of N for each input vector. */
  public long[][] packInput(long[] tensor) {
    long[][] vectors = new long[groups.size()][2 * rowSize];
    for (int g = 0; g < groups.size(); g++) {
      for (int b = 0; b < blocks; b++) {
        int channel = channel(groups.get(g), b);
        if (channel >= 0) {
          copyImage(tensor, channel, vectors[g], b * block);
          copyImage(tensor, channel, vectors[g], rowSize + b * block);
        }
      }
    }
    return vectors;
  }

  private void copyImage(long[] tensor, int channel, long[] vector, int to) {
    for (int h = 0; h < shape.height(); h++) {
      System.arraycopy(
          tensor,
          (channel * shape.height() + h) * shape.width(),
          vector,
          to + h * blockWidth,
          shape.width());
    }
  }

  /**
   * Weight vector {@code index}: at each slot the weight by which the rotated input's value there
   * is to be multiplied.
   *
   * @param weights M·C·k_h·k_w, in this order
   */
  public long[] weightVector(int index, long[] weights) {
    Product product = products.get(index);
    Group group = groups.get(product.group());
    int taps = shape.kernelHeight() * shape.kernelWidth();
    long[] vector = new long[2 * rowSize];
    for (int row = 0; row < 2; row++) {
      for (int b = 0; b < blocks; b++) {
        int channel = channel(group, b);
        int out = outChannel(product.output(), row, b - product.diagonal());
        if (channel >= 0 && out >= 0) {
          long weight = weights[(out * shape.channels() + channel) * taps + product.tap()];
          fillImage(weight, product.tap(), vector, row * rowSize + b * block);
        }
      }
    }
    return vector;
  }

  /** Puts a weight wherever the input value that its tap sees is inside the image. */
  private void fillImage(long weight, int tap, long[] vector, int at) {
    int down = tap / shape.kernelWidth() * shape.dilationHeight() - shape.padTop();
    int right = tap % shape.kernelWidth() * shape.dilationWidth() - shape.padLeft();
    for (int y = 0; y < shape.outHeight(); y++) {
      int h = y * shape.strideHeight() + down;
      for (int x = 0; x < shape.outWidth(); x++) {
        int w = x * shape.strideWidth() + right;
        if (h >= 0 && h < shape.height() && w >= 0 && w < shape.width()) {
          vector[at + slot(y, x)] = weight;
        }
      }
    }
  }

  private int slot(int y, int x) {
    return y * shape.strideHeight() * blockWidth + x * shape.strideWidth();
  }

  /** The output tensor out of the slots of the output vectors. */
  public long[] gatherOutput(long[][] vectors) {
    int period = groups.getFirst().period();
    long[] tensor = new long[shape.outputSize()];
    int next = 0;
    for (int out = 0; out < shape.outChannels(); out++) {
      int inRow = out % rowOutputs;
      int row = out / rowOutputs % 2;
      int b = inRow / diagonals * period + inRow % diagonals;
      long[] vector = vectors[out / (2 * rowOutputs)];
      for (int y = 0; y < shape.outHeight(); y++) {
        for (int x = 0; x < shape.outWidth(); x++) {
          tensor[next++] = vector[row * rowSize + b * block + slot(y, x)];
        }
      }
    }
    return tensor;
  }

  /**
   * The output vectors of the input vectors: the input under each tap by rotations from tap to tap;
   * for each diagonal the sum of its products, moved into place by Horner's rule; at last the
   * blocks that share an output channel are added up.
   */
  public <C> List<C> evaluate(List<C> inputs, Operations<C> operations) {
    List<List<C>> moved = new ArrayList<>();
    for (C input : inputs) {
      moved.add(moved(input, operations));
    }
    List<C> results = new ArrayList<>();
    int next = 0;
    for (int output = 0; output < outputs(); output++) {
      C sum = null;
      for (int d = diagonals - 1; d >= 0; d--) {
        if (sum != null) {
          sum = operations.rotate(sum, block);
        }
        List<Integer> weights = new ArrayList<>();
        List<C> factors = new ArrayList<>();
        while (next < products.size()
            && products.get(next).output() == output
            && products.get(next).diagonal() == d) {
          weights.add(next);
          factors.add(moved.get(products.get(next).group()).get(products.get(next).tap()));
          next++;
        }
        if (!weights.isEmpty()) {
          C product = operations.multiplySum(weights, factors);
          sum = sum == null ? product : operations.add(sum, product);
        }
      }
      if (sum == null) {
        throw new AssertionError("every output vector holds an output channel");
      }
      for (int step : foldSteps()) {
        sum = operations.add(sum, operations.rotate(sum, step));
      }
      results.add(sum);
    }
    return results;
  }

  /** An input, moved so that each tap in turn stands where its output is. */
  private <C> List<C> moved(C input, Operations<C> operations) {
    int first = Math.floorMod(firstOffset(), rowSize);
    C rowStart = first == 0 ? input : operations.rotate(input, first);
    List<C> all = new ArrayList<>();
    for (int i = 0; i < shape.kernelHeight(); i++) {
      if (i > 0) {
        rowStart = rotate(rowStart, shape.dilationHeight() * blockWidth, operations);
      }
      C current = rowStart;
      all.add(current);
      for (int j = 1; j < shape.kernelWidth(); j++) {
        current = rotate(current, shape.dilationWidth(), operations);
        all.add(current);
      }
    }
    return all;
  }

  private <C> C rotate(C vector, int places, Operations<C> operations) {
    return places % rowSize == 0 ? vector : operations.rotate(vector, places % rowSize);
  }
}
