package org.secolab.mpcgc.ot;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.secolab.foundation.party.PartyId;
import org.secolab.foundation.party.ProtocolAbortException;
import org.secolab.foundation.party.SessionId;
import org.secolab.foundation.random.RandomSource;
import org.secolab.foundation.random.SeededRandom;
import org.secolab.foundation.wire.MalformedMessageException;
import org.secolab.foundation.wire.WireReader;
import org.secolab.foundation.wire.WireWriter;
import org.secolab.mpcgc.label.Delta;
import org.secolab.mpcgc.label.Planes;

class CorrelatedTransferTest {
  private static final TransferName NAME = InsecureDealer.NAME;
  private static final PartyId SENDER = NAME.sender();

  /** Another session, the same pair the other way round, another role. */
  private static List<TransferName> otherNames() {
    return List.of(
        new TransferName(new SessionId(0, 1), NAME.role(), NAME.chooser(), NAME.sender()),
        new TransferName(NAME.session(), NAME.role(), NAME.sender(), NAME.chooser()),
        new TransferName(NAME.session(), "other", NAME.chooser(), NAME.sender()));
  }

  private static byte[] bytes(BaseOtMessage message) {
    WireWriter out = new WireWriter(0);
    message.writeTo(out);
    return out.toByteArray();
  }

  @Test
  void baseTransfers_giveTheChosenStringOfEachPair()
      throws MalformedMessageException, ProtocolAbortException {
    RandomSource random = SeededRandom.ofInsecureNumber(1);
    Delta delta = new Delta(random);
    BaseOtReceiver receiver = new BaseOtReceiver(NAME, delta.copy(), random.fork("receiver"));
    BaseOtMessage elements = BaseOtMessage.ELEMENTS.read(new WireReader(bytes(receiver.message())));
    BaseOtSender sender = new BaseOtSender(NAME, elements, random.fork("sender"));
    BaseOtMessage answer = BaseOtMessage.CIPHERTEXTS.read(new WireReader(bytes(sender.message())));
    ChosenSeeds chosen = receiver.open(SENDER, answer);
    SeedPairs pairs = sender.seeds();
    Set<Long> words = new HashSet<>();
    for (int t = 0; t < SeedPairs.COUNT; t++) {
      int choice = (int) ChosenSeeds.bit(delta, t);
      for (int half = 0; half < 2; half++) {
        assertEquals(pairs.word(t, choice, half), chosen.word(t, half));
        words.add(pairs.word(t, 0, half));
        words.add(pairs.word(t, 1, half));
      }
    }
    assertEquals(4 * SeedPairs.COUNT, words.size(), "all strings differ");
  }

  @Test
  void elementWithACoefficientTooLarge_isMalformed() {
    RandomSource random = SeededRandom.ofInsecureNumber(2);
    BaseOtReceiver receiver = new BaseOtReceiver(NAME, new Delta(random), random.fork("receiver"));
    byte[] bytes = bytes(receiver.message());
    bytes[0] = (byte) 0xff;
    bytes[1] = (byte) 0xff;
    assertThrows(
        MalformedMessageException.class, () -> BaseOtMessage.ELEMENTS.read(new WireReader(bytes)));
  }

  /** Both ends of an extension whose base transfers are dealt in clear. */
  private record Ends(CotSender sender, CotReceiver receiver) {}

  private static Ends ends(int k, Delta delta, RandomSource random) {
    InsecureDealer dealer = new InsecureDealer(delta, random);
    CotReceiver receiver = new CotReceiver(k, NAME, dealer.pairs());
    CotSender sender = new CotSender(k, NAME, dealer.chosen(), receiver.treeCorrections());
    return new Ends(sender, receiver);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4, 8})
  void extension_correlatesEveryStringByDelta(int k) {
    RandomSource random = SeededRandom.ofInsecureNumber(k);
    Delta delta = new Delta(random);
    Ends ends = ends(k, delta, random);
    for (int count : new int[] {64, 128, 64 * 257, 64 * 3}) {
      long[] choices = new long[count / 64];
      random.fill(choices);
      long[] macs = new long[2 * count];
      long[] keys = new long[2 * count];
      long[] message = ends.receiver().extend(choices, count, macs);
      assertEquals(CotReceiver.messageWords(k, count), message.length);
      assertEquals(128 / k * count / 64, message.length);
      ends.sender().extend(count, message, keys);
      Set<Long> seen = new HashSet<>();
      for (int i = 0; i < count; i++) {
        long bit = Planes.bit(choices, i);
        assertEquals(keys[2 * i] ^ -bit & delta.low(), macs[2 * i]);
        assertEquals(keys[2 * i + 1] ^ -bit & delta.high(), macs[2 * i + 1]);
        seen.add(keys[2 * i]);
      }
      assertEquals(count, seen.size());
    }
  }

  @Test
  void renewal_givesBaseTransfersOfAFreshDelta() {
    RandomSource random = SeededRandom.ofInsecureNumber(7);
    Ends old = ends(1, new Delta(random), random);
    Delta fresh = new Delta(random);
    long[] message = new long[CotReceiver.messageWords(1, 128)];
    ChosenSeeds chosen = old.receiver().renew(fresh.copy(), message, NAME);
    SeedPairs pairs = old.sender().renew(message, NAME);
    for (int t = 0; t < SeedPairs.COUNT; t++) {
      int choice = (int) ChosenSeeds.bit(fresh, t);
      assertEquals(pairs.word(t, choice, 0), chosen.word(t, 0));
      assertNotEquals(pairs.word(t, 1 - choice, 0), chosen.word(t, 0));
    }
  }

  @Test
  void chosenTransfers_giveWhatWasChosenAndHideTheRest() {
    RandomSource random = SeededRandom.ofInsecureNumber(8);
    Delta delta = new Delta(random);
    Ends ends = ends(4, delta, random);
    int count = 192;
    long[] choices = new long[count / 64];
    random.fill(choices);
    long[] macs = new long[2 * count];
    long[] keys = new long[2 * count];
    ends.sender().extend(count, ends.receiver().extend(choices, count, macs), keys);
    long[] zero = new long[2 * count];
    long[] one = new long[2 * count];
    random.fill(zero);
    random.fill(one);
    long[] message = StringTransfers.hide(zero, one, keys, delta, NAME);
    long[] opened = StringTransfers.open(message, choices, macs, NAME);
    for (int i = 0; i < opened.length; i++) {
      boolean second = Planes.bit(choices, i / 2) == 1;
      assertEquals(second ? one[i] : zero[i], opened[i]);
      // The pad of the string that was not chosen is another one.
      long other = second ? message[i] ^ zero[i] : message[2 * count + i] ^ one[i];
      long own = second ? message[2 * count + i] ^ one[i] : message[i] ^ zero[i];
      assertNotEquals(own, other);
    }
  }

  /** An attacker of many sessions cannot compare any of them: no derivation forgets the name. */
  @Test
  void equalSeedsUnderAnotherName_giveOtherKeysStringsLeavesAndPads() {
    RandomSource random = SeededRandom.ofInsecureNumber(5);
    byte[] element = KeyGroup.random(random);
    SecretKey shared = new SecretKeySpec(new byte[32], "any");
    long[] strings = new long[2 * SeedPairs.COUNT];
    random.fill(strings);
    for (TransferName other : otherNames()) {
      assertFalse(
          Arrays.equals(
              KeyGroup.hash(NAME.digest(), 3, element), KeyGroup.hash(other.digest(), 3, element)));
      assertAllDiffer(
          name -> {
            long[] seeds = new long[2];
            BaseOtReceiver.putSeed(seeds, name.digest(), 0, shared);
            return seeds;
          },
          other);
      assertAllDiffer(
          name -> {
            long[] renewed = strings.clone();
            CotReceiver.hashStrings(renewed, name);
            return renewed;
          },
          other);
      assertAllDiffer(
          name -> {
            SeedPairs pairs = new SeedPairs(strings.clone(), strings.clone());
            return SeedTrees.all(4, pairs, name.digest(), new long[SeedTrees.correctionWords(4)]);
          },
          other);
    }
  }

  private static void assertAllDiffer(
      Function<TransferName, long[]> derivation, TransferName other) {
    long[] own = derivation.apply(NAME);
    long[] theirs = derivation.apply(other);
    for (int i = 0; i < own.length; i++) {
      assertNotEquals(own[i], theirs[i]);
    }
  }

  @Test
  void transpose_takesBitJOfWordIToBitIOfWordJ() {
    long[] square = new long[64];
    SeededRandom.ofInsecureNumber(3).fill(square);
    long[] expected = new long[64];
    for (int i = 0; i < 64; i++) {
      for (int j = 0; j < 64; j++) {
        expected[j] |= (square[i] >>> j & 1) << i;
      }
    }
    Planes.transpose(square);
    assertArrayEquals(expected, square);
  }
}
