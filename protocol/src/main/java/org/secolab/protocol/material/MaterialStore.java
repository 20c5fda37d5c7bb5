package org.secolab.protocol.material;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.secolab.foundation.party.SessionId;
import org.secolab.foundation.wire.MalformedMessageException;
import org.secolab.foundation.wire.WireReader;
import org.secolab.foundation.wire.WireWriter;

/**
 * One party's prepared material in a folder of its own: what is reusable, and a folder for each
 * inference, which serves once, also across crashes and restarts.
 *
 * <p>The file {@code next} holds the least number that may still be used, and only ever grows.
 * {@link #take} raises it above the number taken, forced to the disk, before it hands out anything:
 * whatever happens afterwards, that number and all below it are burnt, and a copy of them that
 * somebody puts back is deleted unread. One process at a time: an open store is locked.
 *
 * <pre>
 *   header      whose it is, and the run that began it
 *   keys        what is reusable
 *   next        the least number that may be used
 *   000007/     the material of inference 7: tensors in "material", garbled layers beside it
 * </pre>
 */
public final class MaterialStore implements AutoCloseable {
  /** Numbers are below this: they are names of six digits. */
  static final int NUMBERS = 1_000_000;

  private static final String HEADER = "header";
  private static final String KEYS = "keys";
  private static final String NEXT = "next";
  private static final String LOCK = "lock";
  private static final String UNFINISHED = ".new";

  private final Path folder;
  private final StoreOwner owner;
  private final Disk disk;
  private final FileChannel lockFile;
  // By number: the run in which it was made.
  private final SortedMap<Integer, SessionId> made = new TreeMap<>();
  private @Nullable SessionId id;
  private int next;

  private MaterialStore(Path folder, StoreOwner owner, Disk disk, FileChannel lockFile)
      throws IOException {
    this.folder = folder;
    this.owner = owner;
    this.disk = disk;
    this.lockFile = lockFile;
    if (isIn(folder)) {
      Header header = Header.of(folder);
      if (!header.owner.equals(owner)) {
        throw new StoreException(
            folder, "expected material of " + owner + ", got that of " + header.owner);
      }
      id = header.id;
      SessionId named = header.id;
      next = SealedFile.read(folder.resolve(NEXT), NEXT, in -> readNext(in, named));
    }
    sweep();
  }

  /** What stands in the header. */
  private record Header(StoreOwner owner, SessionId id) {
    static Header of(Path folder) throws StoreException {
      return SealedFile.read(
          folder.resolve(HEADER),
          HEADER,
          in -> new Header(StoreOwner.read(in), new SessionId(in.i64(), in.i64())));
    }
  }

  /**
   * What a folder holds, looked at from outside.
   *
   * @param owner whose it is
   * @param left prepared inferences not used yet
   * @param bytes that they take
   */
  public record Summary(StoreOwner owner, int left, long bytes) {}

  /** Opens the store in {@code folder}, or begins one if there is nothing. */
  public static MaterialStore open(Path folder, StoreOwner owner) throws IOException {
    return open(folder, owner, new DurableDisk());
  }

  static MaterialStore open(Path folder, StoreOwner owner, Disk disk) throws IOException {
    disk.createFolder(folder);
    FileChannel lockFile = lock(folder);
    try {
      return new MaterialStore(folder, owner, disk, lockFile);
    } catch (IOException | RuntimeException e) {
      lockFile.close();
      throw e;
    }
  }

  private static FileChannel lock(Path folder) throws IOException {
    FileChannel file =
        FileChannel.open(folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      FileLock lock = file.tryLock();
      if (lock != null) {
        return file;
      }
    } catch (OverlappingFileLockException e) {
      // Said below.
    }
    file.close();
    throw new StoreException(folder, "expected a store that nobody uses, another process does");
  }

  /** Whether {@code folder} holds a store. */
  public static boolean isIn(Path folder) {
    return Files.exists(folder.resolve(HEADER));
  }

  /**
   * Looks at the store in {@code folder}; a party may be using it.
   *
   * @throws StoreException if there is none, or it is damaged
   */
  public static Summary summary(Path folder) throws IOException {
    Header header = Header.of(folder);
    int next = SealedFile.read(folder.resolve(NEXT), NEXT, in -> readNext(in, header.id));
    int left = 0;
    long bytes = 0;
    for (Path each : contents(folder)) {
      if (number(each) >= next) {
        left++;
        bytes += size(each);
      }
    }
    return new Summary(header.owner, left, bytes);
  }

  private static long size(Path folder) throws IOException {
    long bytes = 0;
    for (Path file : contents(folder)) {
      bytes += Files.size(file);
    }
    return bytes;
  }

  private static List<Path> contents(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }

  /** The number of an inference's folder, or −1 of something else. */
  private static int number(Path path) {
    String name = String.valueOf(path.getFileName());
    return name.matches("[0-9]{6}") && Files.isDirectory(path) ? Integer.parseInt(name) : -1;
  }

  /** Deletes what is burnt or unfinished, and counts the rest. */
  private void sweep() throws IOException {
    for (Path path : contents(folder)) {
      String name = String.valueOf(path.getFileName());
      int number = number(path);
      if (name.endsWith(UNFINISHED) || name.endsWith(".tmp") || (number >= 0 && number < next)) {
        disk.delete(path);
      } else if (number >= 0) {
        if (id == null) {
          throw new StoreException(
              folder, "expected a store with a header, got material without one");
        }
        made.put(number, MaterialReader.peek(path).made());
      }
    }
  }

  /** The run that began this store; empty if it is new. */
  public Optional<SessionId> id() {
    return Optional.ofNullable(id);
  }

  /** Where it is. */
  public Path folder() {
    return folder;
  }

  /** Numbers of prepared inferences that were not used yet. */
  public SortedSet<Integer> numbers() {
    return new TreeSet<>(made.keySet());
  }

  /** The same with the runs in which they were made. */
  SortedMap<Integer, SessionId> made() {
    return new TreeMap<>(made);
  }

  /** The least number that may be used. */
  public int next() {
    return next;
  }

  /** The least number above everything that is there or was burnt. */
  public int end() {
    return made.isEmpty() ? next : Math.max(next, made.lastKey() + 1);
  }

  /** Whether nothing was ever prepared in it, so that nobody can depend on its keys. */
  boolean isBlank() {
    return next == 0 && made.isEmpty();
  }

  /**
   * Begins a store, which may have been begun before if it is blank.
   *
   * @param begun the run in which all parties begin theirs
   * @param reusable what every later run needs: keys; zeroised once written
   */
  public void begin(SessionId begun, WireWriter reusable) throws IOException {
    if (!isBlank()) {
      throw new IllegalStateException("expected a blank store, got one with material");
    }
    id = null;
    disk.delete(folder.resolve(HEADER));
    SealedFile.write(disk, folder.resolve(KEYS), KEYS, reusable);
    writeNext(begun, 0);
    WireWriter header = new WireWriter(256);
    owner.writeTo(header);
    header.i64(begun.high()).i64(begun.low());
    // Last: only with a header a store is one.
    SealedFile.write(disk, folder.resolve(HEADER), HEADER, header);
    id = begun;
  }

  private void writeNext(SessionId of, int number) throws IOException {
    WireWriter content = new WireWriter(32).i64(of.high()).i64(of.low()).i32(number);
    SealedFile.write(disk, folder.resolve(NEXT), NEXT, content);
    next = number;
  }

  private static int readNext(WireReader in, SessionId expected) throws MalformedMessageException {
    SessionId found = new SessionId(in.i64(), in.i64());
    int number = in.i32();
    if (!found.equals(expected) || number < 0 || number > NUMBERS) {
      throw new MalformedMessageException("expected a number of store " + expected);
    }
    return number;
  }

  private SessionId begun() {
    if (id == null) {
      throw new IllegalStateException("expected a store that was begun, got a new one");
    }
    return id;
  }

  /** Makes sense of bytes that {@link #begin} was given. */
  @FunctionalInterface
  public interface Contents<T> {
    T read(WireReader in) throws MalformedMessageException;
  }

  /** What {@link #begin} was given. */
  public <T> T reusable(Contents<T> reader) throws StoreException {
    begun();
    return SealedFile.read(folder.resolve(KEYS), KEYS, reader);
  }

  private Path place(int number) {
    return folder.resolve(String.format(Locale.ROOT, "%06d", number));
  }

  /**
   * A place for the material of inference {@code number}, which counts once {@link
   * MaterialWriter#commit} returns.
   *
   * @param run the run in which it is made
   */
  public MaterialWriter put(int number, SessionId run) throws IOException {
    if (number < next || number >= NUMBERS || made.containsKey(number)) {
      throw new IllegalArgumentException(
          "expected a number from " + next + " on that is not taken, got " + number);
    }
    Path target = place(number);
    Path unfinished = target.resolveSibling(target.getFileName() + UNFINISHED);
    disk.delete(unfinished);
    disk.createFolder(unfinished);
    return new MaterialWriter(
        disk,
        unfinished,
        target,
        new MaterialId(begun(), run, number),
        () -> made.put(number, run));
  }

  /**
   * Hands out the material of inference {@code number}, once: it and all below are burnt before
   * this returns.
   *
   * @throws IllegalStateException if it was used before
   * @throws StoreException if there is none, or it is damaged; burnt all the same
   */
  public MaterialReader take(int number) throws IOException {
    if (number < next) {
      throw new IllegalStateException(
          "expected an unused inference, from " + next + " on, got " + number);
    }
    if (!made.containsKey(number)) {
      throw new StoreException(folder, "expected material of inference " + number + ", got none");
    }
    writeNext(begun(), number + 1);
    while (!made.isEmpty() && made.firstKey() < number) {
      int skipped = made.firstKey();
      disk.delete(place(skipped));
      made.remove(skipped);
    }
    made.remove(number);
    return MaterialReader.open(disk, place(number), begun(), number);
  }

  /** Lets others open it. */
  @Override
  public void close() throws IOException {
    lockFile.close();
  }

  @Override
  public String toString() {
    return "MaterialStore[" + folder + "]";
  }
}
