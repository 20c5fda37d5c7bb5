/**
 * Parties in processes of their own: a {@link org.secolab.foundation.transport.Channel} over gRPC
 * with mutual TLS. Protocols do not know that it is there; the frames on every directed link are
 * those of an embedded run.
 *
 * <p>Every pair of parties that talk shares one bidirectional stream of bytes; the earlier in the
 * roster dials the later, and the user, who has no address, dials the gateway only. Both sides
 * prove with TLS 1.3 that they hold the key of the certificate whose SHA-256 fingerprint the
 * deployment pins for them ({@link org.secolab.protocol.remote.Fingerprint}); there are no
 * authorities. The first message names the deployment, so that parts of different deployments do
 * not meet.
 *
 * <p>A frame travels as messages of at most {@value org.secolab.protocol.remote.Chunks#DATA_BYTES}
 * bytes. A sender waits until the transport has taken what it was given. A receiver asks for more
 * while it holds less than a window of frames that nobody has read, or while its own thread waits:
 * two parties that send to each other at the same time must not wait for each other for ever. A
 * limit holds in any case.
 *
 * <p>A broken link ends the run for everybody, and nothing is ever sent a second time: material
 * that an inference has begun to use up dies with the process. Whoever stops says why; a party that
 * hears so waits a moment to see whether its own link to the accused breaks too, and names whom it
 * saw itself.
 */
@NullMarked
package org.secolab.protocol.remote;

import org.jspecify.annotations.NullMarked;
