package org.secolab.lattice.packing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.secolab.foundation.random.SeededRandom;
import org.secolab.lattice.arith.PlaintextModulus;
import org.secolab.lattice.clear.ClearVector;
import org.secolab.lattice.clear.InsecureClearScheme;
import org.secolab.lattice.sample.UniformSampler;

class CoefficientPackingProperties {
  @Provide
  Arbitrary<ConvolutionShape> shapes() {
    return Arbitraries.randomValue(
        random -> {
          int kernelHeight = 1 + random.nextInt(3);
          int kernelWidth = 1 + random.nextInt(3);
          int dilation = 1 + random.nextInt(2);
          return new ConvolutionShape(
              1 + random.nextInt(4),
              5 + random.nextInt(4),
              5 + random.nextInt(4),
              1 + random.nextInt(4),
              kernelHeight,
              kernelWidth,
              1 + random.nextInt(3),
              1 + random.nextInt(3),
              random.nextInt(2),
              random.nextInt(3),
              random.nextInt(3),
              random.nextInt(2),
              dilation,
              1 + random.nextInt(2));
        });
  }

  private static long[] uniform(int size, PlaintextModulus t, SeededRandom random) {
    long[] values = new long[size];
    UniformSampler.fill(values, t.value(), random);
    return values;
  }

  private static long[][] multiply(
      CoefficientPacking packing, PlaintextModulus t, long[] x, long[] weights) {
    InsecureClearScheme scheme = new InsecureClearScheme(packing.degree(), t);
    List<ClearVector> inputs = Arrays.stream(packing.packInput(x)).map(scheme::prepare).toList();
    long[][] outputs = new long[packing.outputPolynomials()][];
    for (int output = 0; output < outputs.length; output++) {
      List<ClearVector> factors = new ArrayList<>();
      List<ClearVector> summands = new ArrayList<>();
      for (CoefficientPacking.Product product : packing.products(output)) {
        factors.add(scheme.prepare(packing.weightPolynomial(product.weight(), weights)));
        summands.add(inputs.get(product.input()));
      }
      outputs[output] = scheme.decrypt(scheme.multiplySum(factors, summands));
    }
    return outputs;
  }

  @Property(tries = 600)
  void packedProduct_equalsDirectConvolution(
      @ForAll("shapes") ConvolutionShape shape,
      @ForAll PackingObjective objective,
      @ForAll long seed) {
    for (int degree : new int[] {32, 64, 512}) {
      PlaintextModulus t =
          seed % 2 == 0 ? PlaintextModulus.powerOfTwo(28) : new PlaintextModulus(2061584302081L);
      SeededRandom random = SeededRandom.ofInsecureNumber(seed);
      long[] x = uniform(shape.inputSize(), t, random);
      long[] weights = uniform(shape.weightSize(), t, random);
      CoefficientPacking packing = CoefficientPacking.plan(shape, degree, objective);
      long[][] outputs = multiply(packing, t, x, weights);
      assertArrayEquals(
          DirectConvolution.apply(shape, t, x, weights), packing.gatherOutput(outputs));
    }
  }

  @Property(tries = 200)
  void scatteredOutput_gathersAgain_andUsesExactlyTheUsedCoefficients(
      @ForAll("shapes") ConvolutionShape shape) {
    CoefficientPacking packing =
        CoefficientPacking.plan(shape, 128, PackingObjective.TOTAL_POLYNOMIALS);
    long[] y = new long[shape.outputSize()];
    Arrays.setAll(y, i -> i + 1);
    long[][] scattered = packing.scatterOutput(y);
    assertArrayEquals(y, packing.gatherOutput(scattered));
    int used = 0;
    for (int output = 0; output < scattered.length; output++) {
      BitSet nonZero = new BitSet();
      for (int i = 0; i < scattered[output].length; i++) {
        nonZero.set(i, scattered[output][i] != 0);
      }
      assertEquals(packing.usedCoefficients(output), nonZero);
      used += nonZero.cardinality();
    }
    assertEquals(shape.outputSize(), used, "every output value stands in one place");
  }

  @Property(tries = 200)
  void statedCounts_areThoseOfTheWeightPolynomials(@ForAll("shapes") ConvolutionShape shape) {
    CoefficientPacking packing = CoefficientPacking.plan(shape, 128, PackingObjective.PRODUCTS);
    long[] weights = new long[shape.weightSize()];
    Arrays.fill(weights, 1);
    long largest = 0;
    int products = 0;
    for (int output = 0; output < packing.outputPolynomials(); output++) {
      long nonZeros = 0;
      for (CoefficientPacking.Product product : packing.products(output)) {
        nonZeros += Arrays.stream(packing.weightPolynomial(product.weight(), weights)).sum();
        products++;
      }
      largest = Math.max(largest, nonZeros);
    }
    assertEquals(packing.nonZeros(), largest);
    assertEquals(packing.products(), products);
  }

  @Example
  void fullyConnected_isTheMatrixVectorProduct() {
    ConvolutionShape shape = ConvolutionShape.fullyConnected(100, 30);
    PlaintextModulus t = PlaintextModulus.powerOfTwo(32);
    SeededRandom random = SeededRandom.ofInsecureNumber(3);
    long[] x = uniform(100, t, random);
    long[] weights = uniform(3000, t, random);
    long[] expected = new long[30];
    for (int m = 0; m < 30; m++) {
      for (int c = 0; c < 100; c++) {
        expected[m] = t.add(expected[m], t.multiply(weights[100 * m + c], x[c]));
      }
    }
    CoefficientPacking packing =
        CoefficientPacking.plan(shape, 256, PackingObjective.TOTAL_POLYNOMIALS);
    assertArrayEquals(expected, packing.gatherOutput(multiply(packing, t, x, weights)));
  }

  @Example
  void variants_areTaken_whereTheySave() {
    // A padded image: 33 x 33 coefficients instead of 34 x 34, so seven of them instead of six.
    ConvolutionShape padded = new ConvolutionShape(7, 33, 33, 1, 3, 3, 1, 1, 1, 1, 1, 1);
    CoefficientPacking shared =
        CoefficientPacking.plan(padded, 8192, PackingObjective.INPUT_POLYNOMIALS);
    assertTrue(shared.toString().contains("shared padding"), shared.toString());
    assertEquals(1, shared.inputPolynomials());
    ConvolutionShape strided = new ConvolutionShape(16, 32, 32, 32, 1, 1, 2, 2, 0, 0, 0, 0);
    CoefficientPacking phases =
        CoefficientPacking.plan(strided, 8192, PackingObjective.TOTAL_POLYNOMIALS);
    assertTrue(phases.toString().contains("phases"), phases.toString());
  }

  @Example
  void objectives_areObeyed() {
    ConvolutionShape shape = new ConvolutionShape(16, 28, 28, 32, 5, 5, 1, 1, 2, 2, 2, 2);
    CoefficientPacking bytes =
        CoefficientPacking.plan(shape, 8192, PackingObjective.TOTAL_POLYNOMIALS);
    CoefficientPacking user =
        CoefficientPacking.plan(shape, 8192, PackingObjective.INPUT_POLYNOMIALS);
    CoefficientPacking time = CoefficientPacking.plan(shape, 8192, PackingObjective.PRODUCTS);
    assertTrue(user.inputPolynomials() <= bytes.inputPolynomials());
    assertTrue(time.products() <= bytes.products());
    assertTrue(
        bytes.inputPolynomials() + bytes.outputPolynomials()
            <= user.inputPolynomials() + user.outputPolynomials());
  }

  @Example
  void wrongSizes_areRefused() {
    ConvolutionShape shape = ConvolutionShape.fullyConnected(4, 3);
    CoefficientPacking packing = CoefficientPacking.plan(shape, 16, PackingObjective.PRODUCTS);
    assertThrows(IllegalArgumentException.class, () -> packing.packInput(new long[5]));
    assertThrows(IllegalArgumentException.class, () -> packing.scatterOutput(new long[4]));
    assertThrows(IllegalArgumentException.class, () -> packing.weightPolynomial(0, new long[11]));
    assertThrows(
        IllegalArgumentException.class,
        () ->
            CoefficientPacking.plan(
                new ConvolutionShape(1, 8, 8, 1, 5, 5, 1, 1, 0, 0, 0, 0),
                16,
                PackingObjective.PRODUCTS));
    assertThrows(
        IllegalArgumentException.class,
        () -> new ConvolutionShape(1, 3, 3, 1, 5, 5, 1, 1, 0, 0, 1, 1));
  }
}
