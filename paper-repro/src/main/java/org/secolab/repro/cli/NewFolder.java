package org.secolab.repro.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A folder that appears with all its files, or not at all. */
final class NewFolder {
  /** Fills a folder. */
  @FunctionalInterface
  interface Content<X extends Exception> {
    void writeInto(Path folder) throws IOException, X;
  }

  private NewFolder() {}

  /**
   * Writes beside {@code folder} and moves.
   *
   * @throws IllegalArgumentException if there is such a folder already and it is not empty, or if
   *     it cannot be written
   * @throws X if the content does
   */
  static <X extends Exception> void write(String option, Path folder, Content<X> content) throws X {
    Path target = folder.toAbsolutePath().normalize();
    Path parent = target.getParent();
    if (parent == null) {
      throw new IllegalArgumentException(option + ": expected a new folder, got " + folder);
    }
    try {
      if (Files.exists(target) && !isEmptyFolder(target)) {
        throw new IllegalArgumentException(
            option + ": expected a new or empty folder, got " + folder);
      }
      Files.createDirectories(parent);
      Path temporary = Files.createTempDirectory(parent, ".new");
      try {
        content.writeInto(temporary);
        Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        delete(temporary);
      }
    } catch (IOException e) {
      throw new IllegalArgumentException(option + ": cannot write " + folder + ": " + e, e);
    }
  }

  private static boolean isEmptyFolder(Path path) throws IOException {
    if (!Files.isDirectory(path)) {
      return false;
    }
    try (Stream<Path> files = Files.list(path)) {
      return files.findAny().isEmpty();
    }
  }

  private static void delete(Path folder) throws IOException {
    if (Files.exists(folder)) {
      List<Path> all;
      try (Stream<Path> files = Files.walk(folder)) {
        all = files.sorted(Comparator.reverseOrder()).toList();
      }
      for (Path path : all) {
        Files.delete(path);
      }
    }
  }
}
