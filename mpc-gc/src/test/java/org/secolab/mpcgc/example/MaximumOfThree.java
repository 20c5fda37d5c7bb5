package org.secolab.mpcgc.example;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.secolab.foundation.party.PartyId;
import org.secolab.foundation.party.ProtocolAbortException;
import org.secolab.foundation.party.SessionId;
import org.secolab.foundation.random.SystemRandom;
import org.secolab.foundation.transport.EmbeddedParties;
import org.secolab.mpcgc.circuit.CircuitBuilder;
import org.secolab.mpcgc.circuit.InputKind;
import org.secolab.mpcgc.circuit.Words;
import org.secolab.mpcgc.multiparty.BatchId;
import org.secolab.mpcgc.multiparty.Evaluator;
import org.secolab.mpcgc.multiparty.Garbler;
import org.secolab.mpcgc.multiparty.GarblingParties;

/** Three parties learn the largest of their private numbers, and nothing else about them. */
final class MaximumOfThree {
  private MaximumOfThree() {}

  // example
  static long maximum(long[] numbers) throws ProtocolAbortException {
    var names = List.of(new PartyId("alice"), new PartyId("bob"), new PartyId("carol"));
    var parties = new GarblingParties(names.get(2), names.subList(0, 2));
    var builder = new CircuitBuilder();
    var a = builder.input("0", new InputKind.SetupKnown(0), 32);
    var b = builder.input("1", new InputKind.SetupKnown(1), 32);
    var c = builder.input("2", new InputKind.EvaluatorInput(), 32);
    var circuit = builder.output("max", new Words(builder).maxSigned(List.of(a, b, c))).build();
    var id = new BatchId(0, 0, 0);
    SequencedMap<PartyId, EmbeddedParties.Program<Long>> programs = new LinkedHashMap<>();
    for (int i = 0; i < 2; i++) {
      var own = Map.of("" + i, new long[] {numbers[i]});
      programs.put(
          names.get(i),
          session -> {
            var garbler = Garbler.open(session, parties, new SystemRandom());
            garbler.garble(session, id, circuit, 1, own, new SystemRandom()).answer(session, "2");
            return 0L;
          });
    }
    programs.put(
        parties.evaluator(),
        session -> {
          var evaluator = Evaluator.open(session, parties, new SystemRandom());
          var batch = evaluator.receive(session, id, circuit, 1, new SystemRandom());
          batch.supply(session, "2", new long[] {numbers[2]});
          return batch.evaluate()[0];
        });
    return EmbeddedParties.run(SessionId.random(new SystemRandom()), programs).get(names.get(2));
  }
  // end of example
}
