/**
 * How results are shown: a {@link org.secolab.repro.report.Page} of {@link
 * org.secolab.repro.report.Section}s with text, {@link org.secolab.repro.report.Table}s and {@link
 * org.secolab.repro.report.Chart}s, as one HTML file that needs no network, and each table and
 * chart as a file of its own. Charts are drawn here, as SVG: a mark's length or height is the value
 * times one factor, so they can be checked against the numbers; the exact value is its tooltip.
 */
@NullMarked
package org.secolab.repro.report;

import org.jspecify.annotations.NullMarked;
