package org.secolab.repro.experiment;

/** How much of the paper is run here. */
public enum Scale {
  /** Small networks and few splits: minutes. Never set beside a printed time without saying so. */
  SMALL,
  /** The paper's ResNet32: hours. */
  FULL
}
