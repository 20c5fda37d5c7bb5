/**
 * Small trained models and a few MNIST images that come with the module, so that demonstrations and
 * tests need no download. Where they come from: {@code PROVENANCE.md} beside them. The next layers
 * down are {@code onnx} and {@code input}.
 */
@NullMarked
package org.secolab.modelio.bundled;

import org.jspecify.annotations.NullMarked;
