/**
 * The values on wires as the parties hold them: 128-bit blocks and bits, for all instances of a
 * circuit at once.
 *
 * <p>A {@code long[]} of blocks holds two words per instance, the low one first. A plane holds one
 * bit per instance, 64 to a word, the first in the least significant place; bits behind the last
 * instance mean nothing.
 */
@NullMarked
package org.secolab.mpcgc.label;

import org.jspecify.annotations.NullMarked;
