package org.secolab.modelio.input;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** NumPy's archives: a ZIP file of NPY files. */
final class Npz {
  private static final int MAXIMUM_ENTRIES = 1000;

  private Npz() {}

  static boolean matches(byte[] start) {
    return start.length >= 4
        && start[0] == 'P'
        && start[1] == 'K'
        && start[2] == 3
        && start[3] == 4;
  }

  /** The first array whose dimensions fit. */
  static ArrayStream open(String file, InputStream in, Predicate<List<Integer>> fits, String what)
      throws IOException, InputFormatException {
    ZipInputStream zip = new ZipInputStream(in);
    List<String> found = new ArrayList<>();
    ZipEntry entry = zip.getNextEntry();
    while (entry != null && found.size() < MAXIMUM_ENTRIES) {
      if (entry.getName().endsWith(".npy")) {
        ArrayStream array = Npy.open(file + "/" + entry.getName(), zip);
        if (fits.test(array.dimensions())) {
          return array;
        }
        found.add(entry.getName() + " (" + ArrayStream.text(array.dimensions()) + ")");
      }
      entry = zip.getNextEntry();
    }
    throw new InputFormatException(
        file, "expected " + what + ", found " + (found.isEmpty() ? "no arrays" : found));
  }
}
