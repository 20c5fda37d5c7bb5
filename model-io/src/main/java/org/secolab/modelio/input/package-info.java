/**
 * Images and labels from files: PNG, NPY and IDX, each also gzipped, told apart by their first
 * bytes.
 *
 * <p>Pixels are bytes and become numbers by a declared {@link
 * org.secolab.modelio.input.Preprocessing}; files that already hold floating-point numbers are
 * taken as they are and must lie in its range. A file is untrusted: its counts never decide how
 * much memory is taken before the bytes are there, and whatever cannot be used ends in an {@link
 * org.secolab.modelio.input.InputFormatException} that names the file, what was expected and what
 * was found. The next layer down is {@code graph}.
 */
@NullMarked
package org.secolab.modelio.input;

import org.jspecify.annotations.NullMarked;
