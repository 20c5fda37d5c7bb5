package org.secolab.modelio.fixed;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.secolab.modelio.graph.Convolution;
import org.secolab.modelio.graph.Layer;
import org.secolab.modelio.graph.Model;
import org.secolab.modelio.graph.ModelFormatException;

/**
 * From a float model to a fixed-point one.
 *
 * <p>Scales: inputs and activations have scale f. A branch with a convolution and pools over n_1,
 * n_2, … values ends at scale 2f + k with k = Σ ⌊log2 n_i⌋: the sums are not divided, 2^k is public
 * and joins the next shift, and what remains of the division, Π 2^k_i / n_i (1 for powers of two),
 * is multiplied into the weights before rounding. Branches of smaller scale are shifted left.
 */
public final class Quantiser {
  private final String modelName;
  private final int fractionBits;

  private Quantiser(String modelName, int fractionBits) {
    this.modelName = modelName;
    this.fractionBits = fractionBits;
  }

  /**
   * Quantises a model.
   *
   * @param fractionBits f, 1 to 24; 8 is a good start
   * @param range what every input value may be
   * @throws ModelFormatException if the model has no fixed-point form, or no ring of the menu can
   *     hold it under the policy
   */
  public static QuantisedModel quantise(
      Model model, int fractionBits, InputRange range, RangePolicy policy)
      throws ModelFormatException {
    Quantiser quantiser = new Quantiser(model.name(), fractionBits);
    List<FloatLayer> lowered = Lowering.lower(model);
    List<FixedLayer> layers = new ArrayList<>();
    int scale = fractionBits;
    for (int i = 0; i < lowered.size(); i++) {
      switch (lowered.get(i)) {
        case FloatLayer.Affine affine -> {
          scale = quantiser.scale(affine);
          boolean isShifted = i + 1 < lowered.size();
          layers.add(quantiser.affine(affine, scale, isShifted ? scale - fractionBits : 0));
        }
        case FloatLayer.Activation activation -> {
          layers.add(quantiser.activation(activation, scale - fractionBits));
          scale = fractionBits;
        }
      }
    }
    double[] proven = RangeAnalysis.provenBits(layers, model.inputShape(), range, fractionBits);
    FixedModel widest =
        new FixedModel(
            model.name(),
            Modulus.powerOfTwo(62),
            fractionBits,
            model.inputShape(),
            range,
            layers,
            scale);
    OptionalDouble[] observed = observedBits(widest, policy);
    List<RangeReport.LayerRange> ranges = new ArrayList<>();
    for (int i = 0; i < proven.length; i++) {
      int number = 2 * i + 1;
      String name = widest.layer(number).name();
      ranges.add(new RangeReport.LayerRange(number, name, proven[i], observed[i]));
    }
    Modulus modulus = quantiser.chooseModulus(policy, ranges);
    return new QuantisedModel(
        new FixedModel(
            model.name(), modulus, fractionBits, model.inputShape(), range, layers, scale),
        new RangeReport(modulus, ranges));
  }

  private static OptionalDouble[] observedBits(FixedModel widest, RangePolicy policy) {
    OptionalDouble[] bits = new OptionalDouble[(widest.layers().size() + 1) / 2];
    Arrays.fill(bits, OptionalDouble.empty());
    RangePolicy judge = policy instanceof RangePolicy.Given given ? given.judge() : policy;
    if (judge instanceof RangePolicy.Calibrated calibrated) {
      double[] largest = new double[bits.length];
      for (float[] input : calibrated.inputs()) {
        List<long[]> outputs = FixedPointEngine.runLayers(widest, widest.encodeInput(input));
        for (int i = 0; i < bits.length; i++) {
          for (long residue : outputs.get(2 * i + 1)) {
            largest[i] =
                Math.max(largest[i], (double) Math.abs(widest.modulus().centered(residue)));
          }
        }
      }
      for (int i = 0; i < bits.length; i++) {
        bits[i] = OptionalDouble.of(1 + Math.log(largest[i] + 1) / Math.log(2));
      }
    }
    return bits;
  }

  private Modulus chooseModulus(RangePolicy policy, List<RangeReport.LayerRange> ranges)
      throws ModelFormatException {
    return switch (policy) {
      case RangePolicy.Explicit explicit -> explicit.modulus();
      case RangePolicy.Proven _ -> fromMenu(neededBits(policy, ranges), policy);
      case RangePolicy.Calibrated _ -> fromMenu(neededBits(policy, ranges), policy);
      case RangePolicy.Given(Modulus modulus, RangePolicy judge) -> {
        if (neededBits(judge, ranges) > Math.log((double) modulus.value()) / Math.log(2)) {
          throw tooLarge("modulus " + modulus, neededBits(judge, ranges), judge);
        }
        yield modulus;
      }
    };
  }

  /** The bits that values take, as {@code policy} sees it. */
  private static double neededBits(RangePolicy policy, List<RangeReport.LayerRange> ranges) {
    return switch (policy) {
      case RangePolicy.Proven _ ->
          ranges.stream().mapToDouble(RangeReport.LayerRange::provenBits).max().orElse(0);
      case RangePolicy.Calibrated calibrated ->
          ranges.stream().mapToDouble(range -> range.observedBits().orElse(0)).max().orElse(0)
              + calibrated.marginBits();
      case RangePolicy.Explicit _ -> 0;
      case RangePolicy.Given given -> neededBits(given.judge(), ranges);
    };
  }

  private Modulus fromMenu(double bits, RangePolicy policy) throws ModelFormatException {
    for (int size : RangePolicy.MENU) {
      if (bits <= size) {
        return Modulus.powerOfTwo(size);
      }
    }
    throw tooLarge("ring of at most " + RangePolicy.MENU.getLast() + " bits", bits, policy);
  }

  private ModelFormatException tooLarge(String what, double bits, RangePolicy policy) {
    boolean proven = policy instanceof RangePolicy.Proven;
    return new ModelFormatException(
        modelName,
        String.format(
            Locale.ROOT,
            "expected to fit a %s at %d fraction bits, %s %.1f%s",
            what,
            fractionBits,
            proven ? "interval bounds need" : "observed values and margin need",
            Math.ceil(10 * bits) / 10,
            proven ? "; try a calibrated or an explicit ring" : ""));
  }

  private static int divisionBits(FloatLayer.Branch branch) {
    int bits = 0;
    for (Layer.Linear operation : branch.operations()) {
      bits += operation instanceof Layer.AveragePool pool ? divisionBits(pool) : 0;
    }
    return bits;
  }

  private static int divisionBits(Layer.AveragePool pool) {
    return 31 - Integer.numberOfLeadingZeros(pool.window().kernelSize());
  }

  /** What the sum over a window must still be multiplied with once 2^k is divided out. */
  private static double remainingFactor(Layer.AveragePool pool) {
    return Math.scalb(1.0, divisionBits(pool)) / pool.window().kernelSize();
  }

  private int scale(FloatLayer.Branch branch) {
    boolean multiplies = branch.hasConvolution() || remainingFactor(branch) != 1;
    return fractionBits + (multiplies ? fractionBits : 0) + divisionBits(branch);
  }

  private static double remainingFactor(FloatLayer.Branch branch) {
    double factor = 1;
    for (Layer.Linear operation : branch.operations()) {
      factor *= operation instanceof Layer.AveragePool pool ? remainingFactor(pool) : 1;
    }
    return factor;
  }

  private int scale(FloatLayer.Affine layer) {
    return layer.branches().stream().mapToInt(this::scale).max().orElseThrow();
  }

  /**
   * @param scale of the result
   * @param shift h of the activation that follows, 0 if none does
   */
  private FixedLinear affine(FloatLayer.Affine layer, int scale, int shift)
      throws ModelFormatException {
    List<FixedLinear.Branch> branches = new ArrayList<>();
    long rounding = shift > 0 ? 1L << (shift - 1) : 0;
    // The rounding constant stands in the bias of the first branch that has one. A layer that only
    // adds pools and activations has none and gets a unit convolution for it, unless every value is
    // a multiple of 2^shift anyway.
    boolean needsUnit =
        rounding != 0
            && layer.branches().stream()
                .allMatch(branch -> !branch.hasConvolution() && remainingFactor(branch) == 1)
            && layer.branches().stream().anyMatch(branch -> scale - scale(branch) < shift);
    for (FloatLayer.Branch branch : layer.branches()) {
      int leftShift = scale - scale(branch);
      boolean needsFactor = !branch.hasConvolution() && remainingFactor(branch) != 1;
      FloatLayer.Branch complete =
          needsFactor
              ? branch.append(Convolution.identity(layer.name(), branch.outputShape()))
              : branch;
      boolean takesUnit = needsUnit && branches.isEmpty();
      boolean hasBias = complete.hasConvolution() || takesUnit;
      branches.add(branch(layer.name(), complete, leftShift, hasBias ? rounding : 0, takesUnit));
      rounding = hasBias ? 0 : rounding;
    }
    return new FixedLinear(layer.name(), layer.inputShape(), layer.outputShape(), branches);
  }

  private FixedLinear.Branch branch(
      String layer, FloatLayer.Branch branch, int leftShift, long rounding, boolean withUnit)
      throws ModelFormatException {
    List<FixedOperation> operations = new ArrayList<>();
    double factor = remainingFactor(branch);
    int scale = fractionBits + leftShift;
    // Pools behind the convolution add up its bias, and with it the rounding constant.
    double copies = 1;
    double factorBehind = 1;
    for (Layer.Linear operation : branch.operations().reversed()) {
      if (operation instanceof Convolution) {
        break;
      }
      if (operation instanceof Layer.AveragePool pool) {
        copies *= pool.window().kernelSize();
        factorBehind *= remainingFactor(pool);
      }
    }
    for (Layer.Linear operation : branch.operations()) {
      switch (operation) {
        case Convolution convolution -> {
          scale += fractionBits;
          long[] weights = round(layer, convolution.weights(), factor, fractionBits);
          long[] bias = round(layer, convolution.bias(), factorBehind, scale);
          for (int i = 0; i < bias.length; i++) {
            bias[i] += Math.round(rounding / copies);
          }
          operations.add(
              new FixedConvolution(
                  convolution.inputShape(),
                  convolution.window(),
                  convolution.groups(),
                  weights,
                  bias));
        }
        case Layer.AveragePool pool -> {
          scale += divisionBits(pool);
          operations.add(new FixedSumPool(pool.inputShape(), pool.window()));
        }
        case Layer.Reshape reshape ->
            operations.add(new FixedReshape(reshape.inputShape(), reshape.outputShape()));
        case Layer.Linear other -> throw new AssertionError("not lowered: " + other);
      }
    }
    if (withUnit) {
      Convolution unit = Convolution.identity(layer, branch.outputShape());
      long[] ones = round(layer, unit.weights(), 1, 0);
      long[] bias = new long[ones.length];
      Arrays.fill(bias, rounding);
      operations.add(
          new FixedConvolution(unit.inputShape(), unit.window(), unit.groups(), ones, bias));
    }
    return new FixedLinear.Branch(branch.source(), leftShift, operations);
  }

  private long[] round(String layer, double[] values, double factor, int bits)
      throws ModelFormatException {
    long[] rounded = new long[values.length];
    double limit = Math.scalb(1.0, 60 - bits);
    for (int i = 0; i < values.length; i++) {
      double value = values[i] * factor;
      if (!(Math.abs(value) < limit)) {
        throw new ModelFormatException(
            modelName,
            layer,
            "linear layer",
            "expected parameters below " + limit + " in absolute value, got " + value);
      }
      rounded[i] = FixedModel.round(value, bits);
    }
    return rounded;
  }

  private FixedActivation activation(FloatLayer.Activation activation, int shift) {
    OptionalLong clip =
        activation.clipMaximum().isPresent()
            ? OptionalLong.of(
                FixedModel.round(activation.clipMaximum().getAsDouble(), fractionBits))
            : OptionalLong.empty();
    return new FixedActivation(
        activation.name(),
        activation.inputShape(),
        activation.relu(),
        shift,
        clip,
        activation.window());
  }
}
