package org.secolab.protocol.adversary;

import java.util.List;
import org.secolab.foundation.party.ProtocolAbortException;
import org.secolab.foundation.random.RandomSource;

/**
 * One attack, on a variant where it must succeed and on the default protocol, where it must not.
 */
public interface AttackLab {
  /** What it is called on the command line; also the name of its page in {@code docs/attacks}. */
  String name();

  /** One line. */
  String title();

  /** Who colludes, what they saw, and what they are after. */
  String attackers();

  /** What is left out in the weakened or printed variant, and at which size the lab runs. */
  String weakened();

  /** What the attack runs on the second time: which code of the default protocol. */
  String standard();

  /** The idea in a few lines. */
  String gist();

  /** The attack on the weakened or printed variant. */
  Finding onWeakened(RandomSource random) throws ProtocolAbortException;

  /** The same attack on the default protocol's code. */
  Finding onStandard(RandomSource random) throws ProtocolAbortException;

  /** All labs, in the order in which they are best read. */
  static List<AttackLab> all() {
    return List.of(
        new PaperBcCollusionLab(),
        new NoRerandomisationLab(),
        new UnusedCoefficientsLab(),
        new NoFloodingLab(),
        new SecondShareLab(),
        new MaskReuseLab(),
        new SilentGatewayLab(),
        new LabelReuseLab(),
        new MissingInstanceTweakLab(),
        new FixedKeyHashLab(),
        new LocalTruncationLab(),
        new ModelInversionLab());
  }

  /**
   * The lab called {@code name}.
   *
   * @throws IllegalArgumentException if there is none
   */
  static AttackLab named(String name) {
    return all().stream()
        .filter(lab -> lab.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "expected an attack of "
                        + all().stream().map(AttackLab::name).toList()
                        + ", got "
                        + name));
  }
}
