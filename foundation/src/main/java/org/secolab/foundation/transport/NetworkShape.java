package org.secolab.foundation.transport;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How fast a network is. Each party has one line to it: what it sends to all others leaves one bit
 * after another; what it receives does not queue.
 *
 * @param bitsPerSecond of each party's line; 0: unlimited
 * @param roundTripNanos there and back between any two parties
 */
public record NetworkShape(long bitsPerSecond, long roundTripNanos) {
  /** Whatever the real transport does; nothing is simulated. */
  public static final NetworkShape NONE = new NetworkShape(0, 0);

  /** One machine room: 1 Gbit/s, 0.5 ms. */
  public static final NetworkShape LAN = new NetworkShape(1_000_000_000, 500_000);

  /** Between cities: 100 Mbit/s, 40 ms. */
  public static final NetworkShape WAN = new NetworkShape(100_000_000, 40_000_000);

  private static final Pattern TEXT =
      Pattern.compile("(\\d{1,6}(?:\\.\\d{1,3})?)([kMG])bit,(\\d{1,6}(?:\\.\\d{1,3})?)ms");

  public NetworkShape {
    if (bitsPerSecond < 0 || roundTripNanos < 0) {
      throw new IllegalArgumentException(
          "expected a bandwidth and a round trip of at least 0, got "
              + bitsPerSecond
              + ", "
              + roundTripNanos);
    }
  }

  /**
   * Reads {@code none}, {@code lan}, {@code wan}, or for instance {@code 100Mbit,20ms}: bandwidth
   * and round trip.
   *
   * @throws IllegalArgumentException if it is none of them
   */
  public static NetworkShape of(String text) {
    return switch (text) {
      case "none" -> NONE;
      case "lan" -> LAN;
      case "wan" -> WAN;
      default ->
          parse(text)
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          "expected none, lan, wan, or a bandwidth and a round trip such as"
                              + " 100Mbit,20ms, got "
                              + text));
    };
  }

  private static Optional<NetworkShape> parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    double unit =
        switch (matcher.group(2)) {
          case "k" -> 1e3;
          case "M" -> 1e6;
          default -> 1e9;
        };
    long bits = Math.round(Double.parseDouble(matcher.group(1)) * unit);
    long nanos = Math.round(Double.parseDouble(matcher.group(3)) * 1e6);
    return bits == 0 ? Optional.empty() : Optional.of(new NetworkShape(bits, nanos));
  }

  /** Whether anything is simulated. */
  public boolean isSimulated() {
    return !equals(NONE);
  }

  /** How long a frame of {@code bytes} bytes occupies its sender's line. */
  public long transmissionNanos(long bytes) {
    return bitsPerSecond == 0 ? 0 : Math.round(8e9 * bytes / bitsPerSecond);
  }

  /** From the last bit's departure to its arrival. */
  public long oneWayNanos() {
    return roundTripNanos / 2;
  }

  /** As {@link #of} reads it, never by name. */
  @Override
  public String toString() {
    return isSimulated()
        ? String.format(
            Locale.ROOT, "%sMbit,%sms", decimal(bitsPerSecond / 1e6), decimal(roundTripNanos / 1e6))
        : "none";
  }

  private static String decimal(double value) {
    return value == Math.rint(value)
        ? Long.toString((long) value)
        : String.format(Locale.ROOT, "%.3f", value);
  }
}
