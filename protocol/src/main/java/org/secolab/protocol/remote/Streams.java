package org.secolab.protocol.remote;

import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;
import org.jspecify.annotations.Nullable;

/** The two ends of a gRPC call as {@link Link.Stream}s, and what they report. */
final class Streams {
  /** Hears what a stream does; called from gRPC's threads. */
  interface Events {
    void message(byte[] message);

    /** The transport has room again. */
    void ready();

    /** The peer will send nothing more. */
    void halfClosed();

    /** The stream is gone. */
    void closed(Status status);
  }

  private Streams() {}

  /** The dialling end. */
  static final class Dialled extends ClientCall.Listener<byte[]> implements Link.Stream {
    private final ClientCall<byte[], byte[]> call;
    private final Events events;

    Dialled(ClientCall<byte[], byte[]> call, Events events) {
      this.call = call;
      this.events = events;
    }

    void start() {
      call.start(this, new Metadata());
    }

    @Override
    public void request() {
      call.request(1);
    }

    @Override
    public boolean isReady() {
      return call.isReady();
    }

    @Override
    public void send(byte[] message) {
      call.sendMessage(message);
    }

    @Override
    public void finish() {
      call.halfClose();
    }

    @Override
    public void onMessage(byte[] message) {
      events.message(message);
    }

    @Override
    public void onReady() {
      events.ready();
    }

    @Override
    public void onClose(Status status, @Nullable Metadata trailers) {
      events.closed(status);
    }
  }

  /** The listening end. */
  static final class Accepted extends ServerCall.Listener<byte[]> implements Link.Stream {
    private final ServerCall<byte[], byte[]> call;
    private final Events events;

    Accepted(ServerCall<byte[], byte[]> call, Events events) {
      this.call = call;
      this.events = events;
    }

    @Override
    public void request() {
      call.request(1);
    }

    @Override
    public boolean isReady() {
      return call.isReady();
    }

    @Override
    public void send(byte[] message) {
      call.sendMessage(message);
    }

    @Override
    public void finish() {
      call.close(Status.OK, new Metadata());
    }

    @Override
    public void onMessage(byte[] message) {
      events.message(message);
    }

    @Override
    public void onReady() {
      events.ready();
    }

    @Override
    public void onHalfClose() {
      events.halfClosed();
    }

    @Override
    public void onCancel() {
      events.closed(Status.CANCELLED.withDescription("connection lost"));
    }

    @Override
    public void onComplete() {
      events.closed(Status.OK);
    }
  }
}
