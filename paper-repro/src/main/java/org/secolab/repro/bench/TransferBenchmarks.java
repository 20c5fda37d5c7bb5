package org.secolab.repro.bench;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.secolab.foundation.party.PartyId;
import org.secolab.foundation.party.ProtocolAbortException;
import org.secolab.foundation.party.SessionId;
import org.secolab.foundation.random.RandomSource;
import org.secolab.foundation.random.SeededRandom;
import org.secolab.mpcgc.label.Delta;
import org.secolab.mpcgc.ot.BaseOtReceiver;
import org.secolab.mpcgc.ot.BaseOtSender;
import org.secolab.mpcgc.ot.CotReceiver;
import org.secolab.mpcgc.ot.CotSender;
import org.secolab.mpcgc.ot.TransferName;

/** Oblivious transfer: what one party spends per correlated transfer. */
public class TransferBenchmarks {
  private static final int COUNT = 1 << 18;
  private static final TransferName NAME =
      new TransferName(
          new SessionId(1, 2), "benchmark", new PartyId("chooser"), new PartyId("sender"));

  /** Both ends of one extension. */
  @SuppressWarnings("NullAway.Init") // JMH fills it in by the method marked @Setup
  @State(Scope.Thread)
  public static class Extension {
    /** Bits of the field. */
    @Param({"1", "2", "4", "8"})
    public int k;

    CotReceiver receiver;
    CotSender sender;
    long[] choices = new long[COUNT / 64];
    long[] strings = new long[2 * COUNT];
    long[] message;

    /** Runs real base transfers, from a seed: nothing here is secret. */
    @Setup
    public void open() throws ProtocolAbortException {
      RandomSource random = SeededRandom.ofInsecureNumber(1);
      BaseOtReceiver chooser = new BaseOtReceiver(NAME, new Delta(random), random.fork("receiver"));
      BaseOtSender base = new BaseOtSender(NAME, chooser.message(), random.fork("sender"));
      receiver = new CotReceiver(k, NAME, base.seeds());
      sender =
          new CotSender(
              k, NAME, chooser.open(NAME.sender(), base.message()), receiver.treeCorrections());
      random.fill(choices);
      message = new long[CotReceiver.messageWords(k, COUNT)];
      random.fill(message);
    }
  }

  /** One transfer at the party that chooses. */
  @Benchmark
  @OperationsPerInvocation(COUNT)
  public long[] receive(Extension extension) {
    return extension.receiver.extend(extension.choices, COUNT, extension.strings);
  }

  /** One transfer at the party that has Δ; what the message says does not change the work. */
  @Benchmark
  @OperationsPerInvocation(COUNT)
  public long[] send(Extension extension) {
    extension.sender.extend(COUNT, extension.message, extension.strings);
    return extension.strings;
  }

  /** 128 base transfers, both ends. */
  @Benchmark
  public Object base() throws ProtocolAbortException {
    RandomSource random = SeededRandom.ofInsecureNumber(2);
    BaseOtReceiver chooser = new BaseOtReceiver(NAME, new Delta(random), random.fork("receiver"));
    BaseOtSender base = new BaseOtSender(NAME, chooser.message(), random.fork("sender"));
    return chooser.open(NAME.sender(), base.message());
  }
}
