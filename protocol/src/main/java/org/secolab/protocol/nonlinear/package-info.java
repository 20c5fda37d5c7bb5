/**
 * Activation layers: which values of the layer before enter each instance of a circuit, and which
 * circuit that is.
 */
@NullMarked
package org.secolab.protocol.nonlinear;

import org.jspecify.annotations.NullMarked;
