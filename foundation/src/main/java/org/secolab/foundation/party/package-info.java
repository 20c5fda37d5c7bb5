/** Who takes part. */
@NullMarked
package org.secolab.foundation.party;

import org.jspecify.annotations.NullMarked;
