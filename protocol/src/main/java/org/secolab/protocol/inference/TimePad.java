package org.secolab.protocol.inference;

import java.time.Duration;
import java.util.List;
import org.secolab.foundation.transport.Channel;
import org.secolab.foundation.transport.PartyClock;

/**
 * Lets the user wait equally long whatever lies behind the cut: the gateway holds back frames to it
 * until a fixed time. A frame that is not ready by then is passed on at once and counted, since its
 * time tells something. A pad knows no protocol, only phases and peers; it is for one run: read the
 * counts after it.
 */
public sealed interface TimePad permits SetupPad, OnlinePad {
  /** The gateway's end of the network, with frames to the user held back. */
  Channel over(Channel gateway, PartyClock clock);

  /** The gateway's end of the network under all {@code pads}. */
  static Channel over(List<TimePad> pads, Channel gateway, PartyClock clock) {
    Channel padded = gateway;
    for (TimePad pad : pads) {
      padded = pad.over(padded, clock);
    }
    return padded;
  }

  /** How long it is. */
  Duration length();

  /** Frames that left exactly then. */
  int onTime();

  /** Frames that were not ready by then. */
  int late();
}
