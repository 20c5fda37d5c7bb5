/**
 * Linear layers as products of polynomials: coefficient packing, for any t, without rotations. The
 * idea is Cheetah's (Huang et al., USENIX Security 2022), here with several output channels in one
 * product.
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
 */
@NullMarked
package org.secolab.lattice.packing;

import org.jspecify.annotations.NullMarked;
