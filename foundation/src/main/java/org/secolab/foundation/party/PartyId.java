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
          "expected a party name of 1 to 32 characters a-z, 0-9, -, got \""
              + printable(name)
              + "\"");
    }
  }

  /** The beginning of what may be anything, on one line. */
  private static String printable(String text) {
    return text.substring(0, Math.min(40, text.length())).replaceAll("\\p{C}", "?");
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
