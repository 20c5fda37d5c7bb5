package org.secolab.repro.cli;

import java.io.PrintWriter;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import javax.crypto.KEM;
import org.jspecify.annotations.Nullable;
import org.secolab.lattice.ring.Transforms;
import org.secolab.mpcgc.halfgate.FixedKeyPermutation;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code seco doctor}: what this machine and JVM offer, and what will be slow without it. */
@Command(
    name = "doctor",
    description =
        "What was found here (JDK, heap, processors, vector and AES support) and what will be"
            + " slow.",
    mixinStandardHelpOptions = true)
final class DoctorCommand implements Callable<Integer> {
  private static final int BLOCKS = 64;
  private static final long MEASURED_NANOS = 300_000_000;

  /** Between software AES, about 10, and AES instructions, above 100 on machines of 2015 on. */
  private static final double SLOW_MEGABLOCKS = 50;

  private static final long SMALL_HEAP = 2_000_000_000;

  /**
   * One thing looked for.
   *
   * @param what its name
   * @param found what there is
   * @param trouble what will be slow or impossible; empty if nothing
   */
  record Finding(String what, String found, String trouble) {}

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() {
    if (spec == null) {
      throw new AssertionError("picocli injects the specification");
    }
    PrintWriter out = spec.commandLine().getOut();
    List<Finding> findings =
        List.of(jdk(), processors(), heap(), transforms(), blocks(), aes(), baseTransfers());
    for (Finding finding : findings) {
      out.printf(
          "%-16s %-54s %s%n",
          finding.what(),
          finding.found(),
          finding.trouble().isEmpty() ? "good" : "NOTE: " + finding.trouble());
    }
    long notes = findings.stream().filter(finding -> !finding.trouble().isEmpty()).count();
    out.println(
        notes == 0
            ? "Nothing will be slow for want of support."
            : notes + " of " + findings.size() + " have a note; everything stays correct.");
    return ExitCodes.DONE;
  }

  private static Finding jdk() {
    return new Finding(
        "JDK",
        Runtime.version() + " (" + System.getProperty("java.vm.vendor", "unknown") + ")",
        Runtime.version().feature() >= 25 ? "" : "expected 25 or later");
  }

  private static Finding processors() {
    int count = Runtime.getRuntime().availableProcessors();
    return new Finding(
        "processors",
        count + ", " + System.getProperty("os.arch", "unknown"),
        count >= 4
            ? ""
            : "an embedded run has a thread for each of at least 4 parties: wall time is that of"
                + " all together");
  }

  private static Finding heap() {
    long bytes = Runtime.getRuntime().maxMemory();
    return new Finding(
        "heap",
        String.format(Locale.ROOT, "%.1f GB", bytes / 1e9),
        bytes >= SMALL_HEAP ? "" : "large models may not fit: SECO_JAVA_OPTIONS=-Xmx4g");
  }

  private static Finding transforms() {
    String found = Transforms.explanation();
    return new Finding(
        "ring products",
        found,
        found.startsWith("scalar") ? "encryption and its products will be slow" : "");
  }

  private static Finding blocks() {
    boolean vectors = ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
    return new Finding(
        "loops on labels",
        vectors ? "vectors" : "scalar: the JVM was started without the Vector API",
        vectors ? "" : "garbling will be slower");
  }

  private static Finding aes() {
    FixedKeyPermutation permutation =
        new FixedKeyPermutation(FixedKeyPermutation.fastest(), BLOCKS);
    permutation.key(new byte[16]);
    return aes(megablocks(permutation));
  }

  static Finding aes(double megablocks) {
    return new Finding(
        "AES",
        String.format(
            Locale.ROOT, "%.0f million blocks/s, as %s", megablocks, FixedKeyPermutation.fastest()),
        megablocks >= SLOW_MEGABLOCKS
            ? ""
            : "that is AES without a processor's instructions, or a busy machine: garbling will be"
                + " slow");
  }

  private static double megablocks(FixedKeyPermutation permutation) {
    long[] in = new long[2 * BLOCKS];
    long[] out = new long[2 * BLOCKS];
    long end = System.nanoTime() + MEASURED_NANOS;
    long best = Long.MAX_VALUE;
    long before = System.nanoTime();
    while (before < end) {
      permutation.apply(in, out, BLOCKS);
      long now = System.nanoTime();
      best = Math.min(best, now - before);
      before = now;
    }
    return 1e3 * BLOCKS / best;
  }

  private static Finding baseTransfers() {
    try {
      return new Finding("ML-KEM", KEM.getInstance("ML-KEM").getAlgorithm() + " from the JDK", "");
    } catch (NoSuchAlgorithmException e) {
      return new Finding("ML-KEM", "none", "oblivious transfers cannot start");
    }
  }
}
