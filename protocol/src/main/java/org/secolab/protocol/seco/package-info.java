/**
 * The default protocol: SECO (arXiv:2404.16232) with its gaps closed; secure, semi-honest, against
 * the user or against any proper subset of the servers.
 *
 * <p>A is the gateway, C (the evaluator) the last remote server, B any other remote server. For a
 * layer i behind the cut, x_i is its input, r_i = Σ_p r^p the mask, one summand of every server;
 * the remote servers see z_i = x_i − r_i. Remote server j holds the weight share F^j.
 *
 * <table>
 * <caption>Step, message, class</caption>
 * <tr><th>step</th><th>what happens</th><th>class</th></tr>
 * <tr><td>Setup 1</td><td>collective public key; weights to evaluation form; base OTs</td>
 *     <td>{@link org.secolab.protocol.cut.KeySetup}</td></tr>
 * <tr><td>Setup 2</td><td>everybody sends Enc(r^p); remote j returns F^j·Enc(r) − Enc(s^j), flooded;
 *     A learns E^A = Σ F^j r − Σ s^j</td><td>{@link org.secolab.protocol.seco.MaskedProduct}</td></tr>
 * <tr><td>Setup 3</td><td>gateway and remote servers but C garble max(ŷ + E^A − Σρ^j, 0) ≫ h − Σ r^p</td>
 *     <td>{@link org.secolab.protocol.seco.SharedActivation}</td></tr>
 * <tr><td>Preprocessing, layers 1..c</td><td>user: Enc(r_i); A: F_i·Enc(r_i) − Enc(s_i), flooded; A
 *     garbles, the user's labels by OT</td><td>{@link org.secolab.protocol.cut.GatewayProduct},
 *     {@link org.secolab.protocol.cut.GatewayActivation}</td></tr>
 * <tr><td>Preprocessing, transition</td><td>A learns δ = r_user − r</td>
 *     <td>{@link org.secolab.protocol.seco.Transition}</td></tr>
 * <tr><td>Online</td><td>z forward, layer by layer; one answer of A for each activation</td>
 *     <td>{@link org.secolab.protocol.cut.UserProgram}, {@link
 *     org.secolab.protocol.seco.GatewayProgram}, {@link org.secolab.protocol.seco.RemoteProgram}</td></tr>
 * <tr><td>Result</td><td>Enc(pk_user, share) of everybody, summed by A</td>
 *     <td>{@link org.secolab.protocol.cut.Result}</td></tr>
 * </table>
 */
@NullMarked
package org.secolab.protocol.seco;

import org.jspecify.annotations.NullMarked;
