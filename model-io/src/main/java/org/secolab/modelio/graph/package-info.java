/**
 * The float graph: what an ONNX file means, in as few words as possible.
 *
 * <p>A {@link org.secolab.modelio.graph.Model} is a list of nodes in topological order. Value 0 is
 * the model's input, value {@code i} the result of the {@code i}-th node. Every value is one image
 * without batch axis, a {@link org.secolab.modelio.graph.Shape} of channels × height × width stored
 * flat in row-major order; a vector of n numbers is an (n, 1, 1) image, so that a fully connected
 * layer is a 1×1 convolution and flattening moves nothing.
 *
 * <p>The operators ({@link org.secolab.modelio.graph.Layer}) are few and sealed: convolution,
 * window average and maximum, ReLU and its relatives, sums, concatenations, reshapes and
 * permutations. Matrix products, batch normalisation, multiplication by constants and zero padding
 * are all convolutions here. The next layer down is plain Java.
 */
@NullMarked
package org.secolab.modelio.graph;

import org.jspecify.annotations.NullMarked;
