package org.secolab.testvectors;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.Test;

class VectorFileTest {
  private static final String GOOD =
      """
      {"format":1,"area":"a","name":"n","source":"s","count":2,"vectors":[{"x":1},{"x":2}]}""";

  private static VectorFile<Integer> parse(String json) {
    try {
      return VectorFile.parse(
          "here", "a", "n", new ObjectMapper().readTree(json), vector -> vector.get("x").asInt());
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  private static void expectRefused(String from, String to) {
    assertEquals(true, GOOD.contains(from), "the test changes something");
    String bad = GOOD.replace(from, to);
    assertThrows(IllegalArgumentException.class, () -> parse(bad));
  }

  @Test
  void declaredVectors_areLoaded() {
    VectorFile<Integer> file = parse(GOOD);
    assertEquals(List.of(1, 2), file.vectors());
    assertEquals("s", file.source());
  }

  @Test
  void fileThatIsNotWhatItDeclares_isRefused() {
    expectRefused("\"count\":2", "\"count\":3");
    expectRefused("\"count\":2", "\"count\":1");
    expectRefused("\"count\":2,\"vectors\":[{\"x\":1},{\"x\":2}]", "\"count\":0,\"vectors\":[]");
    expectRefused("\"count\":2,", "");
    expectRefused("\"format\":1", "\"format\":2");
    expectRefused("\"area\":\"a\"", "\"area\":\"b\"");
    expectRefused("\"name\":\"n\"", "\"name\":\"m\"");
    expectRefused("\"source\":\"s\",", "");
  }

  @Test
  void missingFile_isRefused() {
    assertThrows(
        IllegalArgumentException.class, () -> VectorFile.load("no", "such", JsonNode::asText));
  }

  @Test
  void integers_mayBeNumbersOrStrings() throws JsonProcessingException {
    JsonNode array = new ObjectMapper().readTree("[1, \"9223372036854775807\", -3]");
    assertArrayEquals(new long[] {1, Long.MAX_VALUE, -3}, VectorFile.longs(array));
    assertThrows(IllegalArgumentException.class, () -> VectorFile.longs(array.get(0)));
  }
}
