package org.secolab.repro.claim;

import java.util.List;

/** The paper's headlines. Values and tolerances stand here and nowhere else, before any run. */
public final class PaperClaims {
  /** Half of a printed saving still counts: other machines, other network, other code. */
  private static final double LOOSE = 0.5;

  /** Bytes do not depend on the machine. */
  private static final double BYTES = 0.25;

  private static final String HEADLINE =
      "abstract and Fig. 4, 5: ResNet32, 2 layers on the gateway";

  public static final PaperClaim USER_PARTICIPATION =
      saving(
          "user-participation", "the user takes part up to 9.9 times shorter online", 9.9, LOOSE);

  public static final PaperClaim USER_WAITING =
      saving("user-waiting", "the user waits up to 2.6 times shorter for the result", 2.6, LOOSE);

  public static final PaperClaim USER_PREPROCESSING =
      saving("user-preprocessing", "the user preprocesses up to 11 times shorter", 11, LOOSE);

  public static final PaperClaim USER_ONLINE_BYTES =
      saving(
          "user-online-bytes", "the user communicates up to 18.5 times less online", 18.5, BYTES);

  public static final PaperClaim USER_PREPROCESSING_BYTES =
      saving(
          "user-preprocessing-bytes",
          "the user communicates up to 16.6 times less in preprocessing",
          16.6,
          BYTES);

  /** 46.0 for MiniONN and 36.6 for LeNet by the table itself; the text says 36 to 48. */
  public static final PaperClaim SERVER_BYTES_MINIONN =
      cost("server-bytes-minionn", "the servers communicate 46 times as much as Falcon's", 46);

  public static final PaperClaim SERVER_BYTES_LENET =
      cost("server-bytes-lenet", "the servers communicate 36.6 times as much as Falcon's", 36.6);

  public static final PaperClaim USER_MEMORY =
      new PaperClaim(
          "user-memory",
          "evaluation: ResNet32, fewer than 10 layers on the gateway",
          "the user's device needs 2 GB of memory",
          2,
          "GB",
          BYTES,
          PaperClaim.Demand.AT_MOST);

  /** All of them. */
  public static final List<PaperClaim> ALL =
      List.of(
          USER_PARTICIPATION,
          USER_WAITING,
          USER_PREPROCESSING,
          USER_ONLINE_BYTES,
          USER_PREPROCESSING_BYTES,
          SERVER_BYTES_MINIONN,
          SERVER_BYTES_LENET,
          USER_MEMORY);

  private PaperClaims() {}

  private static PaperClaim saving(String id, String statement, double value, double tolerance) {
    return new PaperClaim(
        id,
        HEADLINE,
        statement + " than with Delphi",
        value,
        "×",
        tolerance,
        PaperClaim.Demand.AT_LEAST);
  }

  private static PaperClaim cost(String id, String statement, double value) {
    return new PaperClaim(
        id,
        "Table II and its text (36 to 48 times)",
        statement,
        value,
        "×",
        BYTES,
        PaperClaim.Demand.AT_MOST);
  }
}
