package org.secolab.mpcgc.circuit;

/** Who will know an input, and when. Garblers are numbered from 0 on. */
public sealed interface InputKind {
  /**
   * Known to one garbler when the circuit is garbled: nothing is ever sent for it. A value that is
   * additively or XOR-shared among garblers is several such inputs, added in the circuit.
   *
   * @param garbler the owner
   */
  record SetupKnown(int garbler) implements InputKind {}

  /** Known to the evaluator, at any time after garbling: one block per bit and garbler. */
  record EvaluatorInput() implements InputKind {}

  /**
   * Known to one garbler after garbling: one bit, then one block per bit from every garbler.
   *
   * @param garbler the owner
   */
  record GarblerOnline(int garbler) implements InputKind {}
}
