package org.secolab.protocol.material;

import java.io.IOException;
import java.nio.file.Path;

/**
 * The file operations that a store's promises rest on. Each is done, also on the disk, when it
 * returns; if it fails or the process dies in it, it is done or not done, never half.
 */
interface Disk {
  /** Creates a folder that only its owner can enter, if there is none. */
  void createFolder(Path folder) throws IOException;

  /** Writes the whole of a file that only its owner can read, replacing what was there. */
  void write(Path file, byte[] content) throws IOException;

  /** Gives a folder another name in the same place. */
  void rename(Path from, Path to) throws IOException;

  /** Deletes a file or a folder with all it holds; harmless if there is none. */
  void delete(Path path) throws IOException;
}
