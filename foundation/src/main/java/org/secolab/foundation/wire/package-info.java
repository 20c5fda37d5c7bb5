/** Bytes on the wire: writing, checked reading, message types and the frame header. */
@NullMarked
package org.secolab.foundation.wire;

import org.jspecify.annotations.NullMarked;
