package org.secolab.repro.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.secolab.foundation.random.SystemRandom;
import org.secolab.modelio.fixed.QuantisedModel;
import org.secolab.modelio.graph.Model;
import org.secolab.modelio.graph.ModelFormatException;
import org.secolab.modelio.input.InputFormatException;
import org.secolab.protocol.deploy.DeployedModel;
import org.secolab.protocol.deploy.Part;
import org.secolab.protocol.deploy.PartFile;
import org.secolab.protocol.inference.SplitPlan;
import org.secolab.protocol.seco.SecoParty;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code seco deploy}: the model owner's step. */
@Command(
    name = "deploy",
    description =
        "Cuts a model into one file for each party: the gateway's layers, a share of the others"
            + " for each remote server, and what the user may know.",
    mixinStandardHelpOptions = true)
final class DeployCommand implements Callable<Integer> {
  @Mixin private NumberOptions model = new NumberOptions();
  @Mixin private SplitOptions splitOptions = new SplitOptions();
  @Mixin private InputOptions calibration = new InputOptions();

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "A new folder for the parts.")
  private Path folder = Path.of(".");

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() throws ModelFormatException, InputFormatException {
    if (!model.protocol().name().equals("seco")) {
      throw new IllegalArgumentException(
          "--protocol: expected seco, the one with parties in processes of their own, got "
              + model.protocol().name());
    }
    Model floatModel = model.floatModel();
    List<float[]> inputs =
        calibration.isGiven() ? calibration.read(floatModel, model.file()).tensors() : List.of();
    QuantisedModel quantised =
        model.quantise(floatModel, calibration.preprocessing(model.file()).range(), inputs);
    SplitPlan split = splitOptions.split(quantised);
    DeployedModel deployed = SecoParty.deploy(quantised.model(), split, new SystemRandom());
    NewFolder.write(
        "--out",
        folder,
        into -> {
          try (StepBar bar = new StepBar("writing parts", deployed.parts().size())) {
            for (Part part : deployed.parts()) {
              PartFile.write(into.resolve(PartFile.name(part.party())), part);
              bar.step();
            }
          }
        });
    if (spec == null) {
      throw new AssertionError("picocli injects the specification");
    }
    PrintWriter out = spec.commandLine().getOut();
    String notice = NumberOptions.rangeNotice(quantised);
    if (!notice.isEmpty()) {
      out.println(notice);
    }
    out.printf(
        "model %s, layers 1 to %d of %d on the gateway, ring %s; deployment %s%n",
        quantised.model().name(),
        split.cut(),
        quantised.model().layers().size(),
        quantised.model().modulus(),
        deployed.user().header().model());
    for (Part part : deployed.parts()) {
      out.println(folder.resolve(PartFile.name(part.party())));
    }
    out.println(
        "Give each party its own file only: all remote servers' files together are the model.");
    return ExitCodes.DONE;
  }
}
