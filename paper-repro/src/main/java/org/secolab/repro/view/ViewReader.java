package org.secolab.repro.view;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads one party's view line by line, and notices if the file is damaged or cut short. */
public final class ViewReader implements AutoCloseable {
  private final Path file;
  private final BufferedReader in;
  private final String party;
  private int lines;
  private long messages;

  /**
   * Opens the view of {@code party}.
   *
   * @throws ViewFormatException if there is none, or the file is something else
   */
  public ViewReader(Path folder, String party) throws ViewFormatException, IOException {
    this.party = party;
    file = folder.resolve(ViewRecorder.fileName(party));
    if (!Files.isRegularFile(file)) {
      throw new ViewFormatException(file + ": no such view");
    }
    in = Files.newBufferedReader(file);
    try {
      JsonNode head = line();
      if (!head.path("record").asText().equals("view")
          || head.path("format").asInt() != ViewRecorder.FORMAT
          || !head.path("party").asText().equals(party)) {
        throw wrong("expected a view of " + party + " in format " + ViewRecorder.FORMAT);
      }
    } catch (ViewFormatException | IOException e) {
      in.close();
      throw e;
    }
  }

  /**
   * The parties whose views {@code folder} holds, as {@code run.json} lists them.
   *
   * @throws ViewFormatException if it is not the folder of a recorded run
   */
  public static List<String> parties(Path folder) throws ViewFormatException, IOException {
    Path run = folder.resolve("run.json");
    if (!Files.isRegularFile(run)) {
      throw new ViewFormatException(run + ": expected the folder of a recorded run, no such file");
    }
    JsonNode views;
    try {
      views = ViewRecorder.MAPPER.readTree(run.toFile()).path("views");
    } catch (JsonProcessingException e) {
      throw new ViewFormatException(run + ": expected JSON, got something else");
    }
    List<String> parties = new ArrayList<>();
    for (JsonNode view : views) {
      parties.add(view.asText().replaceFirst("^view-(.*)\\.jsonl$", "$1"));
    }
    if (parties.isEmpty()) {
      throw new ViewFormatException(run + ": expected views, this run has none");
    }
    return parties;
  }

  /** Whose view it is. */
  public String party() {
    return party;
  }

  /**
   * The next message; null after the last one.
   *
   * @throws ViewFormatException if a line is no JSON, a message is missing or the end is
   */
  public @Nullable ViewMessage next() throws ViewFormatException, IOException {
    while (true) {
      JsonNode line = line();
      switch (line.path("record").asText()) {
        case "message" -> {
          ViewMessage message = ViewMessage.of(line);
          if (message.number() != ++messages) {
            throw wrong("expected message " + messages + ", got " + message.number());
          }
          return message;
        }
        case "end" -> {
          if (line.path("messages").asLong() != messages) {
            throw wrong(
                "expected " + line.path("messages").asLong() + " messages, got " + messages);
          }
          return null;
        }
        default -> {}
      }
    }
  }

  private JsonNode line() throws ViewFormatException, IOException {
    lines++;
    String line = in.readLine();
    if (line == null) {
      throw wrong("the file ends before its record \"end\"");
    }
    try {
      return ViewRecorder.MAPPER.readTree(line);
    } catch (JsonProcessingException e) {
      throw wrong("expected a JSON object");
    }
  }

  private ViewFormatException wrong(String what) {
    return new ViewFormatException(file + ": line " + lines + ": " + what);
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
