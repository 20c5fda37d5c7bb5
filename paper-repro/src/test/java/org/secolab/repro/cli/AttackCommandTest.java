package org.secolab.repro.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.secolab.protocol.adversary.AttackLab;

/**
 * {@code seco attack} as people and scripts see it; that attacks end as they should is elsewhere.
 */
final class AttackCommandTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... arguments) {
    return Seco.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
  }

  @Test
  void listWithoutRunning_namesEveryLab() {
    assertEquals(0, run("attack", "list", "--no-run"), err::toString);
    assertEquals(AttackLab.all().size(), out.toString().lines().count());
    AttackLab.all().forEach(lab -> assertTrue(out.toString().contains(lab.name()), lab::name));
  }

  @Test
  void oneAttack_saysWhatItGotInBothDirections() {
    assertEquals(0, run("attack", "missing-instance-tweak"), err::toString);
    assertTrue(out.toString().contains("32 of 32 differences"), out::toString);
    assertTrue(out.toString().contains("0 of 32 differences"), out::toString);
    assertTrue(out.toString().contains("docs/attacks/missing-instance-tweak.md"), out::toString);
  }

  @Test
  void json_isOneObject_andASeedIsMarkedAndReproducible() throws IOException {
    String[] arguments = {"attack", "fixed-key-hash", "--json", "--seed", "0a"};
    assertEquals(0, run(arguments), err::toString);
    JsonNode first = new ObjectMapper().readTree(out.toString());
    assertTrue(first.get("notice").asText().startsWith("INSECURE"));
    JsonNode lab = first.get("labs").get(0);
    assertEquals(64, lab.get("weakened").get("right").asInt());
    assertTrue(lab.get("asExpected").asBoolean());
    out.getBuffer().setLength(0);
    assertEquals(0, run(arguments), err::toString);
    JsonNode second = new ObjectMapper().readTree(out.toString()).get("labs").get(0);
    assertEquals(lab.get("default"), second.get("default"));
  }

  @Test
  void unknownAttack_isRefusedInOneLine() {
    assertEquals(2, run("attack", "phrenology"));
    assertEquals(1, err.toString().lines().count(), err::toString);
    assertTrue(err.toString().contains("silent-gateway"), err::toString);
    assertEquals(2, run("attack", "mask-reuse", "--no-run"));
  }
}
