/** Values that are zeroised after use, and the few operations on them that must not branch. */
@NullMarked
package org.secolab.foundation.secret;

import org.jspecify.annotations.NullMarked;
