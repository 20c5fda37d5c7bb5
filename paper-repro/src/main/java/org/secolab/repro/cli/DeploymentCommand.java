package org.secolab.repro.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.secolab.foundation.party.PartyId;
import org.secolab.foundation.random.RandomSource;
import org.secolab.foundation.random.SystemRandom;
import org.secolab.modelio.bundled.BundledModels;
import org.secolab.modelio.fixed.InputRange;
import org.secolab.modelio.fixed.QuantisedModel;
import org.secolab.modelio.fixed.Quantiser;
import org.secolab.modelio.fixed.RangePolicy;
import org.secolab.modelio.graph.ModelFormatException;
import org.secolab.modelio.input.InputFormatException;
import org.secolab.protocol.deploy.Part;
import org.secolab.protocol.deploy.PartFile;
import org.secolab.protocol.deploy.PartFormatException;
import org.secolab.protocol.deploy.ServerPart;
import org.secolab.protocol.inference.SplitPlan;
import org.secolab.protocol.remote.Identity;
import org.secolab.protocol.remote.PartyDirectory;
import org.secolab.protocol.seco.SecoParty;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code seco deployment}: what parties in processes of their own need. */
@Command(
    name = "deployment",
    description = "Sets up parties in processes of their own.",
    mixinStandardHelpOptions = true,
    subcommands = DeploymentCommand.Init.class)
final class DeploymentCommand implements Callable<Integer> {
  @Override
  public Integer call() {
    throw new IllegalArgumentException("deployment: expected the subcommand init, got none");
  }

  /** {@code seco deployment init}: an example on this machine. */
  @Command(
      name = "init",
      description =
          "Writes an example for this machine: a deployment file, and for each party a folder with"
              + " its key, its self-signed certificate and its part of the model.",
      mixinStandardHelpOptions = true)
  static final class Init implements Callable<Integer> {
    @Parameters(paramLabel = "DIR", description = "A new folder.")
    private Path folder = Path.of(".");

    @Option(
        names = "--model",
        defaultValue = "mnist-minionn",
        paramLabel = "NAME",
        description = "A bundled model to cut (default: ${DEFAULT-VALUE}).")
    private String model = "";

    @Option(
        names = "--parts",
        paramLabel = "DIR",
        description = "Instead of a bundled model: the parts that `seco deploy` wrote.")
    private @Nullable Path parts;

    @Option(
        names = "--base-port",
        defaultValue = "0",
        paramLabel = "P",
        description = "The gateway's port, the remote servers' follow; 0: free ones.")
    private int basePort;

    @Mixin private SplitOptions splitOptions = new SplitOptions();

    @Spec private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws ModelFormatException, InputFormatException, PartFormatException {
      if (basePort < 0 || basePort > 65_000) {
        throw new IllegalArgumentException("--base-port: expected 0 to 65000, got " + basePort);
      }
      RandomSource random = new SystemRandom();
      List<Part> all = parts == null ? cut(random) : read(parts);
      NewFolder.write("DIR", folder, into -> write(into, all, random));
      if (spec == null) {
        throw new AssertionError("picocli injects the specification");
      }
      PrintWriter out = spec.commandLine().getOut();
      Path file = folder.resolve("deployment.json");
      out.println(
          "Each party has its folder and the deployment file. Start all of them, in any order:");
      for (Part part : all) {
        out.printf(
            "seco party --deployment %s --name %s%s%n",
            file,
            part.party(),
            part.party().equals(SplitPlan.USER) ? " --input F [--count N] [--json]" : "");
      }
      return ExitCodes.DONE;
    }

    private List<Part> cut(RandomSource random) throws ModelFormatException {
      if (!BundledModels.names().contains(model)) {
        throw new IllegalArgumentException(
            "--model: expected one of "
                + BundledModels.names()
                + " (for others: seco deploy, and --parts), got "
                + model);
      }
      QuantisedModel quantised =
          Quantiser.quantise(
              BundledModels.open(model),
              NumberOptions.DEFAULT_FRACTION_BITS,
              InputRange.UNIT,
              new RangePolicy.Proven());
      return SecoParty.deploy(
              quantised.model(), splitOptions.split(quantised), random.fork("deploy"))
          .parts();
    }

    private static List<Part> read(Path from) throws PartFormatException {
      List<Part> all = new ArrayList<>();
      all.add(PartFile.readUser(from.resolve(PartFile.name(SplitPlan.USER))));
      for (PartyId server : all.getFirst().header().split().servers()) {
        Path file = from.resolve(PartFile.name(server));
        ServerPart part = PartFile.readServer(file, server);
        if (!part.header().model().equals(all.getFirst().header().model())) {
          throw new PartFormatException(file, "expected a part of the same deployment");
        }
        all.add(part);
      }
      return all;
    }

    private void write(Path into, List<Part> all, RandomSource random) throws IOException {
      List<InetSocketAddress> addresses = addresses(all.size() - 1);
      List<PartyDirectory.Entry> entries = new ArrayList<>();
      for (int i = 0; i < all.size(); i++) {
        PartyId party = all.get(i).party();
        Path own = Files.createDirectory(into.resolve(party.name()));
        if (own.getFileSystem().supportedFileAttributeViews().contains("posix")) {
          Files.setPosixFilePermissions(own, PosixFilePermissions.fromString("rwx------"));
        }
        Identity identity = Identity.selfSigned(party, own, random.fork("key of " + party));
        identity.write(own);
        PartFile.write(own.resolve(PartFile.name(party)), all.get(i));
        entries.add(
            new PartyDirectory.Entry(
                party,
                identity.fingerprint(),
                i == 0 ? Optional.empty() : Optional.of(addresses.get(i - 1))));
      }
      new DeploymentFile(all.getFirst().header().model(), new PartyDirectory(entries))
          .write(into.resolve("deployment.json"));
    }

    /** Where the servers listen: all free at the same moment. */
    private List<InetSocketAddress> addresses(int count) throws IOException {
      List<InetSocketAddress> addresses = new ArrayList<>();
      List<ServerSocket> sockets = new ArrayList<>();
      try {
        for (int i = 0; i < count; i++) {
          int port = basePort + i;
          if (basePort == 0) {
            ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
            sockets.add(socket);
            port = socket.getLocalPort();
          }
          addresses.add(new InetSocketAddress("localhost", port));
        }
      } finally {
        for (ServerSocket socket : sockets) {
          socket.close();
        }
      }
      return addresses;
    }
  }
}
