/** No cryptography: one party computes the model in clear. The definition the others must equal. */
@NullMarked
package org.secolab.protocol.clear;

import org.jspecify.annotations.NullMarked;
