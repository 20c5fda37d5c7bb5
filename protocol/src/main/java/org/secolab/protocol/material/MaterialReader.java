package org.secolab.protocol.material;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import org.secolab.foundation.party.SessionId;
import org.secolab.foundation.wire.MalformedMessageException;
import org.secolab.foundation.wire.WireReader;

/** The material of one inference, taken out of a store; its folder goes when this is closed. */
public final class MaterialReader implements AutoCloseable {
  private record Key(String name, int number) {}

  private final Disk disk;
  private final Path folder;
  private final MaterialId id;
  private final Map<Key, long[]> tensors;
  private final long bytes;

  private MaterialReader(Disk disk, Path folder, Content content, long bytes) {
    this.disk = disk;
    this.folder = folder;
    this.id = content.id;
    this.tensors = content.tensors;
    this.bytes = bytes;
  }

  private record Content(
      MaterialId id, SequencedMap<String, Long> files, Map<Key, long[]> tensors) {
    static Content read(WireReader in) throws MalformedMessageException {
      MaterialId id = MaterialId.read(in);
      SequencedMap<String, Long> files = new LinkedHashMap<>();
      for (int left = in.count(10); left > 0; left--) {
        files.put(in.text(), in.i64());
      }
      Map<Key, long[]> tensors = new HashMap<>();
      for (int left = in.count(10); left > 0; left--) {
        Key key = new Key(in.text(), in.i32());
        tensors.put(key, in.words(in.count(8)));
      }
      return new Content(id, files, tensors);
    }
  }

  /**
   * Which material lies in a folder, by its first bytes: that it is whole turns out when it is
   * opened.
   *
   * @throws StoreException if there is none
   */
  static MaterialId peek(Path folder) throws StoreException {
    return SealedFile.peek(
        folder.resolve(MaterialWriter.MATERIAL),
        MaterialWriter.MATERIAL,
        MaterialId.BYTES,
        MaterialId::read);
  }

  static MaterialReader open(Disk disk, Path folder, SessionId store, int number)
      throws IOException {
    Path file = folder.resolve(MaterialWriter.MATERIAL);
    Content content = SealedFile.read(file, MaterialWriter.MATERIAL, Content::read);
    if (!content.id.store().equals(store) || content.id.number() != number) {
      throw new StoreException(
          file,
          String.format(
              "expected inference %d of store %s, got %d of %s",
              number, store, content.id.number(), content.id.store()));
    }
    long bytes = Files.size(file);
    for (Map.Entry<String, Long> entry : content.files.entrySet()) {
      Path part = folder.resolve(entry.getKey());
      long size = Files.exists(part) ? Files.size(part) : -1;
      if (size != entry.getValue()) {
        throw new StoreException(
            part,
            size < 0
                ? "expected a part of the material, got no file"
                : "expected " + entry.getValue() + " bytes, got " + size);
      }
      bytes += size;
    }
    return new MaterialReader(disk, folder, content, bytes);
  }

  /** Which material it is. */
  public MaterialId id() {
    return id;
  }

  /** What it takes on the disk. */
  public long bytes() {
    return bytes;
  }

  /** Where a file is that was written by this name. */
  public Path file(String name) {
    return folder.resolve(name);
  }

  /**
   * Hands over a tensor.
   *
   * @param size how many values it must have
   * @throws StoreException if there is no such tensor
   */
  public long[] tensor(String name, int number, int size) throws StoreException {
    long[] values = tensors.remove(new Key(name, number));
    if (values == null || values.length != size) {
      throw new StoreException(
          folder.resolve(MaterialWriter.MATERIAL),
          String.format("expected a %s of %d values for layer %d", name, size, number));
    }
    return values;
  }

  /** Deletes all of it. */
  @Override
  public void close() throws IOException {
    disk.delete(folder);
  }

  @Override
  public String toString() {
    return "MaterialReader";
  }
}
