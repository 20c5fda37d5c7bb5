package org.secolab.foundation.transport;

import org.secolab.foundation.party.PartyId;

/**
 * What a party's own decorators are told about a frame; it never travels.
 *
 * @param peer the receiver, or the sender
 * @param scope what it is charged to
 * @param type the name of the message's type
 * @param step the step of the paper or design
 */
public record Envelope(PartyId peer, Scope scope, String type, String step) {}
