package org.secolab.mpcgc.ot;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.DigestException;
import java.security.MessageDigest;
import java.util.Arrays;
import org.secolab.foundation.secret.ConstantTime;

/**
 * Trees of seeds (Goldreich, Goldwasser, Micali): from k random transfers to 2^k leaves of which
 * the transfers' receiver knows all but the one its choices name.
 *
 * <p>A leaf's number x is decided from its highest bit down. Level l, l ≥ 1, comes with a
 * correction: the sums of all left and of all right nodes, each hidden by the string of the
 * opposite choice; so the receiver, whose way goes to side a, learns the sum of side 1 − a, hence
 * the one node next to its way. The strings of the first level are the two nodes themselves.
 */
final class SeedTrees {
  private SeedTrees() {}

  /** Words of the correction message of all trees. */
  static int correctionWords(int k) {
    return 4 * (SeedPairs.COUNT - SeedPairs.COUNT / k);
  }

  /**
   * All leaves of all trees, from both strings of every transfer.
   *
   * @param name of the transfers, as a digest: hashed along
   * @param corrections where the correction goes
   * @return two words per leaf
   */
  static long[] all(int k, SeedPairs seeds, byte[] name, long[] corrections) {
    int trees = SeedPairs.COUNT / k;
    long[] leaves = new long[2 * (trees << k)];
    int at = 0;
    for (int tree = 0; tree < trees; tree++) {
      long[] nodes = new long[4];
      int first = tree * k + k - 1;
      for (int side = 0; side < 2; side++) {
        nodes[2 * side] = seeds.word(first, 1 - side, 0);
        nodes[2 * side + 1] = seeds.word(first, 1 - side, 1);
      }
      for (int level = 1; level < k; level++) {
        nodes = children(nodes, name, tree, level);
        int t = tree * k + k - 1 - level;
        for (int side = 0; side < 2; side++) {
          for (int half = 0; half < 2; half++) {
            long sum = seeds.word(t, 1 - side, half);
            for (int x = side; x < nodes.length / 2; x += 2) {
              sum ^= nodes[2 * x + half];
            }
            corrections[at++] = sum;
          }
        }
      }
      System.arraycopy(nodes, 0, leaves, 2 * (tree << k), nodes.length);
      Arrays.fill(nodes, 0);
    }
    return leaves;
  }

  /**
   * All leaves but those the choices name, which get arbitrary values.
   *
   * @return two words per leaf
   */
  static long[] allButOne(int k, ChosenSeeds seeds, byte[] name, long[] corrections) {
    int trees = SeedPairs.COUNT / k;
    long[] leaves = new long[2 * (trees << k)];
    int at = 0;
    for (int tree = 0; tree < trees; tree++) {
      int first = tree * k + k - 1;
      // Choice a gives the node of side 1 − a.
      long way = seeds.choice(first);
      long[] nodes = new long[4];
      for (int half = 0; half < 2; half++) {
        nodes[half] = -way & seeds.word(first, half);
        nodes[2 + half] = -(1 - way) & seeds.word(first, half);
      }
      for (int level = 1; level < k; level++) {
        nodes = children(nodes, name, tree, level);
        int t = tree * k + k - 1 - level;
        long choice = seeds.choice(t);
        long missing = 2 * way + 1 - choice;
        way = 2 * way + choice;
        for (int half = 0; half < 2; half++) {
          long left = corrections[at + half];
          long right = corrections[at + 2 + half];
          long sum = seeds.word(t, half) ^ ConstantTime.select(choice, left, right);
          for (int x = 0; x < nodes.length / 2; x++) {
            // Everything on the missing node's side, but neither it nor the node on the way.
            long sameSide = -(1 ^ ((x ^ missing) & 1));
            sum ^= nodes[2 * x + half] & sameSide & ~equal(x, missing);
          }
          for (int x = 0; x < nodes.length / 2; x++) {
            long here = equal(x, missing);
            nodes[2 * x + half] = (nodes[2 * x + half] & ~(here | equal(x, way))) | (here & sum);
          }
        }
        at += 4;
      }
      System.arraycopy(nodes, 0, leaves, 2 * (tree << k), nodes.length);
      Arrays.fill(nodes, 0);
    }
    return leaves;
  }

  /** All ones if a = b, else 0, without a branch; both are small and not negative. */
  private static long equal(long a, long b) {
    return ((a ^ b) - 1) >> 63;
  }

  /** Both children of every node: the two halves of SHA-256(name, tree, level, node). */
  private static long[] children(long[] nodes, byte[] name, int tree, int level) {
    MessageDigest sha = KeyGroup.sha256();
    ByteBuffer input = ByteBuffer.allocate(28).order(ByteOrder.LITTLE_ENDIAN);
    byte[] digest = new byte[32];
    ByteBuffer words = ByteBuffer.wrap(digest).order(ByteOrder.LITTLE_ENDIAN);
    long[] children = new long[2 * nodes.length];
    for (int x = 0; x < nodes.length / 2; x++) {
      input.clear().putInt(0x47474d).putInt(tree).putInt(level);
      input.putLong(nodes[2 * x]).putLong(nodes[2 * x + 1]);
      sha.update(name);
      sha.update(input.array());
      try {
        sha.digest(digest, 0, 32);
      } catch (DigestException e) {
        throw new AssertionError("SHA-256 gives 32 bytes", e);
      }
      for (int word = 0; word < 4; word++) {
        children[4 * x + word] = words.getLong(8 * word);
      }
    }
    Arrays.fill(nodes, 0);
    Arrays.fill(digest, (byte) 0);
    return children;
  }
}
