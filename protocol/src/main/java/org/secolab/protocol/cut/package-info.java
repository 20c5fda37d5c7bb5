/**
 * What all protocols with a cut have in common, whatever the servers do behind it: the gateway
 * holds layers 1..c in clear, the user talks to nobody else, the remote servers hold shares of
 * layers c+1..L. {@code seco}, {@code delphi} (nothing behind the cut), {@code seco-paper} and
 * {@code delphi3} stand on it and know nothing of each other.
 *
 * <p>Before the cut it is Delphi. With r_i the user's mask of the input of layer i and s_i the
 * gateway's of its output, preprocessing leaves the user with u_i = F_i·r_i − s_i; online the
 * gateway computes F_i(x_i − r_i) + s_i, and a garbled circuit adds both, applies the activation
 * and masks again.
 *
 * <table>
 * <caption>Step, class</caption>
 * <tr><th>step</th><th>class</th></tr>
 * <tr><td>what is public: sizes, parameters, layers on both sides of the cut</td>
 *     <td>{@link org.secolab.protocol.cut.CutPlan}, {@link org.secolab.protocol.cut.LayerPlan}</td></tr>
 * <tr><td>Setup 1: keys</td><td>{@link org.secolab.protocol.cut.KeySetup}, {@link
 *     org.secolab.protocol.cut.UserKeys}, {@link org.secolab.protocol.cut.ServerKeys}</td></tr>
 * <tr><td>Preprocessing and online, layers 1..c, the user</td>
 *     <td>{@link org.secolab.protocol.cut.UserProgram}</td></tr>
 * <tr><td>the same at the gateway</td><td>{@link org.secolab.protocol.cut.GatewayLayers}</td></tr>
 * <tr><td>one linear layer, one activation of these</td>
 *     <td>{@link org.secolab.protocol.cut.GatewayProduct}, {@link
 *     org.secolab.protocol.cut.GatewayActivation}</td></tr>
 * <tr><td>masked tensors in clear: input, at the cut, output</td>
 *     <td>{@link org.secolab.protocol.cut.MaskedTensors}</td></tr>
 * <tr><td>the result under the user's key</td><td>{@link org.secolab.protocol.cut.Result}</td></tr>
 * <tr><td>bytes of all this, foretold</td>
 *     <td>{@link org.secolab.protocol.cut.CommonForecast}</td></tr>
 * </table>
 *
 * <p>How the user's mask of the tensor at the cut comes to the servers differs ({@link
 * org.secolab.protocol.cut.UserProgram.CutMask}), and so does everything behind. Below are {@code
 * linear} and {@code nonlinear}: single layers without parties.
 */
@NullMarked
package org.secolab.protocol.cut;

import org.jspecify.annotations.NullMarked;
