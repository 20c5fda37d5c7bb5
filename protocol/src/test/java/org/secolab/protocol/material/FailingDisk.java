package org.secolab.protocol.material;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A disk that dies at its n-th operation, before it or right after it, and stays dead; it also
 * keeps a list of what was done.
 */
public final class FailingDisk {
  private final Disk real = new DurableDisk();
  private final List<String> done = Collections.synchronizedList(new ArrayList<>());
  private final int lastOperation;
  private final boolean doesTheLast;

  /**
   * A disk that dies.
   *
   * @param lastOperation the number of the operation it dies in, from 0 on
   * @param doesTheLast whether that operation is done
   */
  public FailingDisk(int lastOperation, boolean doesTheLast) {
    this.lastOperation = lastOperation;
    this.doesTheLast = doesTheLast;
  }

  /** A disk that never dies. */
  public static FailingDisk never() {
    return new FailingDisk(Integer.MAX_VALUE, true);
  }

  /** Opens a store on this disk. */
  public MaterialStore open(Path folder, StoreOwner owner) throws IOException {
    return MaterialStore.open(folder, owner, new Operations());
  }

  /** What was done, in order: operation and name. */
  public List<String> done() {
    return done;
  }

  /** Notes something else in the same list. */
  public void note(String what) {
    done.add(what);
  }

  private interface Operation {
    void run() throws IOException;
  }

  private int count;

  private synchronized void run(String name, Path path, Operation operation) throws IOException {
    int number = count++;
    if (number < lastOperation || (number == lastOperation && doesTheLast)) {
      operation.run();
      done.add(name + " " + path.getFileName());
    }
    if (number >= lastOperation) {
      throw new IOException("the machine has stopped");
    }
  }

  private final class Operations implements Disk {
    @Override
    public void createFolder(Path folder) throws IOException {
      run("create", folder, () -> real.createFolder(folder));
    }

    @Override
    public void write(Path file, byte[] content) throws IOException {
      run("write", file, () -> real.write(file, content));
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
      run("rename", to, () -> real.rename(from, to));
    }

    @Override
    public void delete(Path path) throws IOException {
      run("delete", path, () -> real.delete(path));
    }
  }
}
