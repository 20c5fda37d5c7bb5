package org.secolab.protocol.remote;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.secolab.foundation.party.PartyId;

/**
 * Who the parties are, where they listen, and how they are recognised.
 *
 * @param entries in the order of the roster
 */
public record PartyDirectory(List<Entry> entries) {
  /**
   * One party.
   *
   * @param party its name
   * @param certificate what it must show
   * @param address where it listens; a party without one dials only
   */
  public record Entry(
      PartyId party, Fingerprint certificate, Optional<InetSocketAddress> address) {}

  /**
   * Somebody a party is linked with.
   *
   * @param party its name
   * @param certificate what it must show
   * @param dial where to dial; empty if it dials
   */
  record Peer(PartyId party, Fingerprint certificate, Optional<InetSocketAddress> dial) {}

  /**
   * @throws IllegalArgumentException if a name or a certificate occurs twice
   */
  public PartyDirectory {
    entries = List.copyOf(entries);
    Set<PartyId> names = entries.stream().map(Entry::party).collect(Collectors.toSet());
    Set<Fingerprint> certificates =
        entries.stream().map(Entry::certificate).collect(Collectors.toSet());
    if (names.size() != entries.size() || certificates.size() != entries.size()) {
      throw new IllegalArgumentException(
          "expected parties with different names and certificates, got one twice");
    }
  }

  /** All names, in order. */
  public List<PartyId> parties() {
    return entries.stream().map(Entry::party).toList();
  }

  /**
   * The entry of {@code party}.
   *
   * @throws IllegalArgumentException if there is none
   */
  public Entry entry(PartyId party) {
    return entries.stream()
        .filter(entry -> entry.party().equals(party))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("expected one of " + parties() + ", got " + party));
  }

  /**
   * Those with whom {@code self} is linked. Parties with an address are all linked, the earlier
   * dials; one without is linked with the first that has one.
   */
  List<Peer> peersOf(PartyId self) {
    Entry own = entry(self);
    List<Entry> listening = entries.stream().filter(e -> e.address().isPresent()).toList();
    List<Peer> peers = new ArrayList<>();
    for (Entry other : entries) {
      boolean linked =
          !other.equals(own)
              && ((own.address().isPresent() && other.address().isPresent())
                  || (own.address().isEmpty() && other.equals(listening.getFirst()))
                  || (other.address().isEmpty() && own.equals(listening.getFirst())));
      if (linked) {
        boolean dials =
            own.address().isEmpty()
                || (other.address().isPresent() && entries.indexOf(own) < entries.indexOf(other));
        peers.add(
            new Peer(
                other.party(), other.certificate(), dials ? other.address() : Optional.empty()));
      }
    }
    return peers;
  }
}
