package org.secolab.repro.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class ParametersCommandTest {
  @Test
  void everyStep_isExplainedWithFigures() {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code =
        Seco.run(
            new PrintWriter(out, true),
            new PrintWriter(err, true),
            "parameters",
            "--model",
            "mnist-mlp",
            "--split",
            "none");
    assertEquals(0, code, err.toString());
    for (String expected :
        new String[] {
          "by interval bounds",
          "chosen: 2^",
          "128 bits by the 2018 standard",
          "fresh encryption",
          "uniform modulo t",
          "bound before flooding",
          "bits to spare",
          "total statistical distance"
        }) {
      assertTrue(out.toString().contains(expected), expected + " missing in\n" + out);
    }
  }
}
