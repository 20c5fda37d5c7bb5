package org.secolab.lattice.rlwe;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.secolab.foundation.wire.MalformedMessageException;
import org.secolab.foundation.wire.WireReader;
import org.secolab.foundation.wire.WireWriter;
import org.secolab.lattice.ring.RnsPolynomial;

/** Marks of the ciphertexts for which a share of one key left its party. */
final class ShareClaims {
  /** Residues of each row that make a mark. */
  private static final int RESIDUES = 3;

  private final Set<List<Long>> marks;

  private ShareClaims(Set<List<Long>> marks) {
    this.marks = marks;
  }

  static ShareClaims none() {
    return new ShareClaims(ConcurrentHashMap.newKeySet());
  }

  /**
   * Notes c_1 of a ciphertext. Equal elements agree in any of their residues; different ones hardly
   * ever in three of each row, and if somebody makes them agree, he is refused.
   *
   * @return whether it was not noted before
   */
  boolean add(RnsPolynomial c1) {
    int count = Math.min(RESIDUES, c1.ring().degree());
    Long[] mark = new Long[count * c1.ring().size()];
    for (int i = 0; i < mark.length; i++) {
      mark[i] = c1.row(i / count)[i % count];
    }
    return marks.add(List.of(mark));
  }

  void writeTo(WireWriter out) {
    List<List<Long>> all = List.copyOf(marks);
    out.i32(all.size());
    for (List<Long> mark : all) {
      out.u16(mark.size());
      mark.forEach(out::i64);
    }
  }

  static ShareClaims read(WireReader in) throws MalformedMessageException {
    ShareClaims claims = none();
    for (int left = in.count(2); left > 0; left--) {
      List<Long> mark = new ArrayList<>();
      for (long residue : in.words(in.u16())) {
        mark.add(residue);
      }
      claims.marks.add(List.copyOf(mark));
    }
    return claims;
  }
}
