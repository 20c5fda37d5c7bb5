package org.secolab.mpcgc.multiparty;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;

/**
 * Rows that leave through one channel and come back through another: a pipe, a socket to a machine
 * that stores them, or twice the same file. Neither channel is closed here.
 */
public final class ChannelRows implements RowStore {
  private static final int BUFFER_BYTES = 1 << 20;
  private static final long LARGEST_PART = 1 << 28;

  private final WritableByteChannel out;
  private final ReadableByteChannel in;
  private final long largestPart;
  private final ByteBuffer buffer =
      ByteBuffer.allocateDirect(BUFFER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
  private long outside;

  /** Writes to {@code out} and reads the same bytes from {@code in}. */
  public ChannelRows(WritableByteChannel out, ReadableByteChannel in) {
    this(out, in, LARGEST_PART);
  }

  /** The same, with at most {@code largestPart} words in a part. */
  ChannelRows(WritableByteChannel out, ReadableByteChannel in, long largestPart) {
    this.out = out;
    this.in = in;
    this.largestPart = largestPart;
  }

  @Override
  public void put(RowPass pass) {
    try {
      for (long[] part : pass.parts()) {
        write(out, part);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    outside += 8 * pass.words();
    pass.clear();
  }

  @Override
  public RowPass take() {
    try {
      RowPass pass = new RowPass(read(in), read(in), read(in));
      outside -= 8 * pass.words();
      return pass;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A count, then the words. */
  void write(WritableByteChannel channel, long[] words) throws IOException {
    buffer.clear().putLong(words.length);
    for (int at = 0; ; ) {
      int n = Math.min(buffer.remaining() / 8, words.length - at);
      buffer.asLongBuffer().put(words, at, n);
      buffer.position(buffer.position() + 8 * n);
      at += n;
      buffer.flip();
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      if (at == words.length) {
        return;
      }
      buffer.clear();
    }
  }

  /** What {@link #write} wrote. */
  long[] read(ReadableByteChannel channel) throws IOException {
    fill(channel, 8);
    long length = buffer.getLong();
    if (length < 0 || length > largestPart) {
      throw new IOException("expected at most " + largestPart + " words, got " + length);
    }
    long[] words = new long[(int) length];
    for (int at = 0; at < words.length; ) {
      int n = Math.min(BUFFER_BYTES / 8, words.length - at);
      fill(channel, 8 * n);
      buffer.asLongBuffer().get(words, at, n);
      at += n;
    }
    return words;
  }

  private void fill(ReadableByteChannel channel, int bytes) throws IOException {
    buffer.clear().limit(bytes);
    while (buffer.hasRemaining()) {
      if (channel.read(buffer) < 0) {
        throw new EOFException("expected more rows, got the end of the channel");
      }
    }
    buffer.flip();
  }

  @Override
  public long heapBytes() {
    return 0;
  }

  @Override
  public long storedBytes() {
    return outside;
  }

  /** Forgets what the buffer holds. */
  @Override
  public void close() {
    buffer.clear();
    while (buffer.hasRemaining()) {
      buffer.put((byte) 0);
    }
  }

  @Override
  public String toString() {
    return "ChannelRows";
  }
}
