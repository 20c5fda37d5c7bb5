package org.secolab.protocol.remote;

import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.ClientAuth;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContextBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslProvider;
import java.net.InetSocketAddress;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Both ends of a connection: TLS 1.3 of the JDK, certificates on both sides, signs of life. */
final class Tls {
  private static final String VERSION = "TLSv1.3";

  /** A peer is asked for a sign of life after this long without one. */
  private static final int ALIVE_SECONDS = 4;

  /** A peer is given up after this long without an answer. */
  private static final int PATIENCE_SECONDS = 6;

  private static final int FLOW_CONTROL_WINDOW = 4 << 20;

  private Tls() {}

  /** Dials {@code address}, where only the holder of {@code pinned} is talked to. */
  static NettyChannelBuilder dial(
      InetSocketAddress address, Identity identity, Fingerprint pinned) {
    SslContextBuilder context =
        SslContextBuilder.forClient()
            .keyManager(identity.privateKey(), identity.certificate())
            .trustManager(new PinnedCertificates(Set.of(pinned)));
    try {
      return NettyChannelBuilder.forAddress(address)
          .sslContext(configure(context).build())
          .directExecutor()
          .maxInboundMessageSize(Chunks.MAXIMUM_BYTES)
          .flowControlWindow(FLOW_CONTROL_WINDOW)
          .keepAliveTime(ALIVE_SECONDS, TimeUnit.SECONDS)
          .keepAliveTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (SSLException e) {
      throw new IllegalArgumentException("expected a key that TLS can use", e);
    }
  }

  /** Listens at {@code address}, for the holders of {@code pinned} only. */
  static NettyServerBuilder listen(
      InetSocketAddress address, Identity identity, Set<Fingerprint> pinned) {
    SslContextBuilder context =
        SslContextBuilder.forServer(identity.privateKey(), identity.certificate())
            .trustManager(new PinnedCertificates(pinned))
            .clientAuth(ClientAuth.REQUIRE);
    try {
      return NettyServerBuilder.forAddress(address)
          .sslContext(configure(context).build())
          .directExecutor()
          .maxConcurrentCallsPerConnection(1)
          .maxInboundMessageSize(Chunks.MAXIMUM_BYTES)
          .flowControlWindow(FLOW_CONTROL_WINDOW)
          .keepAliveTime(ALIVE_SECONDS, TimeUnit.SECONDS)
          .keepAliveTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
          .permitKeepAliveTime(1, TimeUnit.SECONDS);
    } catch (SSLException e) {
      throw new IllegalArgumentException("expected a key that TLS can use", e);
    }
  }

  private static SslContextBuilder configure(SslContextBuilder context) {
    return GrpcSslContexts.configure(context, SslProvider.JDK).protocols(VERSION);
  }

  /** Whether a connection failed because one side did not accept the other's certificate. */
  static boolean isRefusal(@Nullable Throwable failure) {
    for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SSLException) {
        return true;
      }
    }
    return false;
  }
}
