package org.secolab.protocol.adversary;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.DoubleStream;
import org.secolab.foundation.party.PartyId;
import org.secolab.foundation.transport.Phase;
import org.secolab.foundation.transport.RecordingChannel;
import org.secolab.foundation.wire.FrameHeader;

/** Recorded views in pieces, and numbers made of them for statistics. */
public final class Views {
  private static final int SHORT = 16;

  private Views() {}

  /** Everything about a view but what the messages say. */
  public static List<String> structure(List<RecordingChannel.Entry> view) {
    List<String> structure = new ArrayList<>();
    for (RecordingChannel.Entry entry : view) {
      structure.add(
          (entry.sent() ? "sent " : "received ") + entry.envelope() + " " + entry.frame().length);
    }
    return structure;
  }

  /** Every proper, non-empty subset. */
  public static Set<Set<PartyId>> properSubsets(List<PartyId> servers) {
    Set<Set<PartyId>> subsets = new HashSet<>();
    for (int members = 1; members < (1 << servers.size()) - 1; members++) {
      Set<PartyId> subset = new TreeSet<>((a, b) -> a.name().compareTo(b.name()));
      for (int i = 0; i < servers.size(); i++) {
        if ((members >> i & 1) == 1) {
          subset.add(servers.get(i));
        }
      }
      subsets.add(subset);
    }
    return subsets;
  }

  /** A view's messages after the reusable setup. */
  public static List<RecordingChannel.Entry> perInference(List<RecordingChannel.Entry> view) {
    return view.stream()
        .filter(entry -> entry.envelope().scope().phase() != Phase.SETUP_ONCE)
        .toList();
  }

  /** A view's messages after the reusable setup, one list for each inference. */
  public static List<List<RecordingChannel.Entry>> inferences(
      List<RecordingChannel.Entry> view, int inferences) {
    List<RecordingChannel.Entry> later = perInference(view);
    int each = later.size() / inferences;
    List<List<RecordingChannel.Entry>> pieces = new ArrayList<>();
    for (int i = 0; i < inferences; i++) {
      List<RecordingChannel.Entry> piece = later.subList(i * each, (i + 1) * each);
      assertEquals(structure(later.subList(0, each)), structure(piece));
      pieces.add(piece);
    }
    assertEquals(later.size(), each * inferences);
    return pieces;
  }

  /** A coalition's messages, one list for each inference. */
  public static List<List<RecordingChannel.Entry>> inferences(
      Map<PartyId, List<RecordingChannel.Entry>> views, Set<PartyId> coalition, int inferences) {
    List<List<RecordingChannel.Entry>> all = new ArrayList<>();
    for (int i = 0; i < inferences; i++) {
      all.add(new ArrayList<>());
    }
    for (PartyId member : views.keySet().stream().filter(coalition::contains).toList()) {
      List<List<RecordingChannel.Entry>> own =
          inferences(Objects.requireNonNull(views.get(member)), inferences);
      for (int i = 0; i < inferences; i++) {
        all.get(i).addAll(own.get(i));
      }
    }
    return all;
  }

  /**
   * Of every message of one inference the mean of its bits, and of products of neighbours, the
   * lowest bit of a byte first, the last bit of the message beside its first.
   */
  public static double[] means(List<RecordingChannel.Entry> inference) {
    List<Double> means = new ArrayList<>();
    for (RecordingChannel.Entry entry : inference) {
      byte[] frame = entry.frame();
      int bits = bits(frame);
      if (bits == 0) {
        continue;
      }
      int ones = 0;
      int products = 0;
      int last = bit(frame, bits - 1);
      for (int i = FrameHeader.BYTES; i < frame.length; i++) {
        int eight = frame[i] & 0xff;
        int before = (eight << 1 | last) & 0xff;
        ones += Integer.bitCount(eight);
        products += Integer.bitCount(eight & before);
        last = eight >> 7;
      }
      means.add((double) ones / bits);
      means.add((double) products / bits);
    }
    return means.stream().mapToDouble(Double::doubleValue).toArray();
  }

  /** The {@link #means}, and every bit of the short messages. */
  public static double[] features(List<RecordingChannel.Entry> inference) {
    DoubleStream.Builder bits = DoubleStream.builder();
    for (RecordingChannel.Entry entry : inference) {
      byte[] frame = entry.frame();
      for (int i = 0; bits(frame) <= 8 * SHORT && i < bits(frame); i++) {
        bits.add(bit(frame, i));
      }
    }
    return DoubleStream.concat(Arrays.stream(means(inference)), bits.build()).toArray();
  }

  private static int bits(byte[] frame) {
    return 8 * (frame.length - FrameHeader.BYTES);
  }

  private static int bit(byte[] frame, int index) {
    return frame[FrameHeader.BYTES + index / 8] >> (index % 8) & 1;
  }
}
