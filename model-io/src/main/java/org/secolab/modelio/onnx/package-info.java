/**
 * ONNX files (opset 7 to 21) to float graphs. {@link org.secolab.modelio.onnx.OnnxReader} is the
 * only entrance; protobuf messages are parsed by the classes of tribuo-util-onnx.
 *
 * <p>A file is untrusted: every count is checked against what is there before memory is taken, and
 * whatever cannot be used ends in a {@link org.secolab.modelio.graph.ModelFormatException} that
 * names file, node, operator and reason in one line. The next layer down is {@code graph}.
 */
@NullMarked
package org.secolab.modelio.onnx;

import org.jspecify.annotations.NullMarked;
