package org.secolab.protocol.deploy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.IntPredicate;
import org.secolab.foundation.wire.MalformedMessageException;
import org.secolab.foundation.wire.WireReader;
import org.secolab.foundation.wire.WireWriter;
import org.secolab.modelio.fixed.FixedActivation;
import org.secolab.modelio.fixed.FixedArgmax;
import org.secolab.modelio.fixed.FixedConvolution;
import org.secolab.modelio.fixed.FixedFormat;
import org.secolab.modelio.fixed.FixedLayer;
import org.secolab.modelio.fixed.FixedLinear;
import org.secolab.modelio.fixed.FixedModel;
import org.secolab.modelio.fixed.FixedOperation;
import org.secolab.modelio.fixed.FixedReshape;
import org.secolab.modelio.fixed.FixedSumPool;
import org.secolab.modelio.fixed.InputRange;
import org.secolab.modelio.fixed.Modulus;
import org.secolab.modelio.graph.Shape;
import org.secolab.modelio.graph.Window;

/**
 * A fixed-point model as bytes: shapes of all layers, and the numbers of some. Numbers are
 * residues, as many bits each as the modulus needs; numbers left out are read as zeros.
 *
 * <p>Reading checks lengths before it allocates; values that do not fit each other are refused with
 * an {@link IllegalArgumentException} by the types they would make.
 */
public final class ModelFormat {
  /** No convolution may have more weights than this. */
  private static final long MAXIMUM_WEIGHTS = 1L << 27;

  private static final int LINEAR = 0;
  private static final int ACTIVATION = 1;
  private static final int ARGMAX = 2;

  private static final int CONVOLUTION = 0;
  private static final int SUM_POOL = 1;
  private static final int RESHAPE = 2;

  private ModelFormat() {}

  /** The whole model, every number included. */
  public static byte[] bytes(FixedModel model) {
    WireWriter out = new WireWriter(1 << 16);
    write(out, model, _ -> true);
    return out.toByteArray();
  }

  /**
   * What {@link #bytes} made.
   *
   * @throws MalformedMessageException if it is something else, or more
   */
  public static FixedModel read(byte[] bytes) throws MalformedMessageException {
    WireReader in = new WireReader(bytes);
    FixedModel model = read(in);
    in.end();
    return model;
  }

  /**
   * Appends a model.
   *
   * @param numbers whether the numbers of a layer are to be written
   */
  static void write(WireWriter out, FixedModel model, IntPredicate numbers) {
    out.text(model.name());
    write(out, model.format());
    write(out, model.layers(), model.modulus(), numbers);
  }

  /** Reads a model. */
  static FixedModel read(WireReader in) throws MalformedMessageException {
    String name = in.text();
    FixedFormat format = readFormat(in);
    List<FixedLayer> layers = readLayers(in, format.modulus());
    return new FixedModel(
        name,
        format.modulus(),
        format.fractionBits(),
        format.inputShape(),
        format.inputRange(),
        layers,
        format.outputScaleBits());
  }

  static void write(WireWriter out, FixedFormat format) {
    out.i64(format.modulus().value()).u8(format.fractionBits());
    write(out, format.inputShape());
    out.i64(Double.doubleToLongBits(format.inputRange().low()));
    out.i64(Double.doubleToLongBits(format.inputRange().high()));
    out.u8(format.outputScaleBits()).u8(format.revealsLabel() ? 1 : 0);
  }

  static FixedFormat readFormat(WireReader in) throws MalformedMessageException {
    long t = in.i64();
    Modulus modulus =
        Long.bitCount(t) == 1
            ? Modulus.powerOfTwo(Long.numberOfTrailingZeros(t))
            : Modulus.prime(t);
    int fractionBits = in.u8();
    Shape shape = readShape(in);
    InputRange range =
        new InputRange(Double.longBitsToDouble(in.i64()), Double.longBitsToDouble(in.i64()));
    return new FixedFormat(modulus, fractionBits, shape, range, in.u8(), flag(in));
  }

  /** Appends consecutive layers from layer 1 on. */
  static void write(
      WireWriter out, List<FixedLayer> layers, Modulus modulus, IntPredicate numbers) {
    out.i32(layers.size());
    for (int i = 0; i < layers.size(); i++) {
      switch (layers.get(i)) {
        case FixedLinear linear -> {
          out.u8(LINEAR);
          write(out, linear, modulus, numbers.test(i + 1));
        }
        case FixedActivation activation -> {
          out.u8(ACTIVATION);
          write(out, activation);
        }
        case FixedArgmax argmax -> {
          out.u8(ARGMAX).text(argmax.name());
          write(out, argmax.inputShape());
        }
      }
    }
  }

  static List<FixedLayer> readLayers(WireReader in, Modulus modulus)
      throws MalformedMessageException {
    int count = in.count(1);
    List<FixedLayer> layers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int kind = in.u8();
      layers.add(
          switch (kind) {
            case LINEAR -> readLinear(in, modulus);
            case ACTIVATION -> readActivation(in);
            case ARGMAX -> new FixedArgmax(in.text(), readShape(in));
            default -> throw new MalformedMessageException("expected a layer, got kind " + kind);
          });
    }
    return layers;
  }

  private static void write(WireWriter out, FixedLinear linear, Modulus modulus, boolean numbers) {
    out.text(linear.name());
    write(out, linear.inputShape());
    write(out, linear.outputShape());
    out.i32(linear.branches().size());
    for (FixedLinear.Branch branch : linear.branches()) {
      out.i32(branch.source()).u8(branch.leftShift()).i32(branch.operations().size());
      for (FixedOperation operation : branch.operations()) {
        switch (operation) {
          case FixedConvolution convolution -> {
            out.u8(CONVOLUTION);
            write(out, convolution, modulus, numbers);
          }
          case FixedSumPool pool -> {
            out.u8(SUM_POOL);
            write(out, pool.inputShape());
            write(out, pool.window());
          }
          case FixedReshape reshape -> {
            out.u8(RESHAPE);
            write(out, reshape.inputShape());
            write(out, reshape.outputShape());
          }
        }
      }
    }
  }

  private static FixedLinear readLinear(WireReader in, Modulus modulus)
      throws MalformedMessageException {
    String name = in.text();
    Shape inputShape = readShape(in);
    Shape outputShape = readShape(in);
    int branchCount = in.count(1);
    List<FixedLinear.Branch> branches = new ArrayList<>();
    for (int b = 0; b < branchCount; b++) {
      int source = in.i32();
      int leftShift = in.u8();
      int operationCount = in.count(1);
      List<FixedOperation> operations = new ArrayList<>();
      for (int i = 0; i < operationCount; i++) {
        int kind = in.u8();
        operations.add(
            switch (kind) {
              case CONVOLUTION -> readConvolution(in, modulus);
              case SUM_POOL -> new FixedSumPool(readShape(in), readWindow(in));
              case RESHAPE -> new FixedReshape(readShape(in), readShape(in));
              default ->
                  throw new MalformedMessageException("expected an operation, got kind " + kind);
            });
      }
      branches.add(new FixedLinear.Branch(source, leftShift, operations));
    }
    return new FixedLinear(name, inputShape, outputShape, branches);
  }

  private static void write(
      WireWriter out, FixedConvolution convolution, Modulus modulus, boolean numbers) {
    write(out, convolution.inputShape());
    write(out, convolution.window());
    out.i32(convolution.groups()).i32(convolution.outputChannels()).u8(numbers ? 1 : 0);
    if (numbers) {
      writeResidues(out, convolution.weights(), modulus);
      writeResidues(out, convolution.bias(), modulus);
    }
  }

  private static void writeResidues(WireWriter out, long[] values, Modulus modulus) {
    long[] residues = new long[values.length];
    for (int i = 0; i < values.length; i++) {
      residues[i] = modulus.reduce(values[i]);
    }
    out.packed(residues, 0, residues.length, modulus.bits());
  }

  private static FixedConvolution readConvolution(WireReader in, Modulus modulus)
      throws MalformedMessageException {
    Shape inputShape = readShape(in);
    Window window = readWindow(in);
    int groups = in.i32();
    int outputChannels = in.i32();
    boolean numbers = flag(in);
    if (groups < 1 || outputChannels < 1 || outputChannels > Shape.MAXIMUM_SIZE) {
      throw new MalformedMessageException(
          "expected groups and channels, got " + groups + " and " + outputChannels);
    }
    long perOutput = (long) (inputShape.channels() / groups) * window.kernelSize();
    if (perOutput > MAXIMUM_WEIGHTS || perOutput * outputChannels > MAXIMUM_WEIGHTS) {
      throw new MalformedMessageException("expected at most " + MAXIMUM_WEIGHTS + " weights");
    }
    int weights = (int) perOutput * outputChannels;
    return new FixedConvolution(
        inputShape,
        window,
        groups,
        numbers ? readResidues(in, weights, modulus) : new long[weights],
        numbers ? readResidues(in, outputChannels, modulus) : new long[outputChannels]);
  }

  private static long[] readResidues(WireReader in, int count, Modulus modulus)
      throws MalformedMessageException {
    long[] values = in.packed(count, modulus.bits());
    for (long value : values) {
      if (value >= modulus.value()) {
        throw new MalformedMessageException("expected residues modulo " + modulus);
      }
    }
    return values;
  }

  private static void write(WireWriter out, FixedActivation activation) {
    out.text(activation.name());
    write(out, activation.inputShape());
    out.u8(activation.relu() ? 1 : 0).u8(activation.shift());
    out.u8(activation.clipMaximum().isPresent() ? 1 : 0);
    activation.clipMaximum().ifPresent(out::i64);
    out.u8(activation.window().isPresent() ? 1 : 0);
    activation.window().ifPresent(window -> write(out, window));
  }

  private static FixedActivation readActivation(WireReader in) throws MalformedMessageException {
    String name = in.text();
    Shape shape = readShape(in);
    boolean relu = flag(in);
    int shift = in.u8();
    OptionalLong clip = flag(in) ? OptionalLong.of(in.i64()) : OptionalLong.empty();
    Optional<Window> window = flag(in) ? Optional.of(readWindow(in)) : Optional.empty();
    return new FixedActivation(name, shape, relu, shift, clip, window);
  }

  private static void write(WireWriter out, Shape shape) {
    out.i32(shape.channels()).i32(shape.height()).i32(shape.width());
  }

  private static Shape readShape(WireReader in) throws MalformedMessageException {
    return new Shape(in.i32(), in.i32(), in.i32());
  }

  private static void write(WireWriter out, Window window) {
    out.i32(window.kernelHeight()).i32(window.kernelWidth());
    out.i32(window.strideHeight()).i32(window.strideWidth());
    out.i32(window.padTop()).i32(window.padLeft());
    out.i32(window.padBottom()).i32(window.padRight());
    out.i32(window.dilationHeight()).i32(window.dilationWidth());
  }

  private static Window readWindow(WireReader in) throws MalformedMessageException {
    return new Window(
        in.i32(), in.i32(), in.i32(), in.i32(), in.i32(), in.i32(), in.i32(), in.i32(), in.i32(),
        in.i32());
  }

  static boolean flag(WireReader in) throws MalformedMessageException {
    int value = in.u8();
    if (value > 1) {
      throw new MalformedMessageException("expected 0 or 1, got " + value);
    }
    return value == 1;
  }
}
