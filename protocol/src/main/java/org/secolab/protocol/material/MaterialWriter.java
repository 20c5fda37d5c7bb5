package org.secolab.protocol.material;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.secolab.foundation.wire.WireWriter;

/** Takes the material of one inference, piece by piece; nobody sees any of it before the end. */
public final class MaterialWriter implements AutoCloseable {
  static final String MATERIAL = "material";

  private final Disk disk;
  private final Path folder;
  private final Path target;
  private final MaterialId id;
  private final Runnable done;
  private final WireWriter tensors = new WireWriter(1 << 16);
  private final List<String> files = new ArrayList<>();
  private int count;
  private boolean committed;

  MaterialWriter(Disk disk, Path folder, Path target, MaterialId id, Runnable done) {
    this.disk = disk;
    this.folder = folder;
    this.target = target;
    this.id = id;
    this.done = done;
  }

  /** Which material it is. */
  public MaterialId id() {
    return id;
  }

  /** A tensor, by a name and a number. */
  public void tensor(String name, int number, long[] values) {
    tensors.text(name).i32(number).i32(values.length).words(values, 0, values.length);
    count++;
  }

  /** Where somebody may write a file, forced to the disk, before {@link #commit}. */
  public Path file(String name) {
    files.add(name);
    return folder.resolve(name);
  }

  /**
   * Makes the material count: all of it, or after a failure none.
   *
   * @return what it takes on the disk
   */
  public long commit() throws IOException {
    WireWriter content = new WireWriter(tensors.size() + 1024);
    id.writeTo(content);
    content.i32(files.size());
    long bytes = 0;
    for (String name : files) {
      long size = Files.size(folder.resolve(name));
      content.text(name).i64(size);
      bytes += size;
    }
    byte[] all = tensors.toByteArray();
    content.i32(count).bytes(all);
    Arrays.fill(all, (byte) 0);
    SealedFile.write(disk, folder.resolve(MATERIAL), MATERIAL, content);
    disk.rename(folder, target);
    committed = true;
    done.run();
    return bytes + content.size();
  }

  /** Deletes what was not committed, and zeroises it here. */
  @Override
  public void close() throws IOException {
    tensors.wipe();
    if (!committed) {
      disk.delete(folder);
    }
  }

  @Override
  public String toString() {
    return "MaterialWriter";
  }
}
