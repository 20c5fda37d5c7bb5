package org.secolab.repro.claim;

import java.util.List;

/**
 * Figures as the paper prints them (Chen and Khisti, arXiv:2404.16232v1), and those that others
 * measured of its baseline. Facts to set beside ours; nothing here is ever taken for a result.
 */
public final class PaperFigures {
  private PaperFigures() {}

  /**
   * A row of Table II: everything on the remote servers.
   *
   * @param model bundled name of the model
   * @param system who was measured
   * @param seconds from the user's message to the result
   * @param megabytes between the servers
   */
  public record Table2Row(String model, String system, double seconds, double megabytes) {}

  /** Table II. */
  public static final List<Table2Row> TABLE_2 =
      List.of(
          new Table2Row("mnist-minionn", "SecureNN", 183.493, 177.264),
          new Table2Row("mnist-minionn", "Falcon", 8.426, 1.097),
          new Table2Row("mnist-minionn", "SECO", 4.776, 50.479),
          new Table2Row("mnist-lenet", "Falcon", 9.303, 1.611),
          new Table2Row("mnist-lenet", "SECO", 4.862, 58.888));

  /** User communication in multiples of SECO's, Fig. 7. */
  public static final double FIGURE_7_FALCON = 6;

  /** User communication in multiples of SECO's, Fig. 7. */
  public static final double FIGURE_7_SECURENN = 2;

  /**
   * A column of Tables IV and V: the setup phase on ResNet32.
   *
   * @param remoteLayers k, of 62
   * @param seconds Table IV
   * @param gigabytes Table V
   */
  public record SetupColumn(int remoteLayers, double seconds, double gigabytes) {}

  /** Tables IV and V. */
  public static final List<SetupColumn> TABLES_4_AND_5 =
      List.of(
          new SetupColumn(60, 290.202, 21.609),
          new SetupColumn(56, 271.366, 19.920),
          new SetupColumn(52, 250.965, 18.230),
          new SetupColumn(48, 233.168, 16.541),
          new SetupColumn(44, 215.994, 14.851),
          new SetupColumn(40, 192.566, 13.161),
          new SetupColumn(36, 175.395, 11.747),
          new SetupColumn(32, 162.568, 10.621),
          new SetupColumn(28, 148.177, 9.495),
          new SetupColumn(24, 136.214, 8.368),
          new SetupColumn(20, 117.166, 7.242),
          new SetupColumn(16, 91.340, 5.822),
          new SetupColumn(12, 68.487, 4.404),
          new SetupColumn(8, 41.719, 2.985),
          new SetupColumn(4, 16.042, 1.567));

  /**
   * The user's communication at a split, Fig. 5: not printed as numbers, but derived from what
   * others measured of Delphi.
   *
   * @param split layers on the gateway
   * @param onlineMegabytes sent and received
   * @param offlineMegabytes sent and received
   */
  public record UserColumn(int split, double onlineMegabytes, double offlineMegabytes) {}

  /** Fig. 5, derived. */
  public static final List<UserColumn> FIGURE_5_DERIVED =
      List.of(
          new UserColumn(2, 19.6, 361),
          new UserColumn(6, 58.7, 1008),
          new UserColumn(10, 97.8, 1654),
          new UserColumn(14, 136.9, 2301),
          new UserColumn(18, 175.9, 2947),
          new UserColumn(22, 215.0, 3593),
          new UserColumn(26, 234.6, 3918),
          new UserColumn(30, 254.1, 4241),
          new UserColumn(34, 273.7, 4565),
          new UserColumn(38, 293.2, 4888),
          new UserColumn(42, 312.8, 5211),
          new UserColumn(46, 322.5, 5379),
          new UserColumn(50, 332.3, 5545),
          new UserColumn(54, 342.1, 5712),
          new UserColumn(58, 351.9, 5879));

  /** Parameters of MiniONN in the paper's text; Table VI contradicts it. */
  public static final long MINIONN_PARAMETERS_PRINTED = 10_500;

  /** What Table VI's rows add up to, without biases: 400 + 6,400 + 25,600 + 1,000. */
  public static final long TABLE_6_WEIGHTS = 33_400;

  /** The same with biases. */
  public static final long TABLE_6_PARAMETERS = 33_542;

  /** What Table VII's rows add up to, with biases. */
  public static final long TABLE_7_PARAMETERS = 431_080;

  /**
   * Output shapes of Table VI or VII, linear and activation layers in turn, an average pool joined
   * to the layer before it; {@code channels × height × width}.
   *
   * @param number {@code table6} or {@code table7}
   */
  public static List<String> architecture(String number) {
    return switch (number) {
      case "table6" ->
          List.of("16×12×12", "16×12×12", "16×4×4", "16×4×4", "100×1×1", "100×1×1", "10×1×1");
      case "table7" ->
          List.of("20×12×12", "20×12×12", "50×4×4", "50×4×4", "500×1×1", "500×1×1", "10×1×1");
      default -> throw new IllegalArgumentException("expected table6 or table7, got " + number);
    };
  }

  /** ReLUs of the ResNet32 of Delphi and SECO. */
  public static final int RESNET32_RELUS = 303_104;

  /** Delphi on that ResNet32: bytes of garbled circuits for each ReLU (kvgarimella/cryptonite). */
  public static final double DELPHI_GARBLED_BYTES_PER_RELU = 15_896;

  /** Delphi on that ResNet32, user side, all layers: MB online (same source). */
  public static final double DELPHI_ONLINE_MEGABYTES = 361.6;

  /** Delphi on that ResNet32, user side, all layers: MB offline (same source). */
  public static final double DELPHI_OFFLINE_MEGABYTES = 6041.8;
}
