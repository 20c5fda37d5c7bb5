package org.secolab.foundation.party;

/**
 * The name of one party, such as {@code user}, {@code gateway}, {@code remote1}.
 *
 * @param name 1 to 32 characters from a–z, 0–9 and {@code -}
 */
public record PartyId(String name) implements Comparable<PartyId> {
  public PartyId {
    if (!name.matches("[a-z0-9-]{1,32}")) {
      throw new IllegalArgumentException(
          "expected a party name of 1 to 32 characters a-z, 0-9, -, got \"" + name + "\"");
    }
  }

  @Override
  public int compareTo(PartyId other) {
    return name.compareTo(other.name);
  }

  @Override
  public String toString() {
    return name;
  }
}
