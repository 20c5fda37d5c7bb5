package org.secolab.repro.experiment;

import java.lang.ref.SoftReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.secolab.foundation.random.RandomSource;
import org.secolab.foundation.random.SeededRandom;
import org.secolab.modelio.bundled.BundledModels;
import org.secolab.modelio.fixed.FixedModel;
import org.secolab.modelio.fixed.InputRange;
import org.secolab.modelio.fixed.Quantiser;
import org.secolab.modelio.fixed.RangePolicy;
import org.secolab.modelio.graph.Convolution;
import org.secolab.modelio.graph.Layer;
import org.secolab.modelio.graph.Model;
import org.secolab.modelio.graph.ModelFormatException;
import org.secolab.modelio.graph.Shape;
import org.secolab.modelio.graph.Window;
import org.secolab.modelio.onnx.OnnxReader;
import org.secolab.protocol.inference.InferenceProtocol;

/**
 * Models by name: the bundled ones, ONNX files, and well-known architectures whose weights are
 * drawn from a fixed seed (what an inference costs does not depend on them).
 */
public final class Networks {
  /** Delphi's and the paper's ResNet32: 31 convolutions, no shortcuts, 100 classes. */
  public static final String RESNET32 = "resnet32";

  /** The same 62 layers on 8×8 images with 4, 8 and 16 channels and 10 classes. */
  public static final String RESNET32_SMALL = "resnet32-small";

  /** VGG-16 for 32×32 images, max pools, three fully connected layers of 512, 512, 10. */
  public static final String VGG16 = "vgg16";

  /** ResNet-50 for 224×224 images with shortcuts, batch-norm folded, 1000 classes. */
  public static final String RESNET50 = "resnet50";

  private static final List<String> GENERATED = List.of(RESNET32, RESNET32_SMALL, VGG16, RESNET50);

  private static final int DEEP_RING_BITS = 28;

  /** What decides about the numbers of a fixed-point model. */
  private record Wish(String model, int fractionBits, RangePolicy policy) {}

  // Quantising a deep net takes up to a minute, and these never change. Kept while there is room.
  private static final Map<Wish, SoftReference<FixedModel>> QUANTISED = new HashMap<>();

  private Networks() {}

  /**
   * ℓ where nothing can be proven: interval bounds of deep nets explode, so the ring is given; 0
   * for all others.
   */
  static int usualRingBits(String model) {
    return GENERATED.contains(model) ? DEEP_RING_BITS : 0;
  }

  /**
   * The float model.
   *
   * @throws ModelFormatException if there is no such name and no such file
   */
  public static Model open(String name) throws ModelFormatException {
    return switch (name) {
      case RESNET32 -> sequentialResNet(name, 16, 32, 100);
      case RESNET32_SMALL -> sequentialResNet(name, 4, 8, 10);
      case VGG16 -> vgg16(name);
      case RESNET50 -> resNet50(name);
      default ->
          !Files.exists(Path.of(name)) && BundledModels.names().contains(name)
              ? BundledModels.open(name)
              : OnnxReader.read(Path.of(name));
    };
  }

  /**
   * The fixed-point model of a point.
   *
   * @throws ModelFormatException if there is none
   */
  public static FixedModel fixed(Point point) throws ModelFormatException {
    RangePolicy policy =
        InferenceProtocol.named(point.protocol())
            .requiredModulus()
            .<RangePolicy>map(RangePolicy.Explicit::new)
            .orElseGet(
                () ->
                    point.ringBits() == 0
                        ? new RangePolicy.Proven()
                        : new RangePolicy.Explicit(point.ringBits()));
    return fixed(new Wish(point.model(), point.fractionBits(), policy));
  }

  private static synchronized FixedModel fixed(Wish wish) throws ModelFormatException {
    SoftReference<FixedModel> known = QUANTISED.get(wish);
    FixedModel model = known == null ? null : known.get();
    if (model == null) {
      model =
          Quantiser.quantise(
                  open(wish.model()), wish.fractionBits(), InputRange.UNIT, wish.policy())
              .model();
      if (GENERATED.contains(wish.model())) {
        QUANTISED.put(wish, new SoftReference<>(model));
      }
    }
    return model;
  }

  private static Model sequentialResNet(String name, int width, int size, int classes) {
    Builder net = new Builder(name, new Shape(3, size, size));
    for (int group = 0; group < 3; group++) {
      int blocks = group == 0 ? 11 : 10;
      for (int i = 0; i < blocks; i++) {
        net.convolution(width << group, 3, group > 0 && i == 0 ? 2 : 1).relu();
      }
    }
    return net.globalAverage().convolution(classes, 1, 1).build();
  }

  private static Model vgg16(String name) {
    Builder net = new Builder(name, new Shape(3, 32, 32));
    int[][] groups = {{64, 2}, {128, 2}, {256, 3}, {512, 3}, {512, 3}};
    for (int[] group : groups) {
      for (int i = 0; i < group[1]; i++) {
        net.convolution(group[0], 3, 1).relu();
      }
      net.maxPool(2, 2);
    }
    net.convolution(512, 1, 1).relu().convolution(512, 1, 1).relu();
    return net.convolution(10, 1, 1).build();
  }

  private static Model resNet50(String name) {
    Builder net = new Builder(name, new Shape(3, 224, 224));
    net.convolution(64, 7, 2).relu().maxPool(3, 2);
    int[] blocks = {3, 4, 6, 3};
    for (int group = 0; group < blocks.length; group++) {
      int width = 64 << group;
      for (int i = 0; i < blocks[group]; i++) {
        int stride = group > 0 && i == 0 ? 2 : 1;
        int start = net.last();
        net.convolution(width, 1, 1).relu().convolution(width, 3, stride).relu();
        int straight = net.convolution(4 * width, 1, 1).last();
        int shortcut = i == 0 ? net.from(start).convolution(4 * width, 1, stride).last() : start;
        net.sum(straight, shortcut).relu();
      }
    }
    return net.globalAverage().convolution(1000, 1, 1).build();
  }

  /** Appends layers one by one; kernels are square, padded so that stride 1 keeps the size. */
  private static final class Builder {
    private final String name;
    private final Shape input;
    private final List<Model.Node> nodes = new ArrayList<>();
    private final RandomSource random;
    private int last;

    Builder(String name, Shape input) {
      this.name = name;
      this.input = input;
      random = SeededRandom.ofInsecureNumber(1).fork(name);
    }

    int last() {
      return last;
    }

    /** What follows reads the value {@code value}. */
    Builder from(int value) {
      last = value;
      return this;
    }

    private Shape shape() {
      return last == 0 ? input : nodes.get(last - 1).layer().outputShape();
    }

    private String next(String kind) {
      return kind + (nodes.size() + 1);
    }

    private Builder add(Layer layer, List<Integer> inputs) {
      nodes.add(new Model.Node(layer, inputs));
      last = nodes.size();
      return this;
    }

    /** Weights uniform with the variance 2/fan-in, so that activations keep their size. */
    Builder convolution(int channels, int kernel, int stride) {
      Shape from = shape();
      int fanIn = from.channels() * kernel * kernel;
      double[] weights = uniform(channels * fanIn, Math.sqrt(6.0 / fanIn));
      Window window = padded(kernel, stride);
      double[] bias = uniform(channels, 0.05);
      return add(new Convolution(next("conv"), from, window, 1, weights, bias), List.of(last));
    }

    private static Window padded(int kernel, int stride) {
      int before = (kernel - 1) / 2;
      int after = kernel / 2;
      return Window.of(kernel, kernel, stride, stride).withPadding(before, before, after, after);
    }

    Builder relu() {
      return add(new Layer.Relu(next("relu"), shape()), List.of(last));
    }

    Builder maxPool(int kernel, int stride) {
      Window window = kernel == 3 ? padded(3, stride) : Window.of(kernel, kernel, stride, stride);
      return add(new Layer.MaxPool(next("maxpool"), shape(), window), List.of(last));
    }

    Builder globalAverage() {
      Shape from = shape();
      Window window = Window.of(from.height(), from.width(), 1, 1);
      return add(new Layer.AveragePool(next("average"), from, window, true), List.of(last));
    }

    Builder sum(int a, int b) {
      Shape shape = nodes.get(a - 1).layer().outputShape();
      return add(new Layer.Sum(next("sum"), shape), List.of(a, b));
    }

    Model build() {
      return new Model(name, input, nodes, List.of());
    }

    private double[] uniform(int count, double bound) {
      long[] words = new long[count];
      random.fill(words);
      double[] numbers = new double[count];
      for (int i = 0; i < count; i++) {
        numbers[i] = (words[i] >> 11) * 0x1p-52 * bound;
      }
      return numbers;
    }
  }
}
