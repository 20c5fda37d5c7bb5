/**
 * The model owner's step: cutting a model and sharing what lies behind the cut.
 *
 * <p>For every linear layer i > c the owner draws F^1_i, …, F^{m−1}_i uniformly and sets F^m_i =
 * F_i − Σ F^j_i modulo t, weights and biases alike. Each share alone, and any m − 1 of them
 * together, is uniform: it tells nothing about F_i. All m together are the model.
 *
 * <p>{@link org.secolab.protocol.deploy.DeployedModel} is one {@link
 * org.secolab.protocol.deploy.Part} for each party, {@link org.secolab.protocol.deploy.PartFile} a
 * part on disk. The user's part has the shapes of layers 1..c and the size of the output only.
 * Parts of one deployment carry the same {@link org.secolab.protocol.deploy.ModelHash}; it is
 * salted, and the salt shared like the weights, because a plain hash would let every server test
 * guesses of the whole model.
 */
@NullMarked
package org.secolab.protocol.deploy;

import org.jspecify.annotations.NullMarked;
