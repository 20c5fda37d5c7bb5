package org.secolab.modelio.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.Map;

/** The oracle: ONNX Runtime, which shares no code with this module. */
final class OnnxRuntime {
  private OnnxRuntime() {}

  /** The output for one float input. */
  static float[] run(byte[] file, float[] input, long... dimensions) throws OrtException {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession session = session(environment, file);
        OnnxTensor tensor =
            OnnxTensor.createTensor(environment, FloatBuffer.wrap(input), dimensions);
        OrtSession.Result result =
            session.run(Map.of(session.getInputNames().iterator().next(), tensor))) {
      FloatBuffer output = ((OnnxTensor) result.get(0)).getFloatBuffer();
      float[] values = new float[output.remaining()];
      output.get(values);
      return values;
    }
  }

  /** The output for one int64 input. */
  static long[] run(byte[] file, long[] input, long... dimensions) throws OrtException {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession session = session(environment, file);
        OnnxTensor tensor =
            OnnxTensor.createTensor(environment, LongBuffer.wrap(input), dimensions);
        OrtSession.Result result =
            session.run(Map.of(session.getInputNames().iterator().next(), tensor))) {
      LongBuffer output = ((OnnxTensor) result.get(0)).getLongBuffer();
      long[] values = new long[output.remaining()];
      output.get(values);
      return values;
    }
  }

  private static OrtSession session(OrtEnvironment environment, byte[] file) throws OrtException {
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      options.setInterOpNumThreads(1);
      options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
      return environment.createSession(file, options);
    }
  }
}
