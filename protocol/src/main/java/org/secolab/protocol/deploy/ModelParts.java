package org.secolab.protocol.deploy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.secolab.foundation.party.PartyId;
import org.secolab.foundation.random.RandomSource;
import org.secolab.modelio.fixed.FixedActivation;
import org.secolab.modelio.fixed.FixedArgmax;
import org.secolab.modelio.fixed.FixedConvolution;
import org.secolab.modelio.fixed.FixedLayer;
import org.secolab.modelio.fixed.FixedLinear;
import org.secolab.modelio.fixed.FixedModel;
import org.secolab.modelio.fixed.FixedOperation;
import org.secolab.modelio.fixed.FixedReshape;
import org.secolab.modelio.fixed.FixedSumPool;
import org.secolab.modelio.fixed.Modulus;
import org.secolab.protocol.inference.SplitPlan;

/**
 * A model cut into what each server holds. Every part has the shapes of all layers; numbers that a
 * server must not know are zero in its part.
 *
 * @param user shapes only
 * @param gateway layers 1..cut in clear
 * @param remotes additive shares of the layers behind the cut, one for each remote server
 */
public record ModelParts(FixedModel user, FixedModel gateway, List<FixedModel> remotes) {
  /** What to do with the numbers of one convolution of layer {@code layer}. */
  @FunctionalInterface
  private interface Rewrite {
    FixedConvolution apply(int layer, FixedConvolution convolution);
  }

  public ModelParts {
    remotes = List.copyOf(remotes);
  }

  /** Cuts {@code model} as {@code split} says, with fresh shares from {@code random}. */
  public static ModelParts cut(FixedModel model, SplitPlan split, RandomSource random) {
    split.check(model);
    FixedModel user = rewrite(model, (_, convolution) -> zero(convolution));
    FixedModel gateway =
        rewrite(
            model,
            (layer, convolution) -> split.onGateway(layer) ? convolution : zero(convolution));
    FixedModel rest =
        rewrite(
            model,
            (layer, convolution) -> split.onGateway(layer) ? zero(convolution) : convolution);
    List<FixedModel> remotes = new ArrayList<>();
    for (int j = 1; j < split.remoteServers(); j++) {
      RandomSource shareRandom = random.fork("share " + j);
      FixedModel share =
          rewrite(
              model,
              (layer, convolution) ->
                  split.onGateway(layer)
                      ? zero(convolution)
                      : uniform(convolution, model.modulus(), shareRandom));
      rest = combine(rest, share, false);
      remotes.add(share);
    }
    remotes.add(rest);
    return new ModelParts(user, gateway, remotes);
  }

  /** What each party holds, the user first. */
  public SequencedMap<PartyId, FixedModel> byParty() {
    SequencedMap<PartyId, FixedModel> parts = new LinkedHashMap<>();
    parts.put(SplitPlan.USER, user);
    parts.put(SplitPlan.GATEWAY, gateway);
    for (int j = 1; j <= remotes.size(); j++) {
      parts.put(SplitPlan.remote(j), remotes.get(j - 1));
    }
    return parts;
  }

  /** Puts the parts together again. */
  public FixedModel join() {
    FixedModel sum = gateway;
    for (FixedModel share : remotes) {
      sum = combine(sum, share, true);
    }
    return sum;
  }

  private static FixedConvolution zero(FixedConvolution convolution) {
    return convolution.withParameters(
        new long[convolution.weights().length], new long[convolution.bias().length]);
  }

  private static FixedConvolution uniform(
      FixedConvolution convolution, Modulus modulus, RandomSource random) {
    return convolution.withParameters(
        UniformResidues.draw(convolution.weights().length, modulus, random),
        UniformResidues.draw(convolution.bias().length, modulus, random));
  }

  /** The sum or difference of all numbers, modulo t. */
  private static FixedModel combine(FixedModel a, FixedModel b, boolean add) {
    List<FixedConvolution> others = new ArrayList<>();
    rewrite(
        b,
        (_, convolution) -> {
          others.add(convolution);
          return convolution;
        });
    Modulus modulus = a.modulus();
    int[] next = {0};
    return rewrite(
        a,
        (_, convolution) -> {
          FixedConvolution other = others.get(next[0]++);
          return convolution.withParameters(
              combine(convolution.weights(), other.weights(), modulus, add),
              combine(convolution.bias(), other.bias(), modulus, add));
        });
  }

  private static long[] combine(long[] a, long[] b, Modulus modulus, boolean add) {
    long[] result = new long[a.length];
    for (int i = 0; i < a.length; i++) {
      long x = modulus.reduce(a[i]);
      long y = modulus.reduce(b[i]);
      result[i] = add ? modulus.add(x, y) : modulus.subtract(x, y);
    }
    return result;
  }

  private static FixedModel rewrite(FixedModel model, Rewrite rewrite) {
    List<FixedLayer> layers = new ArrayList<>();
    for (int number = 1; number <= model.layers().size(); number++) {
      layers.add(
          switch (model.layer(number)) {
            case FixedActivation activation -> activation;
            case FixedArgmax argmax -> argmax;
            case FixedLinear linear -> rewrite(number, linear, rewrite);
          });
    }
    return new FixedModel(
        model.name(),
        model.modulus(),
        model.fractionBits(),
        model.inputShape(),
        model.inputRange(),
        layers,
        model.outputScaleBits());
  }

  private static FixedLinear rewrite(int number, FixedLinear linear, Rewrite rewrite) {
    List<FixedLinear.Branch> branches = new ArrayList<>();
    for (FixedLinear.Branch branch : linear.branches()) {
      List<FixedOperation> operations = new ArrayList<>();
      for (FixedOperation operation : branch.operations()) {
        operations.add(
            switch (operation) {
              case FixedConvolution convolution -> rewrite.apply(number, convolution);
              case FixedSumPool pool -> pool;
              case FixedReshape reshape -> reshape;
            });
      }
      branches.add(new FixedLinear.Branch(branch.source(), branch.leftShift(), operations));
    }
    return new FixedLinear(linear.name(), linear.inputShape(), linear.outputShape(), branches);
  }
}
