package org.secolab.protocol.seco;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.secolab.foundation.party.PartyId;
import org.secolab.foundation.party.ProtocolAbortException;
import org.secolab.foundation.random.RandomSource;
import org.secolab.foundation.transport.Session;
import org.secolab.foundation.wire.WireWriter;
import org.secolab.protocol.cut.Preparing;
import org.secolab.protocol.cut.Progress;
import org.secolab.protocol.cut.ServerKeyRing;
import org.secolab.protocol.cut.UserKeys;
import org.secolab.protocol.cut.UserProgram;
import org.secolab.protocol.deploy.Part;
import org.secolab.protocol.deploy.ServerPart;
import org.secolab.protocol.deploy.UserPart;
import org.secolab.protocol.inference.PartyOutcome;
import org.secolab.protocol.inference.ProgressListener;
import org.secolab.protocol.inference.SplitPlan;
import org.secolab.protocol.material.MaterialReader;
import org.secolab.protocol.material.MaterialStore;
import org.secolab.protocol.material.MaterialWriter;
import org.secolab.protocol.material.StoreAgreement;
import org.secolab.protocol.material.StoreAgreement.Agreed;
import org.secolab.protocol.material.StoreAgreement.Purpose;
import org.secolab.protocol.material.StoreOwner;

/**
 * One party of the default protocol with a store: what does not depend on the input is made in one
 * run and used in others. Keys are made once in a store's life, base oblivious transfers once in a
 * run that prepares, everything else once for each inference.
 */
public final class SecoStore implements AutoCloseable {
  private final Part part;
  private final SecoPlan plan;
  private final MaterialStore store;

  private SecoStore(Part part, MaterialStore store) {
    this.part = part;
    this.store = store;
    plan =
        switch (part) {
          case UserPart user -> SecoPlan.of(user);
          case ServerPart server -> SecoPlan.of(server);
        };
  }

  /**
   * Opens the store of a party, or begins one if the folder is empty or missing.
   *
   * @throws org.secolab.protocol.material.StoreException if it is somebody else's, of another
   *     deployment, damaged, or in use
   */
  public static SecoStore open(Part part, Path folder) throws IOException {
    return over(part, MaterialStore.open(folder, owner(part)));
  }

  /** The same over a store that is open already. */
  static SecoStore over(Part part, MaterialStore store) {
    return new SecoStore(part, store);
  }

  static StoreOwner owner(Part part) {
    return new StoreOwner(
        part.party(),
        "seco",
        part.header().model().hex(),
        part.header().userKey().spec().name() + ", " + part.header().collectiveKey().spec().name());
  }

  /** Prepared inferences that this party has left; another party may have fewer. */
  public int left() {
    return store.numbers().size();
  }

  /**
   * The number above those of all inferences that were made under the keys of this store, as far as
   * this party knows; one that was given up before it was whole has none.
   */
  public int made() {
    return store.end();
  }

  /** Whether this party has anything to do: remote servers without layers have not. */
  private boolean takesPart() {
    return holders().contains(part.party());
  }

  /** Everybody with a store. */
  private List<PartyId> holders() {
    return plan.layers().hasRemoteLayers()
        ? plan.split().parties()
        : List.of(SplitPlan.USER, SplitPlan.GATEWAY);
  }

  /**
   * Makes material for {@code count} inferences, together with all others, and stores it.
   *
   * @throws ProtocolAbortException if a peer broke the protocol or is gone; inferences that were
   *     finished before stay
   * @throws IOException if the store cannot be used or the disk fails
   */
  public PartyOutcome prepare(
      Session session, int count, ProgressListener progress, RandomSource random)
      throws ProtocolAbortException, IOException {
    if (!takesPart()) {
      return PartyOutcome.ofServer(0);
    }
    Agreed agreed = StoreAgreement.reach(session, store, holders(), Purpose.PREPARE, count);
    Progress steps = new Progress(progress, plan.layers(), count);
    try (Preparing program = preparing(session, agreed.begins(), steps, random)) {
      if (agreed.begins()) {
        WireWriter keys = new WireWriter(1 << 16);
        program.writeKeys(keys);
        store.begin(session.id(), keys);
      }
      long bytes = 0;
      for (int number : agreed.numbers()) {
        try (MaterialWriter out = store.put(number, session.id())) {
          program.prepareInto(out);
          bytes = Math.max(bytes, out.commit());
        }
      }
      session.leave();
      return PartyOutcome.ofServer(bytes);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private Preparing preparing(
      Session session, boolean begins, Progress progress, RandomSource random)
      throws ProtocolAbortException, IOException {
    switch (part) {
      case UserPart user -> {
        return begins
            ? new UserProgram(plan.layers(), session, Transition.ofUser(plan, session), random)
            : new UserProgram(
                plan.layers(), session, Transition.ofUser(plan, session), userKeys(), true, random);
      }
      case ServerPart server when server.party().equals(SplitPlan.GATEWAY) -> {
        return begins
            ? new GatewayProgram(plan, server.model(), session, progress, random)
            : new GatewayProgram(
                plan, server.model(), session, serverKeys(), true, progress, random);
      }
      case ServerPart server -> {
        return begins
            ? new RemoteProgram(plan, server.model(), session, random)
            : new RemoteProgram(plan, server.model(), session, serverKeys(), true, random);
      }
    }
  }

  private UserKeys userKeys() throws IOException {
    return store.reusable(in -> UserKeys.read(in, plan.layers()));
  }

  private ServerKeyRing serverKeys() throws IOException {
    return store.reusable(in -> ServerKeyRing.read(in, plan.layers()));
  }

  /**
   * The user: one inference for each input, from material that is there.
   *
   * @param inputs residues, one array of the model's input size for each inference
   * @throws ProtocolAbortException if the gateway broke the protocol or is gone: the material of
   *     the inference under way is burnt
   * @throws IOException if the store cannot be used, or holds too little
   */
  public PartyOutcome infer(Session session, List<long[]> inputs, RandomSource random)
      throws ProtocolAbortException, IOException {
    Agreed agreed = StoreAgreement.reach(session, store, holders(), Purpose.USE, inputs.size());
    try (UserProgram user =
        new UserProgram(
            plan.layers(), session, Transition.ofUser(plan, session), userKeys(), false, random)) {
      List<long[]> outputs = new ArrayList<>();
      for (int i = 0; i < inputs.size(); i++) {
        try (MaterialReader in = store.take(agreed.numbers().get(i))) {
          outputs.add(user.online(inputs.get(i), user.stored(in)));
        }
      }
      return user.finish(outputs);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /**
   * A server's side of {@link #infer}.
   *
   * @param count how many inputs the user has
   * @throws ProtocolAbortException if a peer broke the protocol or is gone: the material of the
   *     inference under way is burnt
   * @throws IOException if the store cannot be used, or holds too little
   */
  public PartyOutcome serve(
      Session session, int count, ProgressListener progress, RandomSource random)
      throws ProtocolAbortException, IOException {
    if (!(part instanceof ServerPart server)) {
      throw new IllegalArgumentException("expected a server, got " + part.party());
    }
    if (!takesPart()) {
      return PartyOutcome.ofServer(0);
    }
    Agreed agreed = StoreAgreement.reach(session, store, holders(), Purpose.USE, count);
    try {
      if (part.party().equals(SplitPlan.GATEWAY)) {
        Progress steps = new Progress(progress, plan.layers(), count);
        try (GatewayProgram gateway =
            new GatewayProgram(plan, server.model(), session, serverKeys(), false, steps, random)) {
          for (int number : agreed.numbers()) {
            try (MaterialReader in = store.take(number)) {
              gateway.online(gateway.stored(in), random.fork("result " + number));
            }
          }
          session.leave();
          return PartyOutcome.ofServer(gateway.peakMaterialBytes());
        }
      }
      try (RemoteProgram remote =
          new RemoteProgram(plan, server.model(), session, serverKeys(), false, random)) {
        for (int number : agreed.numbers()) {
          try (MaterialReader in = store.take(number)) {
            remote.online(remote.stored(in), random.fork("result " + number));
          }
        }
        session.leave();
        return PartyOutcome.ofServer(remote.peakMaterialBytes());
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  @Override
  public void close() throws IOException {
    store.close();
  }

  @Override
  public String toString() {
    return "SecoStore[" + store + "]";
  }
}
