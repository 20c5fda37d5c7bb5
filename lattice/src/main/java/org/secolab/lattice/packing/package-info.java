/**
 * Linear layers as products of polynomials, in two ways.
 *
 * <p><b>Coefficient packing</b>, for any t, without rotations. The idea is Cheetah's (Huang et al.,
 * USENIX Security 2022), here with several output channels in one product.
 *
 * <p>C_w input channels of a tile of T_h × T_w values (padding included) fill A = T_h·T_w
 * coefficients each; M_w output channels share one product; M_w·C_w·A ≤ N. With O = A·(M_w·C_w − 1)
 * + T_w·d_h·(k_h − 1) + d_w·(k_w − 1), d dilations and s strides:
 *
 * <pre>
 * x̂[c·A + h·T_w + w]                                = x[c, h, w]
 * ŵ[O − m·C_w·A − c·A − i·d_h·T_w − j·d_w]           = w[m, c, i, j]
 * (x̂·ŵ)[O − m·C_w·A + y·s_h·T_w + x·s_w]             = Σ_{c,i,j} w[m, c, i, j]·x[c, y·s_h + i·d_h, x·s_w + j·d_w]
 * </pre>
 *
 * <p>modulo X^N + 1: what wraps around stays below the lowest output coefficient. This is
 * cross-correlation, which ONNX calls convolution. A fully connected layer is the 1 × 1 convolution
 * of a 1 × 1 image. All other coefficients of a product are cross terms and must not be published.
 *
 * <p><b>Slot packing</b> ({@link org.secolab.lattice.packing.SlotPacking}), for a prime t, where a
 * message is two rows of n = N/2 values that are multiplied place by place and rotated together
 * (Halevi, Shoup, Crypto 2014; the layout for convolutions follows Juvekar et al., Gazelle, USENIX
 * Security 2018). A channel fills a block of A ≥ height·width slots, A a power of two; both rows of
 * an input hold the same P channels, P a power of two, again and again:
 *
 * <pre>
 * input      block b holds channel b mod P
 * tap (i, j) the input, rotated by (i·d_h − pad_top)·width + (j·d_w − pad_left), stands where its output is
 * diagonal d block b multiplies channel b mod P for the output block b − d, d &lt; D; zero where a tap is off the image
 * output     Σ_d rot(Σ_{i,j} w_{d,i,j} ⊙ tap_{i,j}, d·A), by Horner's rule: one rotation by A for each d
 * fold       if D &lt; P, blocks D apart belong to one output channel: add rotations by P/2·A, …, D·A
 * </pre>
 *
 * <p>D is the least power of two with which one vector holds all output channels. Rotations go from
 * tap to tap, so a layer needs few keys. For encrypted weights each inner sum is relinearised once.
 */
@NullMarked
package org.secolab.lattice.packing;

import org.jspecify.annotations.NullMarked;
