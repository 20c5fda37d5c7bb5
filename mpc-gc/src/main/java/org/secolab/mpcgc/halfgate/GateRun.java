package org.secolab.mpcgc.halfgate;

/**
 * Consecutive instances of one gate.
 *
 * @param gate its number in the circuit
 * @param first the number in the batch of the first instance
 * @param count how many instances
 */
public record GateRun(int gate, int first, int count) {}
