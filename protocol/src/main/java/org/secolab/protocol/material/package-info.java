/** What one inference uses up. */
@NullMarked
package org.secolab.protocol.material;

import org.jspecify.annotations.NullMarked;
