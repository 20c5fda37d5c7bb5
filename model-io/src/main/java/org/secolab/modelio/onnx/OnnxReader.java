package org.secolab.modelio.onnx;

import ai.onnx.proto.OnnxMl.ModelProto;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.secolab.modelio.graph.Model;
import org.secolab.modelio.graph.ModelFormatException;

/** Reads ONNX files. */
public final class OnnxReader {

  /** Larger files are refused: 256 MiB. */
  public static final int MAXIMUM_BYTES = 1 << 28;

  private OnnxReader() {}

  /**
   * Reads a file.
   *
   * @throws ModelFormatException if it is missing, too large, no ONNX model, or uses something
   *     unsupported
   */
  public static Model read(Path file) throws ModelFormatException {
    String name = String.valueOf(file.getFileName());
    if (!Files.isRegularFile(file)) {
      throw new ModelFormatException(file.toString(), "expected an ONNX file, found none");
    }
    try (InputStream in = Files.newInputStream(file)) {
      return read(name, in);
    } catch (IOException e) {
      throw new ModelFormatException(file.toString(), "cannot be read: " + e.getMessage());
    }
  }

  /**
   * Reads a stream to its end.
   *
   * @param name of the model, for people and error messages
   * @throws IOException if the stream cannot be read
   * @throws ModelFormatException as {@link #read(Path)}
   */
  public static Model read(String name, InputStream in) throws IOException, ModelFormatException {
    byte[] bytes = in.readNBytes(MAXIMUM_BYTES + 1);
    if (bytes.length > MAXIMUM_BYTES) {
      throw new ModelFormatException(
          name, "expected at most " + MAXIMUM_BYTES + " bytes, got more");
    }
    return read(name, bytes);
  }

  /**
   * Reads a model from memory.
   *
   * @throws ModelFormatException as {@link #read(Path)}
   */
  public static Model read(String name, byte[] bytes) throws ModelFormatException {
    ModelProto proto;
    try {
      proto = ModelProto.parseFrom(CodedInputStream.newInstance(bytes));
    } catch (InvalidProtocolBufferException e) {
      throw new ModelFormatException(name, "not an ONNX model: " + e.getMessage());
    } catch (IOException e) {
      throw new AssertionError("reading from memory", e);
    }
    return new GraphImporter(name, proto).model();
  }
}
