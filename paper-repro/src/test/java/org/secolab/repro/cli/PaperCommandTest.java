package org.secolab.repro.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The protocols as printed on the command line: the modulus, packing, what is refused. */
final class PaperCommandTest {
  private static final String LENET = "plan --model mnist-lenet --split none --protocol seco-paper";

  private record Call(int code, String out, String err) {
    static Call of(String line) {
      StringWriter out = new StringWriter();
      StringWriter err = new StringWriter();
      int code = Seco.run(new PrintWriter(out, true), new PrintWriter(err, true), line.split(" "));
      return new Call(code, out.toString(), err.toString());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "plan --model mnist-mlp --protocol seco-paper --remote-servers 3, exactly 2",
    "plan --model mnist-mlp --protocol delphi3 --remote-servers 4, exactly 2",
    "plan --model mnist-mlp --protocol seco-paper --ring-bits 32, modulo 2061584302081",
    "plan --model mnist-mlp --protocol seco --packing slots, there are no slots",
    "plan --model mnist-mlp --protocol delphi --split all --objective user-bytes, expected bytes",
    "plan --model mnist-mlp --packing tight, tight",
  })
  void whatCannotBe_isRefusedInOneLine(String line, String what) {
    Call call = Call.of(line);
    assertEquals(2, call.code(), call.err());
    assertTrue(call.err().contains(what), call.err());
  }

  @Test
  void plan_saysModulusPackingAndFlooding() {
    Call call = Call.of(LENET);
    assertEquals(0, call.code(), call.err());
    for (String expected :
        new String[] {
          "ring 2061584302081",
          "slots: 1 encrypted in, 3 out, 75 products",
          "slots: 2 encrypted in, 2 out, 1000 products",
          "bits of statistical security (64 asked for)"
        }) {
      assertTrue(call.out().contains(expected), expected + " in " + call.out());
    }
  }

  @Test
  void cheapest_isNotDearerThanEitherWay() throws IOException {
    for (String objective : new String[] {"bytes", "user-bytes"}) {
      long cheapest = bytes(LENET + " --packing cheapest --objective " + objective, objective);
      for (String packing : new String[] {"slots", "coefficient"}) {
        String line = LENET + " --packing " + packing + " --objective " + objective;
        assertTrue(cheapest <= bytes(line, objective), packing + " for " + objective);
      }
    }
  }

  private static long bytes(String line, String objective) throws IOException {
    Call call = Call.of(line + " --json");
    assertEquals(0, call.code(), call.err());
    long sum = 0;
    for (var party : new ObjectMapper().readTree(call.out()).get("parties").properties()) {
      boolean isUser = party.getKey().equals("user");
      for (JsonNode phase : party.getValue()) {
        if (isUser || objective.equals("bytes")) {
          sum += phase.get("bytesSent").asLong();
        }
        if (isUser && objective.equals("user-bytes")) {
          sum += phase.get("bytesReceived").asLong();
        }
      }
    }
    return sum;
  }
}
