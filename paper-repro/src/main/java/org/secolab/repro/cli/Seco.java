package org.secolab.repro.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.secolab.foundation.party.ProtocolAbortException;
import org.secolab.modelio.graph.ModelFormatException;
import org.secolab.modelio.input.InputFormatException;
import org.secolab.protocol.deploy.PartFormatException;
import org.secolab.protocol.material.StoreException;
import org.secolab.repro.view.ViewFormatException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The command {@code seco}: dispatches to its subcommands and turns failures into exit codes. */
@Command(
    name = "seco",
    mixinStandardHelpOptions = true,
    version = "SECO Lab 0.1.0 (research software: read SECURITY.md)",
    description = "Secure neural-network inference with a split model, for research.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      DemoCommand.class,
      InferCommand.class,
      ViewCommand.class,
      PlanCommand.class,
      ParametersCommand.class,
      QuantiseCommand.class,
      ModelsCommand.class,
      SweepCommand.class,
      ExplainCommand.class,
      DoctorCommand.class,
      AttackCommand.class,
      BenchCommand.class,
      ReproCommand.class,
      DeployCommand.class,
      DeploymentCommand.class,
      PartyCommand.class,
      StoreCommand.class,
      HelpCommand.class,
    })
public final class Seco {
  @Option(
      names = "--debug",
      description = "Show stack traces of failures.",
      scope = ScopeType.INHERIT)
  private boolean debug;

  /** Runs the command line and ends the JVM with its exit code. */
  public static void main(String[] arguments) {
    int code =
        run(
            new PrintWriter(System.out, true, StandardCharsets.UTF_8),
            new PrintWriter(System.err, true, StandardCharsets.UTF_8),
            arguments);
    System.exit(code);
  }

  /** Runs the command line, for tests. */
  static int run(PrintWriter out, PrintWriter err, String... arguments) {
    Seco seco = new Seco();
    return new CommandLine(seco)
        .setOut(out)
        .setErr(err)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler(Seco::refuse)
        .setExecutionExceptionHandler((failure, command, _) -> seco.explain(failure, command))
        .execute(arguments);
  }

  private static int refuse(CommandLine.ParameterException e, String[] arguments) {
    PrintWriter err = e.getCommandLine().getErr();
    err.println("seco: " + e.getMessage());
    err.println("Try '" + e.getCommandLine().getCommandSpec().qualifiedName() + " --help'.");
    return ExitCodes.USAGE;
  }

  private int explain(Exception failure, CommandLine command) {
    if (debug) {
      failure.printStackTrace(command.getErr());
    }
    return switch (failure) {
      case ModelFormatException e -> say(command, e.getMessage(), ExitCodes.BAD_FILE);
      case InputFormatException e -> say(command, e.getMessage(), ExitCodes.BAD_FILE);
      case PartFormatException e -> say(command, e.getMessage(), ExitCodes.BAD_FILE);
      case ViewFormatException e -> say(command, e.getMessage(), ExitCodes.BAD_FILE);
      case StoreException e -> say(command, e.getMessage(), ExitCodes.BAD_FILE);
      case ProtocolAbortException e ->
          say(command, "the protocol was aborted: " + e.getMessage(), ExitCodes.ABORTED);
      case IllegalArgumentException e -> say(command, e.getMessage(), ExitCodes.USAGE);
      case IOException e -> say(command, e.toString(), ExitCodes.BAD_FILE);
      default -> say(command, "internal error: " + failure, CommandLine.ExitCode.SOFTWARE);
    };
  }

  private static int say(CommandLine command, @Nullable String what, int code) {
    command.getErr().println("seco: " + what);
    return code;
  }
}
