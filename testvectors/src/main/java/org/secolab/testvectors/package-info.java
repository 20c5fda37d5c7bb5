/**
 * Known-answer vectors: what another implementation computed. SOURCES.md says which one, in which
 * version and by which command. The files are {@code vectors/<area>/<name>.v1.json}.
 */
@NullMarked
package org.secolab.testvectors;

import org.jspecify.annotations.NullMarked;
