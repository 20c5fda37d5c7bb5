/** A protocol step as a value: what to send, to whom, and what comes of the answers. */
@NullMarked
package org.secolab.foundation.round;

import org.jspecify.annotations.NullMarked;
