package org.secolab.repro.experiment;

import java.util.regex.Pattern;
import org.secolab.foundation.transport.NetworkShape;
import org.secolab.protocol.inference.RunOptions;
import org.secolab.protocol.inference.SplitPlan;

/**
 * One run to be measured; as JSON, a job that any machine can do. Equal points are the same run, so
 * experiments share them.
 *
 * @param protocol name of an {@code InferenceProtocol}
 * @param model a name that {@link Networks} knows, or an ONNX file
 * @param split c, layers on the gateway
 * @param remoteServers m
 * @param fractionBits f
 * @param ringBits ℓ; 0: the smallest ring that is proven to be large enough; without meaning for
 *     protocols that demand a modulus
 * @param network {@code none}, {@code lan}, {@code wan}, or a shape such as {@code 100Mbit,20ms}
 */
public record Point(
    String protocol,
    String model,
    int split,
    int remoteServers,
    int fractionBits,
    int ringBits,
    String network) {
  private static final Pattern OTHERS = Pattern.compile("[^A-Za-z0-9.-]+");

  public Point {
    if (protocol.isEmpty() || model.isEmpty() || network.isEmpty()) {
      throw new IllegalArgumentException("expected a protocol, a model and a network");
    }
    var _ = NetworkShape.of(network);
    if (split < 0 || fractionBits < 1 || ringBits < 0) {
      throw new IllegalArgumentException(
          String.format(
              "expected a split and ring bits of at least 0, fraction bits of at least 1, got %d,"
                  + " %d, %d",
              split, ringBits, fractionBits));
    }
  }

  /** With the paper's 8 fraction bits, in the model's usual ring, over a LAN. */
  public static Point of(String protocol, String model, int split, int remoteServers) {
    return new Point(
        protocol, model, split, remoteServers, 8, Networks.usualRingBits(model), "lan");
  }

  /** The name of this point's files: what it is, nothing else. */
  public String id() {
    String text =
        String.join(
            "_",
            protocol,
            model,
            "c" + split,
            "m" + remoteServers,
            "f" + fractionBits,
            ringBits == 0 ? "proven" : "r" + ringBits,
            network);
    return OTHERS.matcher(text).replaceAll("_");
  }

  /** How the run is to go. */
  public RunOptions options() {
    return RunOptions.STANDARD.over(NetworkShape.of(network));
  }

  /** Who holds which layers. */
  public SplitPlan plan() {
    return new SplitPlan(split, remoteServers);
  }
}
