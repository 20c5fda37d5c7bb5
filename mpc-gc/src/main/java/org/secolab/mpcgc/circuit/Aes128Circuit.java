package org.secolab.mpcgc.circuit;

import java.util.ArrayList;
import java.util.List;

/**
 * AES-128 encryption of one block, key expansion included (FIPS 197).
 *
 * <p>The S-box inverts in GF(2^8), the only part that is not linear. It is done in a tower GF(4) ⊂
 * GF(16) ⊂ GF(256), each field quadratic over the one below, where an inversion takes three
 * products and an inversion one field lower, and GF(4) inverts by squaring, for free: 36 AND gates,
 * 7200 for 200 S-boxes. The isomorphism with AES's field is found by search when the circuit is
 * built.
 */
public final class Aes128Circuit {
  private static final int ROUNDS = 10;

  private final CircuitBuilder builder;
  private final Tower tower = new Tower();

  private Aes128Circuit(CircuitBuilder builder) {
    this.builder = builder;
  }

  /**
   * Inputs {@code key} and {@code plaintext}, output {@code ciphertext}, 16 words of 8 bits each:
   * the bytes in their order.
   */
  public static Circuit encryption(InputKind key, InputKind plaintext) {
    CircuitBuilder builder = new CircuitBuilder();
    List<Word> keyBytes = builder.inputs("key", key, 16, 8);
    List<Word> bytes = builder.inputs("plaintext", plaintext, 16, 8);
    for (Word word : new Aes128Circuit(builder).encrypt(keyBytes, bytes)) {
      builder.output("ciphertext", word);
    }
    return builder.build();
  }

  private List<Word> encrypt(List<Word> key, List<Word> plaintext) {
    List<List<Word>> keys = expand(key);
    List<Word> state = xor(plaintext, keys.getFirst());
    for (int round = 1; round <= ROUNDS; round++) {
      List<Word> next = new ArrayList<>();
      for (int i = 0; i < 16; i++) {
        // Row r of column c comes from column c + r: ShiftRows.
        next.add(substitute(state.get((i + 4 * (i % 4)) % 16)));
      }
      state = xor(round < ROUNDS ? mixColumns(next) : next, keys.get(round));
    }
    return state;
  }

  private List<List<Word>> expand(List<Word> key) {
    List<Word> bytes = new ArrayList<>(key);
    int roundConstant = 1;
    for (int i = 16; i < 16 * (ROUNDS + 1); i += 4) {
      List<Word> previous = new ArrayList<>(bytes.subList(i - 4, i));
      if (i % 16 == 0) {
        previous.add(previous.removeFirst());
        previous.replaceAll(this::substitute);
        previous.set(0, xor(previous.getFirst(), Word.constant(roundConstant, 8)));
        roundConstant = Tower.timesInAes(roundConstant, 2);
      }
      bytes.addAll(xor(previous, bytes.subList(i - 16, i - 12)));
    }
    List<List<Word>> keys = new ArrayList<>();
    for (int round = 0; round <= ROUNDS; round++) {
      keys.add(List.copyOf(bytes.subList(16 * round, 16 * round + 16)));
    }
    return keys;
  }

  private List<Word> mixColumns(List<Word> state) {
    List<Word> mixed = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      int column = i / 4 * 4;
      Word a = state.get(i);
      Word b = state.get(column + (i + 1) % 4);
      Word c = state.get(column + (i + 2) % 4);
      Word d = state.get(column + (i + 3) % 4);
      // 2a + 3b + c + d
      mixed.add(xor(xor(linear(xor(a, b), DOUBLE), b), xor(c, d)));
    }
    return mixed;
  }

  /** The images of the powers of x under multiplication by x in AES's field. */
  private static final int[] DOUBLE = new int[8];

  static {
    for (int b = 0; b < 8; b++) {
      DOUBLE[b] = Tower.timesInAes(1 << b, 2);
    }
  }

  private Word substitute(Word byteWord) {
    Word inverse = invert(linear(byteWord, tower.fromAes), 8);
    int[] affine = new int[8];
    for (int b = 0; b < 8; b++) {
      int x = tower.toAes[b];
      int rotations = x | (x << 8);
      affine[b] =
          (rotations ^ (rotations >> 7) ^ (rotations >> 6) ^ (rotations >> 5) ^ (rotations >> 4))
              & 0xff;
    }
    return xor(linear(inverse, affine), Word.constant(0x63, 8));
  }

  /** {@code images[b]} is where the map sends the unit vector b. */
  private Word linear(Word a, int[] images) {
    List<Bit> bits = new ArrayList<>();
    for (int row = 0; row < a.width(); row++) {
      Bit sum = Bit.ZERO;
      for (int b = 0; b < a.width(); b++) {
        if ((images[b] >> row & 1) == 1) {
          sum = builder.xor(sum, a.bit(b));
        }
      }
      bits.add(sum);
    }
    return new Word(bits);
  }

  private static Word low(Word a) {
    return a.slice(0, a.width() / 2);
  }

  private static Word high(Word a) {
    return a.slice(a.width() / 2, a.width());
  }

  private static Word join(Word low, Word high) {
    List<Bit> bits = new ArrayList<>(low.bits());
    bits.addAll(high.bits());
    return new Word(bits);
  }

  /** The product in the tower's field of 2^width elements: 3^log2(width) AND gates. */
  private Word multiply(Word a, Word b) {
    int width = a.width();
    if (width == 1) {
      return new Word(List.of(builder.and(a.bit(0), b.bit(0))));
    }
    // (h y + l)(h' y + l') with y² = y + ν: three products of halves (Karatsuba).
    Word highs = multiply(high(a), high(b));
    Word lows = multiply(low(a), low(b));
    Word both = multiply(xor(high(a), low(a)), xor(high(b), low(b)));
    Word scaled = linear(highs, tower.timesNu(width / 2));
    return join(xor(lows, scaled), xor(both, lows));
  }

  /** 1/a, and 0 for 0. */
  private Word invert(Word a, int width) {
    if (width == 2) {
      // a³ = 1 in GF(4), so 1/a = a².
      return linear(a, tower.squares(2));
    }
    int half = width / 2;
    // The norm of h y + l is ν h² + h l + l²; its conjugate is h y + (h + l).
    Word squares =
        xor(
            linear(linear(high(a), tower.squares(half)), tower.timesNu(half)),
            linear(low(a), tower.squares(half)));
    Word norm = xor(squares, multiply(high(a), low(a)));
    Word inverse = invert(norm, half);
    return join(multiply(xor(high(a), low(a)), inverse), multiply(high(a), inverse));
  }

  private Word xor(Word a, Word b) {
    List<Bit> bits = new ArrayList<>();
    for (int i = 0; i < a.width(); i++) {
      bits.add(builder.xor(a.bit(i), b.bit(i)));
    }
    return new Word(bits);
  }

  private List<Word> xor(List<Word> a, List<Word> b) {
    List<Word> sum = new ArrayList<>();
    for (int i = 0; i < a.size(); i++) {
      sum.add(xor(a.get(i), b.get(i)));
    }
    return sum;
  }

  /** The same tower on plain numbers, to find its constants and the way to AES's field. */
  private static final class Tower {
    /** ν of the quadratic extension over 1, 2, 4 bits: y² = y + ν has no root below. */
    private final int[] nu = new int[5];

    final int[] fromAes = new int[8];
    final int[] toAes = new int[8];

    Tower() {
      for (int half = 1; half <= 4; half *= 2) {
        nu[half] = irreducible(half);
      }
      int root = 2;
      while (!isRoot(root)) {
        root++;
      }
      int power = 1;
      for (int b = 0; b < 8; b++) {
        fromAes[b] = power;
        power = times(power, root, 8);
      }
      for (int b = 0; b < 8; b++) {
        int x = 0;
        while (apply(fromAes, x) != 1 << b) {
          x++;
        }
        toAes[b] = x;
      }
    }

    private int irreducible(int half) {
      for (int candidate = 1; candidate < 1 << half; candidate++) {
        boolean root = false;
        for (int y = 0; y < 1 << half; y++) {
          root |= (times(y, y, half) ^ y) == candidate;
        }
        if (!root) {
          return candidate;
        }
      }
      throw new AssertionError("half of all elements are no y² + y");
    }

    /** Whether x^8 + x^4 + x^3 + x + 1 is 0 at {@code x}. */
    private boolean isRoot(int x) {
      int sum = 1 ^ x;
      int power = x;
      for (int exponent = 2; exponent <= 8; exponent++) {
        power = times(power, x, 8);
        sum ^= exponent == 3 || exponent == 4 || exponent == 8 ? power : 0;
      }
      return sum == 0;
    }

    private static int apply(int[] images, int x) {
      int sum = 0;
      for (int b = 0; b < 8; b++) {
        sum ^= (x >> b & 1) == 1 ? images[b] : 0;
      }
      return sum;
    }

    int times(int a, int b, int width) {
      if (width == 1) {
        return a & b;
      }
      int half = width / 2;
      int mask = (1 << half) - 1;
      int highs = times(a >> half, b >> half, half);
      int lows = times(a & mask, b & mask, half);
      int both = times((a >> half) ^ (a & mask), (b >> half) ^ (b & mask), half);
      return ((both ^ lows) << half) | (lows ^ times(highs, nu[half], half));
    }

    int[] timesNu(int width) {
      int[] images = new int[width];
      for (int b = 0; b < width; b++) {
        images[b] = times(1 << b, nu[width], width);
      }
      return images;
    }

    int[] squares(int width) {
      int[] images = new int[width];
      for (int b = 0; b < width; b++) {
        images[b] = times(1 << b, 1 << b, width);
      }
      return images;
    }

    static int timesInAes(int a, int b) {
      int product = 0;
      for (int bit = 0; bit < 8; bit++) {
        product ^= (b >> bit & 1) == 1 ? a << bit : 0;
      }
      for (int bit = 14; bit >= 8; bit--) {
        product ^= (product >> bit & 1) == 1 ? 0x11b << (bit - 8) : 0;
      }
      return product;
    }
  }
}
