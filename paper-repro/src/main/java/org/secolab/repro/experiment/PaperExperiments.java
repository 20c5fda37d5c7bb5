package org.secolab.repro.experiment;

import java.util.ArrayList;
import java.util.List;

/** The paper's tables and figures. */
public final class PaperExperiments {
  /** In the paper's order, then what it could not measure. */
  static final List<Experiment> ALL =
      List.of(
          new ServersOnly(),
          new SetupCost(false),
          new SetupCost(true),
          new UserCost(false),
          new UserCost(true),
          new GatewayEvaluates(),
          new UserTraffic(),
          new Architectures("table6", "Table VI: MiniONN", "mnist-minionn"),
          new Architectures("table7", "Table VII: LeNet", "mnist-lenet"),
          new Extrapolation());

  /** Layers of ResNet32 that the paper counts; ours has one more, its fully connected end. */
  static final int COUNTED_LAYERS = 62;

  private static final int ALL_LAYERS = 63;

  private static final List<Integer> SMALL_SPLITS = List.of(2, 10, 22, 42, 58);
  private static final List<Integer> FULL_SPLITS = List.of(2, 22, 42, 58);

  private PaperExperiments() {}

  static String resNet(Scale scale) {
    return switch (scale) {
      case SMALL -> Networks.RESNET32_SMALL;
      case FULL -> Networks.RESNET32;
    };
  }

  static List<Integer> splits(Scale scale) {
    return switch (scale) {
      case SMALL -> SMALL_SPLITS;
      case FULL -> FULL_SPLITS;
    };
  }

  /** All layers between user and gateway: what every protocol then is. */
  static Point delphi(String model) {
    return Point.of("delphi", model, ALL_LAYERS, 2);
  }

  /** Every protocol at every split. */
  static List<Point> atSplits(Scale scale, List<String> protocols) {
    List<Point> points = new ArrayList<>();
    for (String protocol : protocols) {
      for (int split : splits(scale)) {
        points.add(Point.of(protocol, resNet(scale), split, 2));
      }
    }
    return points;
  }

  /**
   * The protocol that user-side claims are judged by: over the same ring as ours of Delphi, so that
   * their ratio is one of protocols, not of moduli.
   */
  static final String JUDGED = "seco";

  /** As printed, where it is there. */
  static String asPrinted() {
    return Plans.offered("seco-paper", "seco").getFirst();
  }

  /** What a reader must know before comparing times with the paper's. */
  static String smallNotice(Scale scale) {
    return switch (scale) {
      case SMALL ->
          "Small scale: times are of "
              + Networks.RESNET32_SMALL
              + ", the same 62 layers with a sixty-fourth of the ReLUs; only their shape over the"
              + " split can be set beside the paper's. Bytes are of the full ResNet32.";
      case FULL -> "Full scale: the paper's ResNet32 with random weights.";
    };
  }
}
