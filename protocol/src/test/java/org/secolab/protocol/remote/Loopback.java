package org.secolab.protocol.remote;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.secolab.foundation.party.PartyId;
import org.secolab.foundation.random.SystemRandom;
import org.secolab.foundation.transport.LinkClosedException;
import org.secolab.protocol.inference.SplitPlan;

/** Parties on loopback, each on threads of its own, with keys that are made once. */
final class Loopback {
  static final byte[] DEPLOYMENT = {1, 2, 3};
  private static final Map<PartyId, Identity> IDENTITIES = new HashMap<>();

  private Loopback() {}

  static synchronized Identity identity(PartyId party) {
    return IDENTITIES.computeIfAbsent(party, Loopback::make);
  }

  private static Identity make(PartyId party) {
    try {
      Path folder = Files.createTempDirectory("identity");
      try {
        return Identity.selfSigned(party, folder, new SystemRandom());
      } finally {
        Files.delete(folder);
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** The parties of a split at free ports. */
  static PartyDirectory directory(SplitPlan split) {
    List<PartyDirectory.Entry> entries = new ArrayList<>();
    for (PartyId party : split.parties()) {
      entries.add(
          new PartyDirectory.Entry(
              party,
              identity(party).fingerprint(),
              party.equals(SplitPlan.USER) ? Optional.empty() : Optional.of(freeAddress())));
    }
    return new PartyDirectory(entries);
  }

  private static InetSocketAddress freeAddress() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return new InetSocketAddress(socket.getInetAddress(), socket.getLocalPort());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  static RemoteChannel open(PartyDirectory directory, PartyId party)
      throws IOException, LinkClosedException {
    return RemoteChannel.open(
        directory, party, identity(party), DEPLOYMENT, Duration.ofSeconds(30));
  }

  /** What became of a party: a value, or what it threw. */
  record Fate<T>(Optional<T> value, Optional<Throwable> failure) {}

  /** Runs all at once and waits for the fate of each; at most a minute. */
  static <T> Map<PartyId, Fate<T>> all(Map<PartyId, Callable<T>> programs)
      throws InterruptedException, TimeoutException {
    ExecutorService threads =
        Executors.newThreadPerTaskExecutor(Thread.ofPlatform().daemon().factory());
    try {
      Map<PartyId, Future<T>> futures = new LinkedHashMap<>();
      programs.forEach((party, program) -> futures.put(party, threads.submit(program)));
      Map<PartyId, Fate<T>> fates = new LinkedHashMap<>();
      for (Map.Entry<PartyId, Future<T>> entry : futures.entrySet()) {
        try {
          fates.put(
              entry.getKey(),
              new Fate<>(
                  Optional.of(entry.getValue().get(60, TimeUnit.SECONDS)), Optional.empty()));
        } catch (ExecutionException e) {
          fates.put(entry.getKey(), new Fate<>(Optional.empty(), Optional.of(e.getCause())));
        }
      }
      return fates;
    } finally {
      // Whoever still waits for a peer is not waited for.
      threads.shutdownNow();
    }
  }
}
