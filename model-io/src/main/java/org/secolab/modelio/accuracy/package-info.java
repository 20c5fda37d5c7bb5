/**
 * How much a fixed-point network loses against the float one it came from, on labelled inputs. The
 * next layers down are {@code reference}, for the float network, and {@code fixed}.
 */
@NullMarked
package org.secolab.modelio.accuracy;

import org.jspecify.annotations.NullMarked;
