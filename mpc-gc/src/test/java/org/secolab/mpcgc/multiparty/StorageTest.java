package org.secolab.mpcgc.multiparty;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Pipe;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.secolab.foundation.party.PartyId;
import org.secolab.foundation.party.ProtocolAbortException;
import org.secolab.foundation.random.RandomSource;
import org.secolab.foundation.random.SeededRandom;
import org.secolab.foundation.transport.Session;
import org.secolab.mpcgc.RandomCircuits;
import org.secolab.mpcgc.circuit.Circuit;
import org.secolab.mpcgc.circuit.ClearEvaluator;

/** Rows and batches outside the heap, and parties that take turns. */
class StorageTest {
  private static final BatchId ID = new BatchId(0, 1, 0);
  private static final int INSTANCES = 100;

  @TempDir private Path folder = Path.of("");

  private final Circuit circuit = RandomCircuits.circuit(2, 80, SeededRandom.ofInsecureNumber(1));
  private final Map<String, long[]> inputs =
      RandomCircuits.inputs(circuit, INSTANCES, SeededRandom.ofInsecureNumber(2));

  /** What the evaluator is to learn. */
  private long[] expected() {
    return Parties.ofEvaluator(
        circuit, INSTANCES, ClearEvaluator.evaluate(circuit, INSTANCES, inputs));
  }

  /** Garbles with rows in {@code store}, and evaluates. */
  private long[] run(RowStore store) throws ProtocolAbortException {
    return new Parties(2, 3)
        .run(
            (session, self, garbler, random) -> {
              Map<String, long[]> own = Parties.setupInputs(circuit, self, inputs);
              try (GarbledBatch batch =
                  garbler.garble(session, ID, circuit, INSTANCES, own, random)) {
                Parties.handOver(session, self, batch, circuit, inputs);
              }
            },
            (session, evaluator, random) -> {
              EvaluationBatch batch =
                  evaluator.receive(session, ID, circuit, INSTANCES, store, random);
              Parties.take(session, batch, circuit, inputs);
              return batch.evaluate();
            });
  }

  @Test
  void rowsInAFile_serveAsWell() throws ProtocolAbortException, IOException {
    Path file = folder.resolve("rows");
    FileRows rows = new FileRows(file);
    assertTrue(Files.exists(file));
    assertArrayEquals(expected(), run(rows));
    assertFalse(Files.exists(file), "the file goes with the batch");
    assertEquals(0, rows.heapBytes());
  }

  @Test
  void rowsInATemporaryFile_leaveNoFileBehindEvenUnclosed()
      throws ProtocolAbortException, IOException {
    FileRows rows = FileRows.temporary();
    assertFalse(Files.exists(rows.file()), "the file's name is gone while it is in use");
    assertArrayEquals(expected(), run(rows));
  }

  @Test
  void rowsBeyondTheRoom_spillAndComeBackInOrder() {
    AtomicLong room = new AtomicLong(8 * 10);
    try (SpillingRows rows = new SpillingRows(room)) {
      for (int i = 0; i < 5; i++) {
        rows.put(new RowPass(new long[] {i, i}, new long[] {i}, new long[] {i}));
      }
      assertEquals(8 * 8, rows.heapBytes(), "two passes of four words fit");
      for (int i = 0; i < 5; i++) {
        RowPass pass = rows.take();
        assertArrayEquals(new long[] {i, i}, pass.sums());
        assertArrayEquals(new long[] {i}, pass.lowest());
        assertArrayEquals(new long[] {i}, pass.outputMasks());
      }
      assertEquals(8 * 10, room.get(), "room is given back");
    }
    assertEquals(8 * 10, room.get());
  }

  @Test
  void rowsThatSpill_serveAsWell() throws ProtocolAbortException {
    long[] expected = expected();
    assertArrayEquals(expected, run(new SpillingRows(new AtomicLong(0))));
    AtomicLong room = new AtomicLong(1 << 30);
    assertArrayEquals(expected, run(new SpillingRows(room)));
    assertEquals(1 << 30, room.get());
  }

  @Test
  void rowsThroughAChannel_serveAsWell() throws ProtocolAbortException, IOException {
    Pipe first = Pipe.open();
    Pipe second = Pipe.open();
    // Somebody far away who keeps what comes and sends it back.
    Thread keeper =
        Thread.ofVirtual()
            .start(
                () -> {
                  ChannelRows far = new ChannelRows(second.sink(), first.source());
                  RowPass pass = far.take();
                  far.put(pass);
                });
    long[] result = run(new ChannelRows(first.sink(), second.source()));
    assertArrayEquals(expected(), result);
  }

  @Test
  void channelThatEndsEarly_isAFailureOfTheStore() throws IOException {
    Pipe pipe = Pipe.open();
    pipe.sink().close();
    assertThrows(
        UncheckedIOException.class, () -> new ChannelRows(pipe.sink(), pipe.source()).take());
  }

  /** A full disk: passes cannot be put in, or not taken out. */
  private static final class FailingRows implements RowStore {
    private final boolean puts;
    private final RowStore inner = new MemoryRows();
    private boolean closed;

    FailingRows(boolean puts) {
      this.puts = puts;
    }

    @Override
    public void put(RowPass pass) {
      if (!puts) {
        throw new UncheckedIOException(new IOException("full"));
      }
      inner.put(pass);
    }

    @Override
    public RowPass take() {
      throw new UncheckedIOException(new IOException("damaged"));
    }

    @Override
    public long heapBytes() {
      return inner.heapBytes();
    }

    @Override
    public long storedBytes() {
      return inner.storedBytes();
    }

    @Override
    public void close() {
      closed = true;
      inner.close();
    }
  }

  private static boolean isWiped(EvaluationBatch batch) {
    return batch.inputArrays().flatMapToLong(Arrays::stream).allMatch(word -> word == 0);
  }

  @Test
  void failureOfTheRowStore_leavesNothingBehind() throws ProtocolAbortException {
    for (boolean puts : new boolean[] {false, true}) {
      FailingRows rows = new FailingRows(puts);
      Parties run = new Parties(2, 3);
      run.run(
          (session, self, garbler, random) -> {
            Map<String, long[]> own = Parties.setupInputs(circuit, self, inputs);
            try (GarbledBatch batch =
                garbler.garble(session, ID, circuit, INSTANCES, own, random)) {
              if (puts) {
                Parties.handOver(session, self, batch, circuit, inputs);
              }
            }
          },
          (session, evaluator, random) -> {
            if (!puts) {
              assertThrows(
                  UncheckedIOException.class,
                  () -> evaluator.receive(session, ID, circuit, INSTANCES, rows, random));
            } else {
              EvaluationBatch batch =
                  evaluator.receive(session, ID, circuit, INSTANCES, rows, random);
              Parties.take(session, batch, circuit, inputs);
              assertFalse(isWiped(batch));
              assertThrows(UncheckedIOException.class, batch::evaluate);
              assertTrue(isWiped(batch));
            }
            return new long[0];
          });
      assertTrue(rows.closed);
    }
  }

  private Path file(PartyId party) {
    return folder.resolve(party.name());
  }

  private GarbledBatch loadGarbler(Parties run, Session session)
      throws IOException, BatchFileException {
    return GarbledBatch.load(
        file(session.self()),
        Parties.SESSION,
        run.parties,
        session.self(),
        run.options,
        ID,
        circuit,
        INSTANCES);
  }

  private EvaluationBatch loadEvaluator(Parties run, BatchId id, int instances)
      throws IOException, BatchFileException {
    return EvaluationBatch.load(
        file(run.parties.evaluator()),
        Parties.SESSION,
        run.parties,
        run.options,
        id,
        circuit,
        instances);
  }

  /** Leaves a file of every party behind. */
  private Parties stored() throws ProtocolAbortException {
    Parties run = new Parties(2, 3);
    run.run(
        (session, self, garbler, random) -> {
          Map<String, long[]> own = Parties.setupInputs(circuit, self, inputs);
          GarbledBatch batch = garbler.garble(session, ID, circuit, INSTANCES, own, random);
          unchecked(() -> batch.save(file(session.self()), ID, session.id()));
          for (Circuit.Input input : circuit.inputs()) {
            // It would be handed over twice: here, and out of the file.
            assertThrows(IllegalArgumentException.class, () -> batch.answer(session, input.name()));
          }
        },
        (session, evaluator, random) -> {
          EvaluationBatch batch = evaluator.receive(session, ID, circuit, INSTANCES, random);
          assertFalse(isWiped(batch));
          unchecked(() -> batch.save(file(session.self())));
          assertTrue(isWiped(batch));
          return new long[0];
        });
    return run;
  }

  private interface Action {
    void run() throws IOException, BatchFileException;
  }

  private static void unchecked(Action action) {
    try {
      action.run();
    } catch (IOException | BatchFileException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void storedBatch_isEvaluatedByAnotherProcess() throws ProtocolAbortException {
    Parties run = stored();
    Parties later = new Parties(2, 99);
    Map<String, long[]> learnt = new java.util.concurrent.ConcurrentHashMap<>();
    long[] result =
        later.run(
            (session, self, garbler, random) ->
                unchecked(
                    () -> {
                      try (GarbledBatch batch = loadGarbler(run, session)) {
                        Parties.handOver(session, self, batch, circuit, inputs);
                        Parties.learn(session, self, batch, circuit, learnt);
                      } catch (ProtocolAbortException e) {
                        throw new AssertionError(e);
                      }
                    }),
            (session, evaluator, random) -> {
              try (EvaluationBatch batch = loadEvaluator(run, ID, INSTANCES)) {
                Parties.take(session, batch, circuit, inputs);
                long[] own = batch.evaluate();
                Parties.deliver(session, batch, circuit);
                return own;
              } catch (IOException | BatchFileException e) {
                throw new AssertionError(e);
              }
            });
    assertArrayEquals(
        ClearEvaluator.evaluate(circuit, INSTANCES, inputs),
        Parties.together(circuit, INSTANCES, result, learnt));
    assertFalse(Files.exists(file(run.parties.evaluator())), "a file that was used is gone");
  }

  @Test
  void fileTakenByAProcessThatDied_isRefused() throws ProtocolAbortException, IOException {
    Parties run = stored();
    Path file = file(run.parties.evaluator());
    // A process dies behind the mark: what it was reading is cut off, the mark stays.
    byte[] whole = Files.readAllBytes(file);
    Files.write(file, java.util.Arrays.copyOf(whole, whole.length - 8));
    assertThrows(BatchFileException.class, () -> loadEvaluator(run, ID, INSTANCES));
    byte[] marked = Files.readAllBytes(file);
    System.arraycopy(marked, 0, whole, 0, 16);
    Files.write(file, whole);
    BatchFileException e =
        assertThrows(BatchFileException.class, () -> loadEvaluator(run, ID, INSTANCES));
    String message = e.getMessage();
    assertTrue(message != null && message.contains("used before"), message);
  }

  @Test
  void fileOfAnotherBatch_isRefusedAndStaysFresh()
      throws ProtocolAbortException, IOException, BatchFileException {
    Parties run = stored();
    assertThrows(
        BatchFileException.class, () -> loadEvaluator(run, new BatchId(0, 2, 0), INSTANCES));
    assertThrows(BatchFileException.class, () -> loadEvaluator(run, ID, INSTANCES + 1));
    loadEvaluator(run, ID, INSTANCES).close();
  }

  @Test
  void damagedFile_isRefusedAndUsedUp() throws ProtocolAbortException, IOException {
    Parties run = stored();
    for (PartyId party : List.of(run.parties.evaluator(), run.parties.garblers().getFirst())) {
      Path file = file(party);
      byte[] bytes = Files.readAllBytes(file);
      bytes[bytes.length - 100] ^= 1;
      Files.write(file, bytes);
    }
    BatchFileException damaged =
        assertThrows(BatchFileException.class, () -> loadEvaluator(run, ID, INSTANCES));
    assertTrue(String.valueOf(damaged.getMessage()).contains("checksum"), damaged.getMessage());
    BatchFileException again =
        assertThrows(BatchFileException.class, () -> loadEvaluator(run, ID, INSTANCES));
    assertTrue(String.valueOf(again.getMessage()).contains("used before"), again.getMessage());
    PartyId garbler = run.parties.garblers().getFirst();
    assertThrows(
        BatchFileException.class,
        () ->
            GarbledBatch.load(
                file(garbler),
                Parties.SESSION,
                run.parties,
                garbler,
                run.options,
                ID,
                circuit,
                INSTANCES));
  }

  /** What was handed over before a batch was stored stays handed over; the rest comes later. */
  @Test
  void batchStoredInUse_goesOnWhereItWas() throws ProtocolAbortException {
    Parties run = new Parties(2, 4);
    long[] result =
        run.run(
            (session, self, garbler, random) -> {
              Map<String, long[]> own = Parties.setupInputs(circuit, self, inputs);
              GarbledBatch batch = garbler.garble(session, ID, circuit, INSTANCES, own, random);
              Parties.handOver(session, self, batch, circuit, inputs);
              unchecked(() -> batch.save(file(session.self()), ID, session.id()));
              unchecked(
                  () -> {
                    GarbledBatch later = loadGarbler(run, session);
                    for (Circuit.Input input : circuit.inputs()) {
                      assertThrows(
                          IllegalArgumentException.class,
                          () -> later.answer(session, input.name()));
                    }
                    later.close();
                  });
            },
            (session, evaluator, random) -> {
              EvaluationBatch batch = evaluator.receive(session, ID, circuit, INSTANCES, random);
              Parties.take(session, batch, circuit, inputs);
              unchecked(() -> batch.save(file(session.self())));
              try (EvaluationBatch later = loadEvaluator(run, ID, INSTANCES)) {
                return later.evaluate();
              } catch (IOException | BatchFileException e) {
                throw new AssertionError(e);
              }
            });
    assertArrayEquals(expected(), result);
  }

  @Test
  void otherKindOfFile_isRefused() throws IOException {
    Parties run = new Parties(2, 3);
    Files.writeString(file(run.parties.evaluator()), "not garbling material at all");
    BatchFileException e =
        assertThrows(BatchFileException.class, () -> loadEvaluator(run, ID, INSTANCES));
    String message = e.getMessage();
    assertTrue(message != null && message.startsWith(file(run.parties.evaluator()).toString()));
  }

  /** Three parties, four chunks: everybody evaluates, and nobody's role repeats a secret. */
  @Test
  void partiesThatTakeTurns_evaluateEveryChunk() throws ProtocolAbortException {
    List<PartyId> all = new Parties(2, 5).parties.garblers();
    PartyId third = new Parties(2, 5).parties.evaluator();
    List<PartyId> ring = List.of(all.get(0), all.get(1), third);
    long[] expected = expected();
    Parties run = new Parties(2, 5);
    long[] last =
        run.run(
            (session, self, garbler, random) ->
                assertTrue(rotate(session, ring, random, expected)[0] >= 1),
            (session, evaluator, random) -> rotate(session, ring, random, expected));
    assertArrayEquals(new long[] {1}, last, "the third party evaluates one chunk of four");
  }

  private long[] rotate(Session session, List<PartyId> ring, RandomSource random, long[] expected)
      throws ProtocolAbortException {
    long evaluated = 0;
    try (Rotation rotation = Rotation.open(session, ring, GarblingOptions.standard(), random)) {
      for (int chunk = 0; chunk < 4; chunk++) {
        BatchId id = new BatchId(0, 0, chunk);
        GarblingParties roles = rotation.parties(chunk);
        RandomSource own = random.fork("chunk/" + chunk);
        if (roles.evaluator().equals(session.self())) {
          EvaluationBatch batch =
              rotation.evaluator(chunk).receive(session, id, circuit, INSTANCES, own);
          Parties.take(session, batch, circuit, inputs);
          assertArrayEquals(expected, batch.evaluate());
          evaluated++;
          assertThrows(IllegalArgumentException.class, () -> rotation.garbler(id.chunk()));
        } else {
          int self = roles.garblers().indexOf(session.self());
          Map<String, long[]> setup = Parties.setupInputs(circuit, self, inputs);
          GarbledBatch batch =
              rotation.garbler(chunk).garble(session, id, circuit, INSTANCES, setup, own);
          Parties.handOver(session, self, batch, circuit, inputs);
        }
      }
    }
    return new long[] {evaluated};
  }
}
