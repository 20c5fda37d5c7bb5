/**
 * SECO as printed (Chen and Khisti, arXiv:2404.16232, section 4), for fidelity: the attack on it
 * must succeed. {@code delphi3} is the same with another evaluator.
 *
 * <p>The paper's numbers of parties: 1 is A, the gateway; 2 is B, {@code remote1}; 3 is C, {@code
 * remote2}; all arithmetic modulo the prime p = 15·2^37 + 1. F_i = F^2_i + F^3_i are the weights of
 * layer i behind the cut, r_i the mask of its input, s_i of its output.
 *
 * <table>
 * <caption>Step, message, class</caption>
 * <tr><th>step</th><th>what happens</th><th>class</th></tr>
 * <tr><td>Setup 1</td><td>collective public key; relinearisation and rotation keys, of which the
 *     paper says nothing</td><td>{@link org.secolab.protocol.secopaper.EvaluationKeySetup}</td></tr>
 * <tr><td>Setup 2</td><td>B, C: ct(F^j), once; everybody ct(r^p), B and C ct(s^j); A computes
 *     ct(F)·ct(r) − ct(s) and is helped to decrypt E^1 = F·r − s^2 − s^3</td>
 *     <td>{@link org.secolab.protocol.secopaper.EncryptedProduct}, {@link
 *     org.secolab.protocol.secopaper.CiphertextProducts}</td></tr>
 * <tr><td>Setup 3</td><td>B garbles C_i: max(E^1 + E^2 + E^3, 0) ≫ h − r^1 − r^2 − r^3; A's labels by
 *     transfer with B, forwarded to C</td>
 *     <td>{@link org.secolab.protocol.secopaper.PrintedActivation}</td></tr>
 * <tr><td>Preprocessing</td><td>layers 1..c as in Delphi; the user alone draws r_{c+1} and sends
 *     ct(r_{c+1})</td><td>{@link org.secolab.protocol.cut.GatewayLayers}</td></tr>
 * <tr><td>Online</td><td>x − r forward; B and C compute E^j = F^j(x − r) + s^j in clear; C evaluates; A
 *     is idle until the result</td><td>{@link org.secolab.protocol.secopaper.PaperGateway}, {@link
 *     org.secolab.protocol.secopaper.PaperRemote}</td></tr>
 * </table>
 *
 * <p>What is wrong with it: B knows both labels of A's wires and C holds the ones that A got, so
 * {B, C} read r^1 of every layer, know r^2, r^3 and x − r, and thus every activation behind the cut
 * ({@link org.secolab.mpcgc.multiparty.ForwardedInputs}). And the user, who packs r_{c+1} for the
 * layer that will read it, learns that layer's shape.
 *
 * <p>Where the paper is silent: decryption shares are flooded with as many bits as the parameters
 * afford, which plans and reports state; the bias is shared like the weights, so B and C add it to
 * E^j; average pools are sums of shares, done locally; max-pools and the division by 2^h are in the
 * circuit. A tensor at the cut that goes another way than through convolutions of layer c+1 (a
 * pool, a shortcut) is opened to shares first ({@link org.secolab.protocol.secopaper.CutShares}).
 * Labels of values that B knows when it garbles need no message: they are folded into the circuit.
 */
@NullMarked
package org.secolab.protocol.secopaper;

import org.jspecify.annotations.NullMarked;
