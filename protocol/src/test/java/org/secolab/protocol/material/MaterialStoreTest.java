package org.secolab.protocol.material;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.secolab.foundation.party.PartyId;
import org.secolab.foundation.party.SessionId;
import org.secolab.foundation.wire.MalformedMessageException;
import org.secolab.foundation.wire.WireReader;
import org.secolab.foundation.wire.WireWriter;
import org.secolab.protocol.material.StoreAgreement.Decision;
import org.secolab.protocol.material.StoreAgreement.Offer;
import org.secolab.protocol.material.StoreAgreement.Purpose;
import org.secolab.protocol.material.StoreAgreement.Verdict;

/**
 * What a store promises: material serves once, whatever crashes, and nothing else is taken for it.
 */
final class MaterialStoreTest {
  private static final StoreOwner OWNER =
      new StoreOwner(new PartyId("remote1"), "seco", "deployment", "parameters");
  private static final SessionId BEGUN = new SessionId(1, 2);
  private static final SessionId MADE = new SessionId(3, 4);

  @TempDir private Path temporary = Path.of("");

  private Path folder() {
    return temporary.resolve("store");
  }

  private static WireWriter keys() {
    return new WireWriter(16).i64(42);
  }

  private static void put(MaterialStore store, int number) throws IOException {
    try (MaterialWriter out = store.put(number, MADE)) {
      out.tensor("mask", 7, new long[] {number, 8, 9});
      Files.writeString(out.file("layer"), "garbled " + number);
      out.commit();
    }
  }

  private void fill(int count) throws IOException {
    try (MaterialStore store = MaterialStore.open(folder(), OWNER)) {
      store.begin(BEGUN, keys());
      for (int number = 0; number < count; number++) {
        put(store, number);
      }
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file)));
      }
    }
  }

  @Test
  void material_comesBackOnce_alsoAfterARestart() throws IOException {
    fill(2);
    try (MaterialStore store = MaterialStore.open(folder(), OWNER)) {
      assertEquals(List.of(0, 1), List.copyOf(store.numbers()));
      assertEquals(42L, (long) store.reusable(in -> in.i64()));
      try (MaterialReader in = store.take(0)) {
        assertEquals(new MaterialId(BEGUN, MADE, 0), in.id());
        assertArrayEquals(new long[] {0, 8, 9}, in.tensor("mask", 7, 3));
        assertThrows(StoreException.class, () -> in.tensor("mask", 7, 3), "handed over once");
        assertEquals("garbled 0", Files.readString(in.file("layer")));
      }
      assertThrows(IllegalStateException.class, () -> store.take(0));
    }
    assertFalse(Files.exists(folder().resolve("000000")), "used material is gone");
    try (MaterialStore store = MaterialStore.open(folder(), OWNER)) {
      assertThrows(IllegalStateException.class, () -> store.take(0));
      assertEquals(List.of(1), List.copyOf(store.numbers()));
      store.take(1).close();
      assertThrows(StoreException.class, () -> store.take(2));
    }
    assertEquals(0, MaterialStore.summary(folder()).left());
  }

  @Test
  void copyThatIsPutBack_isDeletedUnread() throws IOException {
    fill(1);
    Path copy = temporary.resolve("copy");
    copy(folder().resolve("000000"), copy);
    try (MaterialStore store = MaterialStore.open(folder(), OWNER)) {
      store.take(0).close();
    }
    copy(copy, folder().resolve("000000"));
    assertEquals(0, MaterialStore.summary(folder()).left());
    try (MaterialStore store = MaterialStore.open(folder(), OWNER)) {
      assertTrue(store.numbers().isEmpty());
      assertFalse(Files.exists(folder().resolve("000000")));
      assertThrows(IllegalStateException.class, () -> store.take(0));
    }
  }

  @Test
  void takingALaterNumber_burnsAllBefore() throws IOException {
    fill(3);
    try (MaterialStore store = MaterialStore.open(folder(), OWNER)) {
      store.take(1).close();
      assertEquals(List.of(2), List.copyOf(store.numbers()));
      assertThrows(IllegalStateException.class, () -> store.take(0));
    }
  }

  @Test
  void damagedFiles_areRefusedInOneLineThatNamesThem_andBurnt() throws IOException {
    for (String name : List.of("material", "layer")) {
      for (boolean truncated : List.of(true, false)) {
        Path place = folder();
        fill(1);
        Path file = place.resolve("000000").resolve(name);
        byte[] bytes = Files.readAllBytes(file);
        if (!truncated && name.equals("layer")) {
          Files.delete(file); // What is inside is for garbling to check.
        } else {
          bytes[bytes.length / 2] ^= 1;
          Files.write(file, truncated ? Arrays.copyOf(bytes, bytes.length - 1) : bytes);
        }
        try (MaterialStore store = MaterialStore.open(place, OWNER)) {
          StoreException refusal = assertThrows(StoreException.class, () -> store.take(0));
          String message = String.valueOf(refusal.getMessage());
          assertTrue(message.startsWith(file.toString()), message);
          assertFalse(message.contains("\n"), message);
          assertThrows(IllegalStateException.class, () -> store.take(0));
        }
        new DurableDisk().delete(place);
      }
    }
    for (String name : List.of("header", "keys", "next")) {
      fill(1);
      Path file = folder().resolve(name);
      byte[] bytes = Files.readAllBytes(file);
      bytes[bytes.length - 40] ^= 4;
      Files.write(file, bytes);
      StoreException refusal =
          assertThrows(
              StoreException.class,
              () -> {
                try (MaterialStore store = MaterialStore.open(folder(), OWNER)) {
                  store.reusable(in -> in.i64());
                }
              });
      assertTrue(String.valueOf(refusal.getMessage()).startsWith(file.toString()));
      new DurableDisk().delete(folder());
    }
  }

  @Test
  void materialOfAnotherNumber_isRefused() throws IOException {
    fill(2);
    Path first = folder().resolve("000000");
    new DurableDisk().delete(first);
    Files.move(folder().resolve("000001"), first);
    try (MaterialStore store = MaterialStore.open(folder(), OWNER)) {
      assertThrows(StoreException.class, () -> store.take(0));
    }
  }

  @Test
  void somebodyElsesStore_isRefused() throws IOException {
    fill(1);
    for (StoreOwner other :
        List.of(
            new StoreOwner(new PartyId("remote2"), "seco", "deployment", "parameters"),
            new StoreOwner(new PartyId("remote1"), "other", "deployment", "parameters"),
            new StoreOwner(new PartyId("remote1"), "seco", "another", "parameters"),
            new StoreOwner(new PartyId("remote1"), "seco", "deployment", "others"))) {
      StoreException refusal =
          assertThrows(StoreException.class, () -> MaterialStore.open(folder(), other));
      assertTrue(String.valueOf(refusal.getMessage()).startsWith(folder().toString()));
    }
  }

  @Test
  void openStore_isLocked() throws IOException {
    try (MaterialStore store = MaterialStore.open(folder(), OWNER)) {
      assertTrue(store.numbers().isEmpty());
      assertThrows(StoreException.class, () -> MaterialStore.open(folder(), OWNER));
    }
    MaterialStore.open(folder(), OWNER).close();
  }

  @Test
  void everything_isForItsOwnerOnly() throws IOException {
    fill(1);
    if (!folder().getFileSystem().supportedFileAttributeViews().contains("posix")) {
      return;
    }
    for (String name : List.of("header", "keys", "next", "000000/material")) {
      assertEquals(
          PosixFilePermissions.fromString("rw-------"),
          Files.getPosixFilePermissions(folder().resolve(name)),
          name);
    }
    for (Path place : List.of(folder(), folder().resolve("000000"))) {
      assertEquals(
          PosixFilePermissions.fromString("rwx------"), Files.getPosixFilePermissions(place));
    }
  }

  @Test
  void whatIsWritten_isZeroisedInTheHeap() throws IOException {
    List<byte[]> written = new ArrayList<>();
    Disk disk =
        new Disk() {
          private final Disk real = new DurableDisk();

          @Override
          public void createFolder(Path place) throws IOException {
            real.createFolder(place);
          }

          @Override
          public void write(Path file, byte[] content) throws IOException {
            written.add(content);
            real.write(file, content);
          }

          @Override
          public void rename(Path from, Path to) throws IOException {
            real.rename(from, to);
          }

          @Override
          public void delete(Path path) throws IOException {
            real.delete(path);
          }
        };
    WireWriter keys = keys();
    try (MaterialStore store = MaterialStore.open(folder(), OWNER, disk)) {
      store.begin(BEGUN, keys);
      put(store, 0);
      assertEquals(42L, (long) store.reusable(in -> in.i64()));
    }
    assertArrayEquals(new byte[keys.size()], keys.toByteArray());
    assertEquals(4, written.size());
    written.forEach(bytes -> assertArrayEquals(new byte[bytes.length], bytes));
  }

  /** Does something on disks that die at every possible moment, and looks at what is left. */
  private void crashEverywhere(int prepared, Attempt attempt, Check check) throws IOException {
    boolean finished = false;
    for (int last = 0; !finished; last++) {
      for (boolean done : List.of(false, true)) {
        fill(prepared);
        FailingDisk disk = new FailingDisk(last, done);
        boolean got = false;
        try (MaterialStore store = disk.open(folder(), OWNER)) {
          got = true;
          attempt.run(store);
          finished = true;
        } catch (IOException e) {
          // What is left is looked at below.
        }
        try (MaterialStore store = MaterialStore.open(folder(), OWNER)) {
          check.after(store, got && finished);
        }
        new DurableDisk().delete(folder());
      }
      assertTrue(last < 50, "an attempt has few operations");
    }
  }

  private interface Attempt {
    void run(MaterialStore store) throws IOException;
  }

  private interface Check {
    void after(MaterialStore store, boolean finished) throws IOException;
  }

  @Test
  void crashWhileTaking_neverLeavesWhatWasHandedOut() throws IOException {
    boolean[] handedOut = {false};
    int[] spared = {0};
    crashEverywhere(
        2,
        store -> {
          handedOut[0] = false;
          MaterialReader in = store.take(0);
          handedOut[0] = true;
          in.close();
        },
        (store, _) -> {
          boolean there = store.numbers().contains(0);
          assertFalse(handedOut[0] && there, "handed out and there again");
          assertTrue(store.numbers().contains(1), "the next one is untouched");
          spared[0] += there ? 1 : 0;
          handedOut[0] = false;
        });
    assertTrue(spared[0] > 0, "some crashes come before the mark");
  }

  @Test
  void crashWhilePutting_leavesAllOrNothing() throws IOException {
    crashEverywhere(
        1,
        store -> put(store, 1),
        (store, finished) -> {
          if (finished || store.numbers().contains(1)) {
            store.take(0).close();
            try (MaterialReader in = store.take(1)) {
              assertEquals("garbled 1", Files.readString(in.file("layer")));
            }
          } else {
            assertEquals(List.of(0), List.copyOf(store.numbers()));
          }
          try (Stream<Path> files = Files.list(folder())) {
            assertTrue(files.noneMatch(file -> file.toString().endsWith(".new")));
          }
        });
  }

  @Test
  void crashWhileBeginning_leavesAStoreThatCanBeBegun() throws IOException {
    for (int last = 0; last < 6; last++) {
      FailingDisk disk = new FailingDisk(last, last % 2 == 0);
      try (MaterialStore store = disk.open(folder(), OWNER)) {
        store.begin(BEGUN, keys());
      } catch (IOException e) {
        assertEquals("the machine has stopped", e.getMessage());
      }
      try (MaterialStore store = MaterialStore.open(folder(), OWNER)) {
        assertTrue(store.isBlank());
        store.begin(MADE, keys());
        put(store, 0);
        assertThrows(IllegalStateException.class, () -> store.begin(BEGUN, keys()));
      }
      new DurableDisk().delete(folder());
    }
  }

  private static Offer offer(SessionId store, int next, Integer... numbers) {
    SortedMap<Integer, Long> made = new TreeMap<>();
    for (int number : numbers) {
      made.put(number, MADE.high());
    }
    return new Offer(Optional.of(store), next, made);
  }

  private static Offer blank() {
    return new Offer(Optional.empty(), 0, new TreeMap<>());
  }

  @Test
  void oneNumber_madeInTwoRuns_isNotUsed() throws IOException {
    Offer own = offer(BEGUN, 3, 4, 5, 6);
    Offer restored = new Offer(Optional.of(BEGUN), 3, new TreeMap<>(own.made()));
    restored.made().put(5, MADE.high() + 1);
    assertEquals(
        new Decision(Verdict.AGREED, List.of(4, 6)),
        StoreAgreement.decide(List.of(own, restored, own), Purpose.USE, 2));
    assertEquals(
        new Decision(Verdict.TOO_FEW, List.of(4, 6)),
        StoreAgreement.decide(List.of(restored, own, own), Purpose.USE, 3));

    // The tag comes from the run in which the material was made, also after a restart.
    fill(1);
    try (MaterialStore store = MaterialStore.open(folder(), OWNER)) {
      try (MaterialWriter out = store.put(1, new SessionId(99, 4))) {
        out.commit();
      }
      assertEquals(Map.of(0, MADE.high(), 1, 99L), Offer.of(store).made());
    }
    try (MaterialStore store = MaterialStore.open(folder(), OWNER)) {
      assertEquals(Map.of(0, MADE.high(), 1, 99L), Offer.of(store).made());
    }
    Files.write(folder().resolve("000001/material"), new byte[] {'S'});
    StoreException refusal =
        assertThrows(StoreException.class, () -> MaterialStore.open(folder(), OWNER));
    assertTrue(String.valueOf(refusal.getMessage()).contains("000001"), refusal.getMessage());
  }

  @Test
  void offerOutOfRange_isMalformed_andNumbersRunOutInOneLine() throws MalformedMessageException {
    for (int next : List.of(-1, MaterialStore.NUMBERS + 1, Integer.MAX_VALUE)) {
      WireWriter out = new WireWriter(64);
      offer(BEGUN, next).writeTo(out);
      assertThrows(
          MalformedMessageException.class, () -> Offer.read(new WireReader(out.toByteArray())));
    }
    Offer full = offer(BEGUN, MaterialStore.NUMBERS - 2, MaterialStore.NUMBERS - 2);
    WireWriter out = new WireWriter(64);
    full.writeTo(out);
    assertEquals(full, Offer.read(new WireReader(out.toByteArray())));
    assertEquals(
        new Decision(Verdict.AGREED, List.of(MaterialStore.NUMBERS - 1)),
        StoreAgreement.decide(List.of(full, offer(BEGUN, 3)), Purpose.PREPARE, 1));
    assertEquals(
        Verdict.NO_NUMBERS,
        StoreAgreement.decide(List.of(full, offer(BEGUN, 3)), Purpose.PREPARE, 2).verdict());
  }

  @Test
  void partiesUse_whatAllHaveAndNobodyBurnt() {
    List<Offer> offers =
        List.of(
            offer(BEGUN, 3, 3, 4, 5, 7), offer(BEGUN, 4, 4, 5, 6, 7), offer(BEGUN, 1, 1, 3, 4, 7));
    assertEquals(
        new Decision(Verdict.AGREED, List.of(4, 7)), StoreAgreement.decide(offers, Purpose.USE, 2));
    assertEquals(
        new Decision(Verdict.AGREED, List.of(4)), StoreAgreement.decide(offers, Purpose.USE, 1));
    assertEquals(
        new Decision(Verdict.TOO_FEW, List.of(4, 7)),
        StoreAgreement.decide(offers, Purpose.USE, 3));
    assertEquals(
        new Decision(Verdict.AGREED, List.of(8, 9)),
        StoreAgreement.decide(offers, Purpose.PREPARE, 2));
  }

  @Test
  void storesThatDoNotBelongTogether_areRefused_unlessAllAreBlank() {
    for (Purpose purpose : Purpose.values()) {
      assertEquals(
          Verdict.DIFFERENT_STORES,
          StoreAgreement.decide(List.of(offer(BEGUN, 0, 0), offer(MADE, 0, 0)), purpose, 1)
              .verdict());
      assertEquals(
          Verdict.DIFFERENT_STORES,
          StoreAgreement.decide(List.of(offer(BEGUN, 1), blank()), purpose, 1).verdict());
    }
    for (List<Offer> fresh :
        List.of(List.of(blank(), blank()), List.of(offer(BEGUN, 0), offer(MADE, 0)))) {
      assertEquals(
          new Decision(Verdict.BEGIN, List.of(0, 1)),
          StoreAgreement.decide(fresh, Purpose.PREPARE, 2));
      assertEquals(Verdict.TOO_FEW, StoreAgreement.decide(fresh, Purpose.USE, 1).verdict());
    }
  }
}
