/** Uniform bytes: from the system, or from a seed; forked by label. */
@NullMarked
package org.secolab.foundation.random;

import org.jspecify.annotations.NullMarked;
