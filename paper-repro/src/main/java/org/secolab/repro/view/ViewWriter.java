package org.secolab.repro.view;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** One party's file while it is written: one JSON object a line. */
final class ViewWriter implements AutoCloseable {
  private final BufferedWriter out;
  private long messages;
  private long bytesSent;
  private long bytesReceived;

  ViewWriter(Path file, ObjectNode head) {
    try {
      out = Files.newBufferedWriter(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    line(head);
  }

  void line(ObjectNode node) {
    try {
      out.write(ViewRecorder.MAPPER.writeValueAsString(node));
      out.newLine();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Counts a message and gives it its number, from 1 on. */
  long count(boolean sent, int bytes) {
    if (sent) {
      bytesSent += bytes;
    } else {
      bytesReceived += bytes;
    }
    return ++messages;
  }

  void end(ObjectNode node) {
    node.put("messages", messages).put("bytesSent", bytesSent).put("bytesReceived", bytesReceived);
    line(node);
    close();
  }

  @Override
  public void close() {
    try {
      out.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
