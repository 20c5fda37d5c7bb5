package org.secolab.modelio.fixed;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.secolab.modelio.graph.Shape;
import org.secolab.modelio.graph.Window;

/** Small random fixed-point networks over full-size residues. */
final class RandomModels {
  private RandomModels() {}

  static final List<Modulus> MODULI =
      List.of(
          Modulus.powerOfTwo(2),
          Modulus.powerOfTwo(8),
          Modulus.powerOfTwo(28),
          Modulus.powerOfTwo(48),
          Modulus.powerOfTwo(62),
          Modulus.prime(3),
          Modulus.prime(65537),
          Modulus.prime(2061584302081L));

  /** Any window that fits the shape. */
  static Arbitrary<Window> windows(Shape shape) {
    Arbitrary<Integer> pad = Arbitraries.integers().between(0, 2);
    Arbitrary<Integer> stride = Arbitraries.integers().between(1, 3);
    Arbitrary<Integer> dilation = Arbitraries.integers().between(1, 2);
    return Combinators.combine(
            Arbitraries.integers().between(1, 4),
            Arbitraries.integers().between(1, 4),
            stride.tuple2(),
            pad.tuple4(),
            dilation.tuple2())
        .as(
            (kh, kw, s, p, d) ->
                new Window(
                    kh, kw, s.get1(), s.get2(), p.get1(), p.get2(), p.get3(), p.get4(), d.get1(),
                    d.get2()))
        .filter(w -> fits(w, shape));
  }

  private static boolean fits(Window w, Shape shape) {
    return (w.kernelHeight() - 1) * w.dilationHeight() + 1
            <= shape.height() + w.padTop() + w.padBottom()
        && (w.kernelWidth() - 1) * w.dilationWidth() + 1
            <= shape.width() + w.padLeft() + w.padRight();
  }

  static Arbitrary<Shape> shapes() {
    Arbitrary<Integer> extents = Arbitraries.integers().between(1, 6);
    return Combinators.combine(Arbitraries.of(1, 2, 3, 4, 6), extents, extents).as(Shape::new);
  }

  /** Weights are any longs: shares as well as small signed numbers. */
  static Arbitrary<FixedConvolution> convolutions(Shape in) {
    List<Integer> groups =
        java.util.stream.IntStream.rangeClosed(1, in.channels())
            .filter(g -> in.channels() % g == 0)
            .boxed()
            .toList();
    return Combinators.combine(
            windows(in), Arbitraries.of(groups), Arbitraries.integers().between(1, 3))
        .flatAs(
            (window, group, perGroup) -> {
              int outputs = group * perGroup;
              int size = outputs * (in.channels() / group) * window.kernelSize();
              return Combinators.combine(residues(size), residues(outputs))
                  .as((w, b) -> new FixedConvolution(in, window, group, w, b));
            });
  }

  static Arbitrary<long[]> residues(int size) {
    return Arbitraries.longs().array(long[].class).ofSize(size);
  }

  static Arbitrary<FixedActivation> activations(Shape in) {
    Arbitrary<Optional<Window>> window =
        windows(in)
            .filter(RandomModels::reachesTheImageEverywhere)
            .map(Optional::of)
            .injectNull(0.5)
            .map(w -> w == null ? Optional.<Window>empty() : w);
    Arbitrary<OptionalLong> clip =
        Arbitraries.longs()
            .between(0, 1 << 20)
            .map(OptionalLong::of)
            .injectNull(0.5)
            .map(c -> c == null ? OptionalLong.empty() : c);
    return Combinators.combine(
            Arbitraries.of(true, false), Arbitraries.integers().between(0, 30), clip, window)
        .as((relu, shift, c, w) -> new FixedActivation("a", in, relu, shift, c, w));
  }

  private static boolean reachesTheImageEverywhere(Window w) {
    return Math.max(w.padTop(), w.padBottom()) <= (w.kernelHeight() - 1) * w.dilationHeight()
        && Math.max(w.padLeft(), w.padRight()) <= (w.kernelWidth() - 1) * w.dilationWidth();
  }

  /** conv – activation – (conv, or a sum of two branches) – activation – fully connected. */
  static Arbitrary<FixedModel> models() {
    return Combinators.combine(Arbitraries.of(MODULI), shapes())
        .flatAs(
            (modulus, in) ->
                convolutions(in)
                    .flatMap(
                        first ->
                            activations(first.outputShape())
                                .flatMap(second -> rest(modulus, in, first, second))));
  }

  private static Arbitrary<FixedModel> rest(
      Modulus modulus, Shape in, FixedConvolution first, FixedActivation second) {
    Shape middle = second.outputShape();
    return Combinators.combine(
            Arbitraries.integers().between(0, 5),
            Arbitraries.of(true, false),
            Arbitraries.integers().between(1, 3))
        .flatAs(
            (leftShift, isResidual, outputs) ->
                Combinators.combine(
                        residues(middle.size() * outputs),
                        residues(outputs),
                        residues(middle.channels() * middle.channels()),
                        residues(middle.channels()))
                    .as(
                        (matrix, bias, point, pointBias) -> {
                          FixedConvolution pointwise =
                              new FixedConvolution(middle, Window.POINT, 1, point, pointBias);
                          List<FixedLinear.Branch> branches = new ArrayList<>();
                          branches.add(new FixedLinear.Branch(2, 0, List.of(pointwise)));
                          if (isResidual) {
                            branches.add(new FixedLinear.Branch(2, leftShift, List.of()));
                          }
                          FixedReshape flat = new FixedReshape(middle, Shape.vector(middle.size()));
                          FixedConvolution last =
                              FixedConvolution.fullyConnected(middle.size(), matrix, bias);
                          List<FixedLayer> layers =
                              List.of(
                                  linear(
                                      "1",
                                      in,
                                      List.of(new FixedLinear.Branch(0, 0, List.of(first)))),
                                  second,
                                  linear("3", middle, branches),
                                  FixedActivation.relu("4", middle, 8),
                                  linear(
                                      "5",
                                      middle,
                                      List.of(new FixedLinear.Branch(4, 0, List.of(flat, last)))));
                          return new FixedModel(
                              "random", modulus, 8, in, InputRange.UNIT, layers, 16);
                        }));
  }

  private static FixedLinear linear(String name, Shape in, List<FixedLinear.Branch> branches) {
    Shape out = branches.getFirst().operations().getLast().outputShape();
    return new FixedLinear(name, in, out, branches);
  }

  /** Residues of a seeded sequence. */
  static long[] input(FixedModel model, long seed) {
    long[] state = {seed};
    return LongStream.generate(
            () -> state[0] = state[0] * 6364136223846793005L + 1442695040888963407L)
        .limit(model.inputShape().size())
        .map(x -> model.modulus().reduce(x ^ x >>> 29))
        .toArray();
  }
}
