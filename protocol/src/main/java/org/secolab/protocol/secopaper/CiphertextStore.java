package org.secolab.protocol.secopaper;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;
import org.secolab.foundation.wire.MalformedMessageException;
import org.secolab.foundation.wire.WireReader;
import org.secolab.foundation.wire.WireWriter;
import org.secolab.lattice.rlwe.Ciphertext;
import org.secolab.lattice.rlwe.RlweParameters;

/**
 * Ciphertexts that are read again in every inference: some of them in the heap, the others in a
 * temporary file, packed as on the wire. A deep network has more encrypted weights than a heap has
 * room. For one thread.
 */
final class CiphertextStore implements AutoCloseable {
  /** What ciphertexts may take of the heap. */
  static final long HEAP_BYTES = 1L << 28;

  private final RlweParameters parameters;
  private final int wireBytes;
  private final long inHeap;
  private @Nullable FileChannel file;
  private long count;

  /** A ciphertext in the store. */
  @FunctionalInterface
  interface Stored {
    /** The ciphertext; the same object only if it lies in the heap. */
    Ciphertext read();
  }

  /**
   * An empty store.
   *
   * @param heapBytes what may stay in the heap
   */
  CiphertextStore(RlweParameters parameters, long heapBytes) {
    this.parameters = parameters;
    wireBytes = Ciphertext.wireBytes(parameters);
    inHeap = heapBytes / (2L * Long.BYTES * parameters.ring().size() * parameters.ring().degree());
  }

  /** Keeps {@code ciphertext}. */
  Stored put(Ciphertext ciphertext) {
    long number = count++;
    if (number < inHeap) {
      return () -> ciphertext;
    }
    long position = (number - inHeap) * wireBytes;
    WireWriter out = new WireWriter(wireBytes);
    ciphertext.writeTo(out);
    try {
      FileChannel channel = file();
      ByteBuffer bytes = ByteBuffer.wrap(out.take());
      while (bytes.hasRemaining()) {
        channel.write(bytes, position + bytes.position());
      }
      return () -> read(channel, position);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** For its owner only, and nameless: its space is free when the process ends. */
  private FileChannel file() throws IOException {
    FileChannel channel = file;
    if (channel == null) {
      Path path = Files.createTempFile("seco", ".ciphertexts");
      channel = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
      file = channel;
      Files.delete(path);
    }
    return channel;
  }

  private Ciphertext read(FileChannel channel, long position) {
    ByteBuffer bytes = ByteBuffer.allocate(wireBytes);
    try {
      while (bytes.hasRemaining()) {
        if (channel.read(bytes, position + bytes.position()) < 0) {
          throw new EOFException("expected more ciphertexts, got the end of the file");
        }
      }
      return Ciphertext.read(new WireReader(bytes.array()), parameters);
    } catch (MalformedMessageException e) {
      throw new UncheckedIOException(new IOException(e));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Closes the file; what lies there cannot be read any more. */
  @Override
  public void close() {
    if (file != null) {
      try {
        file.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  @Override
  public String toString() {
    return "CiphertextStore";
  }
}
