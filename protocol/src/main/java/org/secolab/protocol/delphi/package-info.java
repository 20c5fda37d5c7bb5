/**
 * The paper's baseline: Delphi (Mishra et al., USENIX Security 2020), a user and one server that
 * holds the whole model in clear.
 *
 * <p>It is what {@link org.secolab.protocol.seco} does before the cut, with nothing behind it:
 * preprocessing gives the user F_i·r_i − s_i under its own key and a garbled circuit for each
 * activation; online the server works on x − r in clear. Two things are better than printed, for
 * all protocols alike: the noise is flooded, and the user subtracts its next mask outside the
 * circuit.
 */
@NullMarked
package org.secolab.protocol.delphi;

import org.jspecify.annotations.NullMarked;
