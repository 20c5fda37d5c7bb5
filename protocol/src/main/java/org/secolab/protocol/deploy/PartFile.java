package org.secolab.protocol.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.secolab.foundation.party.PartyId;
import org.secolab.foundation.wire.MalformedMessageException;
import org.secolab.foundation.wire.WireReader;
import org.secolab.foundation.wire.WireWriter;
import org.secolab.lattice.bfv.BfvParameters;
import org.secolab.lattice.bfv.BfvParametersSpec;
import org.secolab.modelio.fixed.FixedFormat;
import org.secolab.modelio.fixed.FixedModel;
import org.secolab.protocol.inference.SplitPlan;

/**
 * A part as a file: magic, version, kind, header (party, split, model hash, parameter sets), the
 * part itself, and SHA-256 of all that.
 *
 * <p>The checksum finds damage, not forgery: a part comes from the model owner by a way the party
 * trusts.
 */
public final class PartFile {
  private static final byte[] MAGIC = {'S', 'E', 'C', 'O', 'P', 'A', 'R', 'T'};
  private static final int VERSION = 2;
  private static final int LEAST_SIZE = MAGIC.length + 2 + ModelHash.BYTES;
  private static final long MAXIMUM_SIZE = 1L << 30;
  private static final int USER = 0;
  private static final int SERVER = 1;
  private static final int MAXIMUM_DEGREE = 1 << 16;

  private PartFile() {}

  /** What the file of {@code party} is called. */
  public static String name(PartyId party) {
    return party + ".part";
  }

  /**
   * Writes a part: the whole file or none. Only the owner of the file may read it.
   *
   * @throws IOException if it cannot be written
   */
  public static void write(Path file, Part part) throws IOException {
    writeWhole(file, bytes(part));
  }

  /** A part as the bytes of its file. */
  public static byte[] bytes(Part part) {
    WireWriter out = new WireWriter(1 << 16);
    out.bytes(MAGIC).u8(VERSION);
    switch (part) {
      case UserPart user -> {
        out.u8(USER);
        write(out, user.header());
        ModelFormat.write(out, user.format());
        ModelFormat.write(out, user.layers(), user.format().modulus(), _ -> false);
        out.i32(user.outputSize()).i32(user.crossing().size());
        user.crossing().forEach(out::i32);
      }
      case ServerPart server -> {
        out.u8(SERVER);
        write(out, server.header());
        out.bytes(server.saltShare());
        ModelFormat.write(out, server.model(), server::holds);
      }
    }
    byte[] content = out.toByteArray();
    out.bytes(ModelHash.sha256().digest(content));
    return out.toByteArray();
  }

  /** Writes beside {@code file} and moves: nobody ever sees half a file. */
  private static void writeWhole(Path file, byte[] bytes) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null) {
      throw new IOException(file + ": expected a file in a folder");
    }
    Path temporary = Files.createTempFile(folder, ".part", ".tmp", ownerOnly(folder));
    try {
      Files.write(temporary, bytes);
      Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  private static FileAttribute<?>[] ownerOnly(Path folder) {
    return folder.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }

  /**
   * Reads the user's part.
   *
   * @throws PartFormatException if the file is none, is damaged, or belongs to somebody else
   */
  public static UserPart readUser(Path file) throws PartFormatException {
    return switch (read(file)) {
      case UserPart user -> user;
      case ServerPart server -> throw foreign(file, SplitPlan.USER, server);
    };
  }

  /**
   * Reads the part of server {@code party}.
   *
   * @throws PartFormatException if the file is none, is damaged, or belongs to somebody else
   */
  public static ServerPart readServer(Path file, PartyId party) throws PartFormatException {
    return switch (read(file)) {
      case ServerPart server when server.party().equals(party) -> server;
      case Part other -> throw foreign(file, party, other);
    };
  }

  private static PartFormatException foreign(Path file, PartyId expected, Part found) {
    return new PartFormatException(
        file, "expected the part of " + expected + ", got that of " + found.party());
  }

  /**
   * Reads anybody's part.
   *
   * @throws PartFormatException if the file is none or is damaged
   */
  public static Part read(Path file) throws PartFormatException {
    byte[] bytes = bytes(file);
    if (bytes.length < LEAST_SIZE || !Arrays.equals(MAGIC, Arrays.copyOf(bytes, MAGIC.length))) {
      throw new PartFormatException(file, "expected a part of a deployed model, got another file");
    }
    if (bytes[MAGIC.length] != VERSION) {
      throw new PartFormatException(
          file, "expected format version " + VERSION + ", got " + bytes[MAGIC.length]);
    }
    int end = bytes.length - ModelHash.BYTES;
    byte[] checksum = ModelHash.sha256().digest(Arrays.copyOf(bytes, end));
    if (!Arrays.equals(checksum, Arrays.copyOfRange(bytes, end, bytes.length))) {
      throw new PartFormatException(
          file, "expected a file that matches its checksum, got a truncated or damaged one");
    }
    int start = MAGIC.length + 1;
    WireReader in = new WireReader(bytes, start, end - start);
    try {
      Part part = readContent(in);
      in.end();
      return part;
    } catch (MalformedMessageException | IllegalArgumentException | ArithmeticException e) {
      throw new PartFormatException(file, String.valueOf(e.getMessage()), e);
    }
  }

  private static byte[] bytes(Path file) throws PartFormatException {
    try {
      long size = Files.size(file);
      if (size > MAXIMUM_SIZE) {
        throw new PartFormatException(
            file, "expected at most " + MAXIMUM_SIZE + " bytes, got " + size);
      }
      return Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      throw new PartFormatException(file, "expected a part of a deployed model, got no file", e);
    } catch (IOException e) {
      throw new PartFormatException(file, "cannot be read: " + e, e);
    }
  }

  private static List<Integer> readNumbers(WireReader in) throws MalformedMessageException {
    int count = in.count(Integer.BYTES);
    List<Integer> numbers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      numbers.add(in.i32());
    }
    return numbers;
  }

  private static Part readContent(WireReader in) throws MalformedMessageException {
    int kind = in.u8();
    PartHeader header = readHeader(in);
    Part part =
        switch (kind) {
          case USER -> {
            FixedFormat format = ModelFormat.readFormat(in);
            yield new UserPart(
                header,
                format,
                ModelFormat.readLayers(in, format.modulus()),
                in.i32(),
                readNumbers(in));
          }
          case SERVER -> {
            byte[] saltShare = in.bytes(ModelHash.BYTES);
            FixedModel model = ModelFormat.read(in);
            yield new ServerPart(header, model, saltShare);
          }
          default -> throw new MalformedMessageException("expected a part, got kind " + kind);
        };
    long modulus =
        switch (part) {
          case UserPart user -> user.format().modulus().value();
          case ServerPart server -> server.model().modulus().value();
        };
    for (ParameterSet set : List.of(header.userKey(), header.collectiveKey())) {
      if (set.spec().plaintextModulus() != modulus) {
        throw new MalformedMessageException(
            "expected parameters for modulus " + modulus + ", got " + set.spec().name());
      }
      // Checks the parameters against the security table.
      var _ = BfvParameters.of(set.spec());
    }
    return part;
  }

  private static void write(WireWriter out, PartHeader header) {
    out.text(header.party().name());
    out.i32(header.split().cut()).u8(header.split().remoteServers());
    out.bytes(header.model().bytes());
    write(out, header.userKey());
    write(out, header.collectiveKey());
  }

  private static PartHeader readHeader(WireReader in) throws MalformedMessageException {
    PartyId party = new PartyId(in.text());
    SplitPlan split = new SplitPlan(in.i32(), in.u8());
    ModelHash model = ModelHash.of(in.bytes(ModelHash.BYTES));
    return new PartHeader(party, split, model, readParameters(in), readParameters(in));
  }

  private static void write(WireWriter out, ParameterSet set) {
    BfvParametersSpec spec = set.spec();
    out.text(spec.name()).i32(spec.degree()).u8(set.statisticalSecurityBits());
    out.i64(spec.plaintextModulus());
    write(out, spec.primes());
    write(out, spec.specialPrimes());
  }

  private static ParameterSet readParameters(WireReader in) throws MalformedMessageException {
    String name = in.text();
    int degree = in.i32();
    int statisticalSecurityBits = in.u8();
    if (degree < 1 || degree > MAXIMUM_DEGREE) {
      throw new MalformedMessageException(
          "expected a degree up to " + MAXIMUM_DEGREE + ", got " + degree);
    }
    long plaintextModulus = in.i64();
    return new ParameterSet(
        new BfvParametersSpec(name, degree, readPrimes(in), readPrimes(in), plaintextModulus),
        statisticalSecurityBits);
  }

  private static void write(WireWriter out, List<Long> primes) {
    out.u8(primes.size());
    primes.forEach(out::i64);
  }

  private static List<Long> readPrimes(WireReader in) throws MalformedMessageException {
    int count = in.u8();
    List<Long> primes = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      primes.add(in.i64());
    }
    return primes;
  }
}
