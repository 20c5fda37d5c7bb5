package org.secolab.protocol.cut;

import java.util.List;
import org.secolab.foundation.secret.Secret;
import org.secolab.mpcgc.multiparty.EvaluationBatch;
import org.secolab.mpcgc.multiparty.GarbledBatch;
import org.secolab.protocol.linear.Tensors;
import org.secolab.protocol.material.MaterialWriter;

/** What one inference uses up at one party, by layer; every party fills what it has. */
public final class Material implements Secret {
  /** r of tensors: the user's up to the cut, behind it this server's summand. */
  public final ByNumber<long[]> masks = new ByNumber<>("mask");

  /**
   * Of linear layers: the user's u = F·r − s; the gateway's s before the cut and E^A (E^1) behind
   * it.
   */
  public final ByNumber<long[]> shares = new ByNumber<>("share");

  /** s^j of linear layers, a remote server's. */
  public final ByNumber<long[]> outputMasks = new ByNumber<>("output mask");

  /** Of activations: the gateway's d before the cut, a garbling remote server's ρ^j behind it. */
  public final ByNumber<long[]> pads = new ByNumber<>("pad");

  /** δ, the gateway's, at the cut. */
  public final ByNumber<long[]> differences = new ByNumber<>("difference at the cut");

  public final GarbledLayers<GarbledBatch> garbled;
  public final GarbledLayers<EvaluationBatch> evaluations;

  /** Nothing yet, garbled layers wherever their batches keep them. */
  public Material() {
    this(new ByNumber<>("garbled layer"), new ByNumber<>("garbled layer"));
  }

  /** Nothing yet but what there is of garbled layers. */
  public Material(GarbledLayers<GarbledBatch> garbled, GarbledLayers<EvaluationBatch> evaluations) {
    this.garbled = garbled;
    this.evaluations = evaluations;
  }

  private List<ByNumber<long[]>> tensors() {
    return List.of(masks, shares, outputMasks, pads, differences);
  }

  /** Its size, in the heap and outside. */
  public long bytes() {
    return tensors().stream().mapToLong(tensors -> tensors.total(Tensors::bytes)).sum()
        + garbled.total(GarbledBatch::storedBytes)
        + evaluations.total(EvaluationBatch::storedBytes);
  }

  /** Writes down all tensors; garbled layers see to themselves. */
  public void writeTo(MaterialWriter out) {
    tensors().forEach(tensors -> ByNumber.write(out, tensors));
  }

  @Override
  public void close() {
    tensors().forEach(tensors -> tensors.forEach(Tensors::wipe));
    garbled.forEach(GarbledBatch::close);
    evaluations.forEach(EvaluationBatch::close);
  }

  @Override
  public String toString() {
    return "Material";
  }
}
