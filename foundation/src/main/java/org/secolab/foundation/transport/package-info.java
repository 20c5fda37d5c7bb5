/** Channels between parties, and the session that runs rounds over them. */
@NullMarked
package org.secolab.foundation.transport;

import org.jspecify.annotations.NullMarked;
