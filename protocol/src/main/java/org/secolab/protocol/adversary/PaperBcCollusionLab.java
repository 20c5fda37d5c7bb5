package org.secolab.protocol.adversary;

import java.util.Arrays;
import java.util.List;
import org.secolab.foundation.party.PartyId;
import org.secolab.foundation.party.ProtocolAbortException;
import org.secolab.foundation.random.RandomSource;
import org.secolab.foundation.random.SeededRandom;
import org.secolab.modelio.fixed.Modulus;
import org.secolab.mpcgc.label.Planes;
import org.secolab.mpcgc.label.WordsMessage;
import org.secolab.protocol.deploy.UniformResidues;
import org.secolab.protocol.inference.InferenceProtocol;
import org.secolab.protocol.inference.InferenceReport;
import org.secolab.protocol.inference.InferenceRequest;
import org.secolab.protocol.inference.ProgressListener;
import org.secolab.protocol.inference.RunOptions;
import org.secolab.protocol.inference.SplitPlan;
import org.secolab.protocol.linear.Residues;
import org.secolab.protocol.linear.Tensors;

/** The printed protocol against its own claim: B and C read what A masks. */
final class PaperBcCollusionLab implements AttackLab {
  private static final PartyId B = SplitPlan.remote(1);
  private static final PartyId C = SplitPlan.remote(2);
  private static final int DIGIT = 7;

  @Override
  public String name() {
    return "paper-bc-collusion";
  }

  @Override
  public String title() {
    return "B and C, garbler and evaluator of the printed protocol, read all activations";
  }

  @Override
  public String attackers() {
    return "B and C (remote1, remote2), against whom the paper claims security: the gateway's masks"
        + " r^1, the activations, the image";
  }

  @Override
  public String weakened() {
    return "seco-paper, the protocol as printed, with its parameters; all layers remote (Table II);"
        + " a handwritten 7 of 14 × 14 pixels, four random filters";
  }

  @Override
  public String standard() {
    return "a run of the default protocol on the same network and image, same coalition (all remote"
        + " servers)";
  }

  @Override
  public String gist() {
    return """
        B garbles, so it knows both labels (and the mask bit) of each of A's wires. A gets the labels
        of its bits from B by oblivious transfer and forwards them to C. Each alone sees nothing; put
        together, B's mask λ and C's masked value Λ are A's bit. So {B, C} read r^1, know r^2, r^3 and
        x − r, and have every activation x. With all weight shares between them they invert the
        first layer and see the image. In the default A garbles too, and no one holds both labels.
        """;
  }

  @Override
  public Finding onWeakened(RandomSource random) throws ProtocolAbortException {
    InferenceProtocol printed = InferenceProtocol.named("seco-paper");
    Modulus modulus = printed.requiredModulus().orElseThrow();
    DigitModel digit = DigitModel.small(DIGIT, modulus, random.fork("model"));
    byte[] seed = random.bytes(SeededRandom.SEED_BYTES);
    InferenceReport report =
        printed.run(
            new InferenceRequest(
                digit.model,
                new SplitPlan(0, 2),
                List.of(digit.input()),
                RunOptions.STANDARD.recordingViews()),
            ProgressListener.SILENT,
            new SeededRandom(seed));
    PartyViews views = new PartyViews(report.views());
    long[] gateways = readMask(views, digit.activations().length, modulus);
    return attack(
        digit, views, gateways, party -> digit.mask(new SeededRandom(seed).fork(party.name())));
  }

  @Override
  public Finding onStandard(RandomSource random) throws ProtocolAbortException {
    Modulus modulus = Modulus.powerOfTwo(28);
    DigitModel digit = DigitModel.small(DIGIT, modulus, random.fork("model"));
    RecordedRun run = new RecordedRun(digit.model, 0, List.of(digit.input()), random.fork("run"));
    Masks masks =
        party -> {
          // Behind a cut at 0 the servers mask the input first.
          RandomSource drawn = run.tape(party).fork("inference 0").fork("masks");
          UniformResidues.draw(digit.input().length, modulus, drawn);
          return UniformResidues.draw(digit.activations().length, modulus, drawn);
        };
    // The lab itself is checked: all that is missing is the gateway's mask.
    long[] truth = digit.activations();
    long[] open = read(digit, run.views(), masks.of(SplitPlan.GATEWAY), masks);
    if (!Arrays.equals(truth, open)) {
      throw new AssertionError("the lab no longer knows how servers draw their masks");
    }
    // No label of the gateway's wires is ever sent: nothing to read r^A from.
    return attack(digit, run.views(), new long[truth.length], masks);
  }

  /** r^1 = −(Λ + λ): λ from B's message to A, Λ from A's message to C. */
  private static long[] readMask(PartyViews views, int instances, Modulus modulus) {
    int words = Planes.words(instances);
    int strings = 64 * words * modulus.bits();
    int planes = modulus.bits() * words;
    long[] offer =
        views
            .sent(
                B,
                SplitPlan.GATEWAY,
                WordsMessage.type(0, "forward-offer", "", 4 * strings + planes))
            .getFirst()
            .words();
    long[] masked =
        views
            .received(C, SplitPlan.GATEWAY, WordsMessage.type(0, "masked-input", "", planes))
            .getFirst()
            .words();
    long[][] bits = new long[modulus.bits()][];
    for (int bit = 0; bit < bits.length; bit++) {
      bits[bit] = new long[words];
      for (int w = 0; w < words; w++) {
        bits[bit][w] = offer[4 * strings + bit * words + w] ^ masked[bit * words + w];
      }
    }
    long[] entered = new long[instances];
    Planes.toValues(bits, instances, entered, 0, 1, 0);
    return Tensors.negate(entered, modulus);
  }

  /** A party's own mask of the activations, from its random tape. */
  @FunctionalInterface
  private interface Masks {
    long[] of(PartyId party);
  }

  /** x = (x − r) + r^1 + r^2 + r^3, the first of which is {@code gateways}. */
  private static long[] read(DigitModel digit, PartyViews views, long[] gateways, Masks masks) {
    Modulus modulus = digit.model.modulus();
    var type = Residues.type(0, "masked-tensor", "Online, ReLU", gateways.length, modulus);
    long[] read = Tensors.add(views.sent(C, B, type).getFirst().values(), gateways, modulus);
    for (PartyId party : List.of(B, C)) {
      read = Tensors.add(read, masks.of(party), modulus);
    }
    return read;
  }

  private static Finding attack(DigitModel digit, PartyViews views, long[] gateways, Masks masks) {
    long[] truth = digit.activations();
    long[] read = read(digit, views, gateways, masks);
    long zeros = Arrays.stream(truth).filter(x -> x == 0).count();
    Reconstruction image = digit.invert(read);
    return Finding.compare(
            "activations behind the cut read", read, truth, (double) zeros / truth.length)
        .with("inked pixels of the image within 0.1", image.right())
        .with("inked pixels", image.inked())
        .with("root of the mean squared error, all pixels", image.error());
  }
}
