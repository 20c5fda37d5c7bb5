package org.secolab.mpcgc.circuit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.secolab.mpcgc.circuit.ActivationCircuits.Activation;

/** Exact numbers of AND gates. */
class WordsTest {
  private static final long PAPER_PRIME = 15 * (1L << 37) + 1;

  private final CircuitBuilder builder = new CircuitBuilder();
  private final Words words = new Words(builder);

  private List<Word> inputs(int count, int bits) {
    return builder.inputs("a", new InputKind.EvaluatorInput(), count, bits);
  }

  private int ands(Word result) {
    return builder.output("x", result).build().andCount();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 8, 28, 64})
  void addition_takesOneGatePerBitButTheLast(int bits) {
    List<Word> a = inputs(2, bits);
    assertEquals(bits - 1, ands(words.add(a.get(0), a.get(1))));
  }

  @Test
  void subtraction_takesAsManyAsAddition() {
    List<Word> a = inputs(2, 32);
    assertEquals(31, ands(words.subtract(a.get(0), a.get(1))));
  }

  @Test
  void comparison_takesOneGatePerBit() {
    List<Word> a = inputs(2, 32);
    assertEquals(32, ands(new Word(List.of(words.lessThanSigned(a.get(0), a.get(1))))));
  }

  @Test
  void selection_takesOneGatePerBit() {
    List<Word> a = inputs(3, 32);
    assertEquals(32, ands(words.select(a.get(0).bit(0), a.get(1), a.get(2))));
  }

  @Test
  void sumOfSharesInCarrySaveForm_takesAtMostTheGatesOfAsManyAdditions() {
    for (int count = 2; count <= 6; count++) {
      CircuitBuilder fresh = new CircuitBuilder();
      List<Word> a = fresh.inputs("a", new InputKind.EvaluatorInput(), count, 32);
      int ands = fresh.output("x", new Words(fresh).sum(a)).build().andCount();
      // Carries enter with a constant 0 in their lowest place, which saves a gate now and then.
      int[] expected = {0, 0, 31, 61, 92, 121, 152};
      assertEquals(expected[count], ands, "shares: " + count);
    }
  }

  @Test
  void maximum_takesTwoGatesPerBitAndFurtherValue() {
    assertEquals(2 * 32 * 3, ands(words.maxSigned(inputs(4, 32))));
  }

  @Test
  void rectifier_takesOneGatePerKeptBit() {
    assertEquals(28 - 1 - 8, ands(words.relu(inputs(1, 28).getFirst(), 8)));
  }

  @Test
  void rectifierWithRounding_takesAnAdditionMoreAndItsCarryIntoTheSign() {
    // Adding 2^7: places 7 to 27 change, the first of them without a gate.
    assertEquals(19 + 28 - 8 - 1, ands(words.reluRounded(inputs(1, 28).getFirst(), 8)));
  }

  @Test
  void clip_takesAComparisonAndOneSelection() {
    assertEquals(2 * 19, ands(words.clip(inputs(1, 28).getFirst(), 8, 1536)));
  }

  @Test
  void activation_needsRowsForTheSameGatesWhateverTheNumberOfGarblers() {
    for (int garblers = 1; garblers <= 5; garblers++) {
      assertEquals(73, garbled(28, 1, true, garblers));
      assertEquals(85, garbled(32, 1, true, garblers));
      assertEquals(62, garbled(32, 1, false, garblers));
      // The last selection of the maximum need not make the 8 bits that the shift drops.
      assertEquals(4 * 31 + 2 * 32 * 3 - 8 + 23 + 31, garbled(32, 4, true, garblers));
    }
  }

  private static int garbled(int bits, int window, boolean relu, int garblers) {
    return ActivationCircuits.shared(new Activation(bits, 8, relu, window), garblers)
        .garbledAndCount();
  }

  @Test
  void clippedActivation_takesAComparisonAndOneSelectionThatRectifiesToo() {
    // 6 at a scale of 2^8 is 1536, a 1 and a 1 and nine zeros; 19 places are kept.
    for (int garblers = 1; garblers <= 4; garblers++) {
      assertEquals(2 * 27 + 2 * 19, clipped(new Ring.PowerOfTwo(28), true, 1536, garblers));
      assertEquals(2 * 27 + 2 * 19, clipped(new Ring.PowerOfTwo(28), false, 1536, garblers));
    }
    assertEquals(2 * 27 + 2 * 19 - 4, clipped(new Ring.PowerOfTwo(28), true, 15, 2));
    assertEquals(73, clipped(new Ring.PowerOfTwo(28), true, 1 << 19, 2), "never takes effect");
    assertEquals(2 * 81 + 3 + 2 * 32, clipped(new Ring.Prime(PAPER_PRIME), true, 1536, 2));
  }

  private static int clipped(Ring ring, boolean relu, long cap, int garblers) {
    Activation activation = new Activation(ring, 8, relu, OptionalLong.of(cap), 1);
    int shared = ActivationCircuits.shared(activation, garblers).garbledAndCount();
    assertEquals(shared, ActivationCircuits.twoParty(activation).garbledAndCount());
    return shared;
  }

  @Test
  void activationModuloThePapersPrime_takesTwoModularSumsAFewGatesForTheSignAndTheRectifier() {
    Ring ring = new Ring.Prime(PAPER_PRIME);
    for (int garblers = 1; garblers <= 4; garblers++) {
      // (p−1)/2 = 15 · 2^36: of the 41 places only the upper ones are more than wires.
      assertEquals(2 * 81 + 3 + 32, garbled(ring, true, 1, garblers));
      // Adding p to a negative number: 40 places, of which copies of the sign save 3.
      assertEquals(2 * 81 + 3 + 37, garbled(ring, false, 1, garblers));
      // The 8 dropped bits of the largest value save selections.
      assertEquals(5 * 81 + 3 * 82 + 3 + 32 - 8, garbled(ring, true, 4, garblers));
    }
    Activation relu = new Activation(ring, 8, true, OptionalLong.empty(), 1);
    assertEquals(2 * 81, ActivationCircuits.shared(relu, 2).setupAndCount());
  }

  @Test
  void printedActivation_takesFiveModularSums() {
    Activation relu = new Activation(new Ring.Prime(PAPER_PRIME), 8, true, OptionalLong.empty(), 1);
    assertEquals(5 * 81 + 3 + 32, ActivationCircuits.printed(relu).garbledAndCount());
  }

  private static int garbled(Ring ring, boolean relu, int window, int garblers) {
    Activation activation = new Activation(ring, 8, relu, OptionalLong.empty(), window);
    int shared = ActivationCircuits.shared(activation, garblers).garbledAndCount();
    assertEquals(shared, ActivationCircuits.twoParty(activation).garbledAndCount());
    return shared;
  }

  @Test
  void setupPart_isOneSumOfSharesAndOneOfMasks() {
    Circuit circuit = ActivationCircuits.shared(new Activation(28, 8, true, 1), 2);
    assertEquals(2 * 27, circuit.setupAndCount());
    assertEquals(27, circuit.setupLevels().stream().filter(l -> !l.and().isEmpty()).count());
  }

  @Test
  void twoPartyActivation_needsAsManyRows() {
    assertEquals(73, ActivationCircuits.twoParty(new Activation(28, 8, true, 1)).garbledAndCount());
  }

  @Test
  void uselessAndRepeatedGates_areNotBuilt() {
    List<Word> a = inputs(2, 1);
    Bit x = a.get(0).bit(0);
    Bit y = a.get(1).bit(0);
    Bit useless = builder.and(x, y.not());
    Bit same = builder.xor(builder.and(x, y), builder.and(y, x));
    assertEquals(Bit.ZERO, same);
    assertEquals(x, builder.and(x, builder.or(x, Bit.ONE)));
    assertEquals(Bit.ZERO, builder.and(x, x.not()));
    Circuit circuit = builder.output("x", new Word(new ArrayList<>(List.of(x)))).build();
    assertEquals(0, circuit.gateCount(), "gates left, " + useless + " among them");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 8, 32})
  void product_takesTheSquareMinusOneRow(int bits) {
    List<Word> a = inputs(2, bits);
    assertEquals(bits * bits - bits + 1, ands(words.multiply(a.get(0), a.get(1))));
  }

  @Test
  void argmaxOfAPowerOfTwo_takesAsManyAsTheFormulaSays() {
    for (int u = 1; u <= 4; u++) {
      CircuitBuilder fresh = new CircuitBuilder();
      int k = 1 << u;
      List<Word> a = fresh.inputs("a", new InputKind.EvaluatorInput(), k, 28);
      Circuit circuit = fresh.output("x", new Words(fresh).argmaxSigned(a)).build();
      assertEquals(28 * (2 * k - 3) + k - u - 1, circuit.andCount());
    }
  }

  @Test
  void differenceModuloAPrime_takesTwoGatesPerBitLessOne() {
    List<Word> a = inputs(2, 41);
    int ands = ands(words.subtractModulo(a.get(0), a.get(1), PAPER_PRIME));
    // The constant's lowest bit is 1, so every place of the correction counts.
    assertEquals(2 * 41 - 1, ands);
  }
}
