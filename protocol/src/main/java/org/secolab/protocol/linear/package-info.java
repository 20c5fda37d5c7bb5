/**
 * Linear layers on masks: which part of a layer is public, which convolution carries the secret
 * weights, and how that convolution is computed on an encrypted mask.
 *
 * <p>A linear layer is a sum of branches. A branch is public operations (window sums, reshapes), at
 * most one convolution with secret weights, and public operations again. Public linear operations
 * commute with additive sharing, so everybody applies them to his own share; only the convolution
 * needs encryption.
 */
@NullMarked
package org.secolab.protocol.linear;

import org.jspecify.annotations.NullMarked;
