/**
 * What the paper prints, and what became of it.
 *
 * <p>{@link org.secolab.repro.claim.PaperFigures} holds its tables, {@link
 * org.secolab.repro.claim.PaperClaims} its headlines, each with a tolerance that was written down
 * before the first run. A {@link org.secolab.repro.claim.Verdict} says met, not met, or not
 * comparable, what ours was made of, and why; a miss is reported as a miss.
 */
@NullMarked
package org.secolab.repro.claim;

import org.jspecify.annotations.NullMarked;
