package org.secolab.protocol.deploy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.secolab.foundation.random.SeededRandom;
import org.secolab.lattice.bfv.BfvParametersSpec;
import org.secolab.modelio.fixed.FixedModel;
import org.secolab.modelio.reference.FixedPointInterpreter;
import org.secolab.protocol.inference.RandomNets;
import org.secolab.protocol.inference.SplitPlan;

/** Parts on disk: complete, refused when they are not what they should be, and telling no more. */
final class PartFileTest {
  @TempDir private Path folder;

  private static ParameterSet parameters(FixedModel model) {
    return new ParameterSet(BfvParametersSpec.insecureToy(64, 45, 3, model.modulus().value()), 20);
  }

  private static DeployedModel deploy(FixedModel model, SplitPlan split, long seed) {
    return DeployedModel.cut(
        model,
        split,
        parameters(model),
        parameters(model),
        SeededRandom.ofInsecureNumber(seed).fork("deploy"));
  }

  private DeployedModel writeAndRead(DeployedModel deployed, SplitPlan split)
      throws IOException, PartFormatException {
    for (Part part : deployed.parts()) {
      PartFile.write(folder.resolve(PartFile.name(part.party())), part);
    }
    List<ServerPart> remotes = new ArrayList<>();
    for (var remote : split.remotes()) {
      remotes.add(PartFile.readServer(folder.resolve(PartFile.name(remote)), remote));
    }
    return new DeployedModel(
        PartFile.readUser(folder.resolve("user.part")),
        PartFile.readServer(folder.resolve("gateway.part"), SplitPlan.GATEWAY),
        remotes);
  }

  @Test
  void joinedFiles_areTheModel_atEveryCut() throws IOException, PartFormatException {
    for (int seed = 0; seed < 12; seed++) {
      SeededRandom random = SeededRandom.ofInsecureNumber(seed);
      FixedModel model = RandomNets.draw(1 + seed % 3, seed % 2 == 0, random.fork("net"));
      long[] input = RandomNets.input(model, random.fork("input"));
      for (int cut : model.validCuts()) {
        SplitPlan split = new SplitPlan(cut, 2 + seed % 3);
        DeployedModel written = deploy(model, split, seed);
        DeployedModel read = writeAndRead(written, split);
        assertEquals(written.user().header(), read.user().header());
        assertEquals(cut < model.layers().size(), read.user().hasRemoteLayers());
        FixedModel joined = read.join();
        assertArrayEquals(ModelFormat.bytes(model), ModelFormat.bytes(joined));
        assertArrayEquals(
            FixedPointInterpreter.run(model, input), FixedPointInterpreter.run(joined, input));
      }
    }
  }

  @Test
  void partsOfTwoDeployments_doNotJoin() {
    FixedModel model = RandomNets.draw(2, false, SeededRandom.ofInsecureNumber(1));
    SplitPlan split = new SplitPlan(0, 2);
    DeployedModel one = deploy(model, split, 1);
    DeployedModel two = deploy(model, split, 2);
    assertNotEquals(one.user().header().model(), two.user().header().model());
    assertThrows(
        IllegalArgumentException.class,
        () ->
            new DeployedModel(
                    one.user(),
                    one.gateway(),
                    List.of(one.remotes().getFirst(), two.remotes().getLast()))
                .join());
  }

  @Test
  void userFile_doesNotDependOnWhatLiesBehindTheCut() throws IOException {
    // Two models that agree in layers 1..c and in their output size: but for the hash, and the
    // checksum over it, the user's files must be the same bytes.
    List<byte[]> files = new ArrayList<>();
    for (int depth = 2; depth <= 3; depth++) {
      FixedModel model = twoOutputs(depth);
      Path file = folder.resolve(depth + ".part");
      PartFile.write(file, deploy(model, new SplitPlan(2, 2), 5).user());
      byte[] bytes = Files.readAllBytes(file);
      byte[] hash = Arrays.copyOfRange(bytes, 10 + 6 + 5, 10 + 6 + 5 + ModelHash.BYTES);
      assertArrayEquals(
          deploy(model, new SplitPlan(2, 2), 5).user().header().model().bytes(), hash);
      Arrays.fill(bytes, 10 + 6 + 5, 10 + 6 + 5 + ModelHash.BYTES, (byte) 0);
      files.add(Arrays.copyOf(bytes, bytes.length - ModelHash.BYTES));
      String text = new String(bytes, StandardCharsets.ISO_8859_1);
      assertTrue(text.contains("linear1"));
      assertFalse(text.contains("linear3"));
    }
    assertArrayEquals(files.get(0), files.get(1));
  }

  private static FixedModel twoOutputs(int depth) {
    return RandomNets.fullyConnected(
        depth == 2 ? new int[] {6, 5, 2} : new int[] {6, 5, 9, 2},
        SeededRandom.ofInsecureNumber(3));
  }

  @Test
  void remoteFile_holdsItsShareOnly_gatewayFileNothingBehindTheCut()
      throws IOException, PartFormatException {
    FixedModel model = twoOutputs(3);
    SplitPlan split = new SplitPlan(2, 2);
    DeployedModel read = writeAndRead(deploy(model, split, 6), split);
    // Layers 1..2 of 6 × 5 + 5 numbers on the gateway; 5 × 9 + 9 and 9 × 2 + 2 behind the cut.
    int bits = model.modulus().bits();
    assertEquals(
        Files.size(folder.resolve("remote1.part"))
            - packed(5 * 9, 9, bits)
            - packed(9 * 2, 2, bits)
            + packed(6 * 5, 5, bits),
        Files.size(folder.resolve("gateway.part")) + "remote1".length() - "gateway".length());
    assertTrue(
        ModelPartsProperties.isZero(ModelPartsProperties.numbers(read.gateway().model()).get(2)));
    for (ServerPart remote : read.remotes()) {
      List<long[]> numbers = ModelPartsProperties.numbers(remote.model());
      assertTrue(ModelPartsProperties.isZero(numbers.get(0)));
      assertFalse(ModelPartsProperties.isZero(numbers.get(2)));
      assertFalse(Arrays.equals(numbers.get(2), ModelPartsProperties.numbers(model).get(2)));
    }
  }

  private static int packed(int weights, int bias, int bits) {
    return (weights * bits + 7) / 8 + (bias * bits + 7) / 8;
  }

  private Path file(String party) throws IOException {
    FixedModel model = twoOutputs(3);
    DeployedModel deployed = deploy(model, new SplitPlan(2, 2), 7);
    for (Part part : deployed.parts()) {
      PartFile.write(folder.resolve(PartFile.name(part.party())), part);
    }
    return folder.resolve(party + ".part");
  }

  private static void assertRefused(Path file, String what) {
    PartFormatException refusal =
        assertThrows(
            PartFormatException.class, () -> PartFile.readServer(file, SplitPlan.remote(1)));
    assertTrue(refusal.getMessage().startsWith(file + ": "), refusal.getMessage());
    assertTrue(refusal.getMessage().contains(what), refusal.getMessage());
    assertFalse(refusal.getMessage().contains("\n"), refusal.getMessage());
  }

  @Test
  void truncatedAtAnyPlace_isRefused() throws IOException {
    Path file = file("remote1");
    byte[] whole = Files.readAllBytes(file);
    for (int length = 0; length < whole.length; length += 7) {
      Files.write(file, Arrays.copyOf(whole, length));
      assertRefused(file, "expected");
    }
  }

  @Test
  void anyFlippedBit_isRefused() throws IOException {
    Path file = file("remote1");
    byte[] whole = Files.readAllBytes(file);
    for (int at = 0; at < whole.length; at += 3) {
      byte[] damaged = whole.clone();
      damaged[at] ^= (byte) (1 << at % 8);
      Files.write(file, damaged);
      assertRefused(file, "expected");
    }
  }

  /** Damage with a checksum that fits: what a wrong writer would produce. */
  @Test
  void anyChangedByteWithFittingChecksum_isRefusedCleanly_orReads() throws IOException {
    Path file = file("remote1");
    byte[] whole = Files.readAllBytes(file);
    int end = whole.length - ModelHash.BYTES;
    int refused = 0;
    for (int at = 0; at < end; at++) {
      byte[] changed = whole.clone();
      changed[at] = (byte) 0xff;
      byte[] checksum = ModelHash.sha256().digest(Arrays.copyOf(changed, end));
      System.arraycopy(checksum, 0, changed, end, checksum.length);
      Files.write(file, changed);
      try {
        PartFile.readServer(file, SplitPlan.remote(1));
      } catch (PartFormatException e) {
        refused++;
        assertFalse(e.getMessage().contains("\n"), e.getMessage());
      }
    }
    assertTrue(refused > 100, "refused " + refused);
  }

  @Test
  void foreignFile_missingFile_andAnotherPartysPart_areRefused() throws IOException {
    Path foreign = folder.resolve("picture.png");
    Files.writeString(foreign, "no part of anything, but long enough to look at its first bytes");
    assertRefused(foreign, "expected a part of a deployed model, got another file");
    assertRefused(folder.resolve("nowhere.part"), "got no file");
    assertRefused(file("remote2"), "expected the part of remote1, got that of remote2");
    assertRefused(file("user"), "expected the part of remote1, got that of user");
    PartFormatException refusal =
        assertThrows(PartFormatException.class, () -> PartFile.readUser(file("gateway")));
    assertTrue(refusal.getMessage().contains("expected the part of user, got that of gateway"));
  }

  @Test
  void partFile_isItsOwnersOnly_andNothingElseIsLeft() throws IOException {
    Path file = file("remote1");
    assertEquals(PosixFilePermissions.fromString("rw-------"), Files.getPosixFilePermissions(file));
    try (var files = Files.list(folder)) {
      assertEquals(4, files.count());
    }
  }
}
