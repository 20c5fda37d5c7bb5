package org.secolab.protocol.inference;

/**
 * What a protocol promises, in words a user can act on.
 *
 * @param secureAgainst the sets of parties that may collude without learning more than they should
 * @param knownWeakness what is known to be wrong or not proven; empty if nothing is
 */
public record Guarantee(String secureAgainst, String knownWeakness) {}
