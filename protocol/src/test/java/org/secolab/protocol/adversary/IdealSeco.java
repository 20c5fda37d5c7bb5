package org.secolab.protocol.adversary;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.secolab.protocol.adversary.Term.Role;
import org.secolab.protocol.adversary.Term.Variable;

/**
 * The layers of the {@code seco} protocol behind the cut, one scalar each, with ideal homomorphic
 * encryption and ideal garbling: ciphertexts, tables and labels are replaced by what they compute,
 * told to whom it is meant for.
 *
 * <p>Server 0 is the gateway A, servers 1..m are remote, m is the evaluator (C in the design),
 * 0..m−1 garble. A layer's linear part is y = Σ_j F^j x + Σ_j b^j, sums over the remote servers.
 * Every layer adds a prime to the letters: x, F, r belong to the first one, r' masks its output.
 */
final class IdealSeco {
  static final int USER = -1;

  /** The owner of what no party knows alone; the source of what an ideal functionality tells. */
  static final int NOBODY = -2;

  static final int GATEWAY = 0;

  private final int evaluator;
  private final List<Transcript.Value> values = new ArrayList<>();
  private String primes = "";

  /** What the next layer's input is by the model's definition: weights times input, no masks. */
  private Term plain = new Variable("x", NOBODY, Role.INPUT);

  /** The masks r of that input, one per server. */
  private List<Variable> masks;

  /** z = x − r as the remote servers hold it. */
  private Term masked;

  /** A second tensor that the next linear layer adds to its product, if there is one. */
  private Optional<Shortcut> shortcut = Optional.empty();

  /**
   * A tensor that jumps over layers.
   *
   * @param plain by the model's definition
   * @param masks one per server
   * @param masked as the remote servers hold it
   */
  private record Shortcut(Variable plain, List<Variable> masks, Term masked) {}

  private IdealSeco(int remotes) {
    if (remotes < 2) {
      throw new IllegalArgumentException("expected at least 2 remote servers, got " + remotes);
    }
    evaluator = remotes;
    masks = oneEach("r", server -> true);
    masked = plain.minus(Term.sum(masks));
  }

  /** Starts between two layers: the one before has left z = x − r with the remote servers. */
  static IdealSeco inside(int remotes) {
    IdealSeco seco = new IdealSeco(remotes);
    seco.tell("z", seco.masked, NOBODY, seco.remotesBut(NOBODY));
    return seco;
  }

  /**
   * Starts at the cut: the gateway's last layer has left x − r_u there, r_u known to the user.
   *
   * <p>The gateway learns δ = r_u − r by collective decryption and sends z = (x − r_u) + δ.
   */
  static IdealSeco atTheCut(int remotes) {
    IdealSeco seco = new IdealSeco(remotes);
    Variable usersMask = new Variable("r_u", USER, Role.RANDOM);
    Term held = seco.plain.minus(usersMask);
    Term delta = usersMask.minus(Term.sum(seco.masks));
    seco.tell("x − r_u", held, NOBODY, Set.of(GATEWAY));
    seco.tell("δ", delta, NOBODY, Set.of(GATEWAY));
    seco.masked = held.plus(delta);
    seco.tell("z", seco.masked, GATEWAY, seco.remotesBut(NOBODY));
    return seco;
  }

  /** At the cut, a second tensor crosses it under masks of its own. */
  IdealSeco withShortcut() {
    Variable tensor = new Variable("v", NOBODY, Role.INPUT);
    Variable usersMask = new Variable("q_u", USER, Role.RANDOM);
    List<Variable> serversMasks = oneEach("q", server -> true);
    Term held = tensor.minus(usersMask);
    Term delta = usersMask.minus(Term.sum(serversMasks));
    tell("v − q_u", held, NOBODY, Set.of(GATEWAY));
    tell("δ_v", delta, NOBODY, Set.of(GATEWAY));
    Term sent = held.plus(delta);
    tell("z_v", sent, GATEWAY, remotesBut(NOBODY));
    shortcut = Optional.of(new Shortcut(tensor, serversMasks, sent));
    return this;
  }

  /** A linear layer and its activation, by joint garbling. */
  IdealSeco activationLayer() {
    List<Term> shares = linearShares();
    List<Variable> pads = oneEach("ρ", server -> server != GATEWAY && server != evaluator);
    Term padded = shares.get(evaluator);
    for (Variable pad : pads) {
      int j = pad.owner();
      Term message = shares.get(j).plus(pad);
      tell(letter("E", j) + " + " + pad.name(), message, j, Set.of(evaluator));
      padded = padded.plus(message);
    }
    tell("ŷ" + primes, padded, evaluator, Set.of());

    // The evaluator asks garbler p for labels by d = ŷ + c, where c is its choice in a random
    // oblivious transfer. Bits in the protocol; here one uniform ring element.
    for (int p = 0; p < evaluator; p++) {
      Variable choice = new Variable(letter("c", p), evaluator, Role.RANDOM);
      tell(letter("d", p), padded.plus(choice), evaluator, Set.of(p));
    }

    // The circuit: its inputs are ŷ, E^A, the pads and the garblers' masks.
    Term activated = padded.plus(shares.get(GATEWAY)).minus(Term.sum(pads)).activated();
    List<Variable> next = nextMasks();
    Term output = activated.minus(Term.sum(next.subList(0, evaluator)));
    tell("circuit output" + primes, output, NOBODY, Set.of(evaluator));
    handOver(output, next);
    plain = plain.activated();
    return this;
  }

  /** A linear layer whose output is the next linear layer's input, without a circuit. */
  IdealSeco linearLayer() {
    List<Term> shares = linearShares();
    List<Variable> next = nextMasks();
    Term output = shares.get(evaluator);
    for (int p = 0; p < evaluator; p++) {
      Term message = shares.get(p).minus(next.get(p));
      tell(letter("E", p) + " − " + next.get(p).name(), message, p, Set.of(evaluator));
      output = output.plus(message);
    }
    tell("sum" + primes, output, evaluator, Set.of());
    handOver(output, next);
    return this;
  }

  /** The last linear layer: the user decrypts the sum of the shares, the servers see nothing. */
  IdealSeco outputLayer() {
    List<Term> shares = linearShares();
    masked = Term.sum(shares);
    masks = List.of();
    tell("y", masked, NOBODY, Set.of(USER));
    return this;
  }

  /** The user decrypts the masked tensor and the masks added up: a decision, so an activation. */
  IdealSeco result() {
    masked = protocolOutput();
    masks = List.of();
    tell("class", masked, NOBODY, Set.of(USER));
    return this;
  }

  Transcript transcript() {
    return Transcript.of(values);
  }

  /** The output of the last layer so far, by the model's definition. */
  Term plainOutput() {
    return plain;
  }

  /** The same as the protocol holds it, its masks added up again. */
  Term protocolOutput() {
    return masks.isEmpty() ? masked : masked.plus(Term.sum(masks));
  }

  /**
   * The servers' shares of y, the gateway's first: E^j = F^j z + s^j + b^j with the remote servers,
   * and E^A = Σ F^j r − Σ s^j, which homomorphic encryption gives to the gateway in setup.
   */
  private List<Term> linearShares() {
    List<Variable> weights = oneEach("F", Role.INPUT, server -> server != GATEWAY);
    List<Variable> biases = oneEach("b", Role.INPUT, server -> server != GATEWAY);
    List<Variable> shareMasks = oneEach("s", server -> server != GATEWAY);
    plain = Term.sum(weights).times(plain).plus(Term.sum(biases));
    if (shortcut.isPresent()) {
      plain = plain.plus(shortcut.get().plain());
    }

    List<Term> shares = new ArrayList<>();
    shares.add(
        withShortcut(
            GATEWAY, Term.sum(weights).times(Term.sum(masks)).minus(Term.sum(shareMasks))));
    tell(letter("E", GATEWAY), shares.getFirst(), NOBODY, Set.of(GATEWAY));
    for (int j = 1; j <= evaluator; j++) {
      Term product = weights.get(j - 1).times(masked);
      shares.add(withShortcut(j, product.plus(shareMasks.get(j - 1)).plus(biases.get(j - 1))));
      tell(letter("E", j), shares.get(j), j, Set.of());
    }
    shortcut = Optional.empty();
    return shares;
  }

  /** Every server adds its mask of the second tensor, the first remote one the masked tensor. */
  private Term withShortcut(int server, Term share) {
    if (shortcut.isEmpty()) {
      return share;
    }
    Term own = share.plus(shortcut.get().masks().get(server));
    return server == 1 ? own.plus(shortcut.get().masked()) : own;
  }

  private List<Variable> nextMasks() {
    return oneEach("r'", server -> true);
  }

  /** The evaluator takes off its own mask and sends z' to the other remote servers. */
  private void handOver(Term output, List<Variable> next) {
    primes += "'";
    masks = next;
    masked = output.minus(next.get(evaluator));
    tell("z" + primes, masked, evaluator, remotesBut(evaluator));
  }

  private void tell(String name, Term term, int source, Set<Integer> receivers) {
    values.add(new Transcript.Value(name, term, source, receivers));
  }

  private List<Variable> oneEach(String letter, IntPredicate servers) {
    return oneEach(letter, Role.RANDOM, servers);
  }

  private List<Variable> oneEach(String letter, Role role, IntPredicate servers) {
    return IntStream.rangeClosed(GATEWAY, evaluator)
        .filter(servers)
        .mapToObj(server -> new Variable(letter(letter, server), server, role))
        .toList();
  }

  private String letter(String letter, int server) {
    return letter + primes + "^" + (server == GATEWAY ? "A" : server);
  }

  private Set<Integer> remotesBut(int server) {
    return IntStream.rangeClosed(1, evaluator)
        .filter(j -> j != server)
        .boxed()
        .collect(Collectors.toUnmodifiableSet());
  }
}
