/**
 * The security laboratory: attacks that run.
 *
 * <p>A protocol that forgets a mask computes the same result as one that does not, so correctness
 * tests pass and the secret is gone. Here each guard of the default protocol has a <em>lab</em>
 * ({@link org.secolab.protocol.adversary.AttackLab}): an attack that semi-honest parties can carry
 * out with what they saw, run twice. First on a variant without the guard, printed in a paper or
 * weakened for the purpose, where it must succeed; then, unchanged, on the default protocol's own
 * code, where it must do no better than guessing. Both results are counted against the truth
 * ({@link org.secolab.protocol.adversary.Finding}), and both directions are tests.
 *
 * <table>
 * <caption>What is attacked, in the notation of {@code org.secolab.protocol.seco}</caption>
 * <tr><th>lab</th><th>equation that gives the secret away</th></tr>
 * <tr><td>paper-bc-collusion</td><td>Λ + λ = a bit of r^1, λ known to B, Λ to C</td></tr>
 * <tr><td>no-rerandomisation</td><td>F^j = c'_1 / c_1, where c'_1 = F^j·c_1</td></tr>
 * <tr><td>no-flooding</td><td>noise = u·e_pk + e_0 + e_1·s: linear in s^B, and e_1, u are known</td></tr>
 * <tr><td>second-share</td><td>mean of s·c_1 + e over many e is s·c_1</td></tr>
 * <tr><td>unused-coefficients</td><td>(F·r)_k for k that no value stands in: linear in F</td></tr>
 * <tr><td>mask-reuse</td><td>(x − r) − (x' − r) = x − x'</td></tr>
 * <tr><td>label-reuse</td><td>A(0) + A(1) = Δ</td></tr>
 * <tr><td>silent-gateway</td><td>ReLU(very negative) − r = −r</td></tr>
 * <tr><td>missing-instance-tweak</td><td>G0 + G0' = Δ·(b + b')</td></tr>
 * <tr><td>fixed-key-hash</td><td>one table of H(·) opens every inference</td></tr>
 * <tr><td>local-truncation</td><td>Σ (y^j ≫ f) ≠ (Σ y^j) ≫ f</td></tr>
 * <tr><td>model-inversion</td><td>F x + b = y, and y is known</td></tr>
 * </table>
 *
 * <p>Classes named {@code Weakened…} leave out one guard. Nothing in production code depends on
 * this package, none of its classes is an {@code InferenceProtocol}, and no switch of production
 * code turns a guard off: weakened steps are built here from the libraries' primitives, or by
 * running real parties again from the same seeds, as if they had forgotten that they had answered.
 */
@NullMarked
package org.secolab.protocol.adversary;

import org.jspecify.annotations.NullMarked;
