package org.secolab.protocol.cut;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.secolab.foundation.secret.Secret;
import org.secolab.mpcgc.multiparty.BatchFileException;
import org.secolab.protocol.material.StoreException;

/**
 * Garbled layers that wait in files, one each: written as soon as they are made, read when they are
 * needed, so that the heap holds one at a time. Failures of the disk are {@link
 * UncheckedIOException}s.
 */
public final class FiledLayers<B extends Secret> implements GarbledLayers<B> {
  /** Writes a batch, for good, and closes it. */
  @FunctionalInterface
  public interface Saving<B> {
    void save(int layer, B batch, Path file) throws IOException;
  }

  /** Reads a batch; its file serves once. */
  @FunctionalInterface
  public interface Loading<B> {
    B load(int layer, Path file) throws IOException, BatchFileException;
  }

  private final Function<String, Path> files;
  private final Saving<B> saving;
  private final Loading<B> loading;
  private final ByNumber<B> loaded = new ByNumber<>("garbled layer");
  private final Set<Integer> there = new HashSet<>();

  private FiledLayers(Function<String, Path> files, Saving<B> saving, Loading<B> loading) {
    this.files = files;
    this.saving = saving;
    this.loading = loading;
  }

  /** Layers on their way out. */
  public static <B extends Secret> FiledLayers<B> out(
      Function<String, Path> files, Saving<B> saving) {
    return new FiledLayers<>(
        files,
        saving,
        (layer, _) -> {
          throw new AssertionError("layer " + layer + " is on its way out");
        });
  }

  /** Layers to be read. */
  public static <B extends Secret> FiledLayers<B> in(
      Function<String, Path> files, Loading<B> loading) {
    return new FiledLayers<>(
        files,
        (layer, _, _) -> {
          throw new AssertionError("layer " + layer + " is on its way in");
        },
        loading);
  }

  private Path file(int layer) {
    return files.apply(String.format(Locale.ROOT, "layer-%03d", layer));
  }

  @Override
  public void put(int layer, B batch) {
    try {
      saving.save(layer, batch, file(layer));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public B at(int layer) {
    if (there.add(layer)) {
      Path file = file(layer);
      try {
        loaded.put(layer, loading.load(layer, file));
      } catch (BatchFileException e) {
        throw new UncheckedIOException(new StoreException(e));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return loaded.at(layer);
  }

  @Override
  public long total(ToLongFunction<B> size) {
    return loaded.total(size);
  }

  @Override
  public void forEach(Consumer<B> action) {
    loaded.forEach(action);
  }

  @Override
  public String toString() {
    return "FiledLayers";
  }
}
