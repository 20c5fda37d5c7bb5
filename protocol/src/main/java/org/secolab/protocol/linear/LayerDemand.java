package org.secolab.protocol.linear;

import org.secolab.lattice.bfv.LinearCircuit;

/**
 * What some layers ask of encryption parameters.
 *
 * @param circuit the one whose noise is largest
 * @param floodedCoefficients of one inference, coefficients whose secrecy rests on flooding
 */
public record LayerDemand(LinearCircuit circuit, long floodedCoefficients) {}
