/** The {@code seco} command. The only package that prints. */
@NullMarked
package org.secolab.repro.cli;

import org.jspecify.annotations.NullMarked;
