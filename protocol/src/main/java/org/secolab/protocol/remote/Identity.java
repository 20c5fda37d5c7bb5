package org.secolab.protocol.remote;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.secolab.foundation.party.PartyId;
import org.secolab.foundation.random.RandomSource;

/** A party's private key and the certificate that goes with it. */
public final class Identity {
  private static final String KEY_FILE = "key.pem";
  private static final String CERTIFICATE_FILE = "certificate.pem";
  private static final String KEY_LABEL = "PRIVATE KEY";
  private static final String CERTIFICATE_LABEL = "CERTIFICATE";
  private static final String ALGORITHM = "EC";
  private static final int VALID_DAYS = 365;

  private final PrivateKey privateKey;
  private final X509Certificate certificate;

  private Identity(PrivateKey privateKey, X509Certificate certificate) {
    this.privateKey = privateKey;
    this.certificate = certificate;
  }

  PrivateKey privateKey() {
    return privateKey;
  }

  X509Certificate certificate() {
    return certificate;
  }

  /** What others pin. */
  public Fingerprint fingerprint() {
    return Fingerprint.of(certificate);
  }

  /**
   * A fresh P-256 key with a self-signed certificate for a year, made by the {@code keytool} of the
   * running JDK: the JDK has no other public way to make a certificate, and this one needs no
   * further library. What the certificate says is never looked at; its fingerprint counts.
   *
   * @param folder where {@code keytool} may write for a moment
   * @param random makes the password under which the key is handed over
   * @throws IOException if {@code keytool} is missing or fails
   */
  public static Identity selfSigned(PartyId party, Path folder, RandomSource random)
      throws IOException {
    return selfSigned(party, folder, "+0d", VALID_DAYS, random);
  }

  /** The same, valid for some days from a date on, in {@code keytool}'s way of writing it. */
  static Identity selfSigned(
      PartyId party, Path folder, String startDate, int days, RandomSource random)
      throws IOException {
    byte[] secret = new byte[24];
    random.fill(secret);
    String password = HexFormat.of().formatHex(secret);
    Path store = Files.createTempFile(folder, ".key", ".p12");
    Files.delete(store);
    try {
      runKeytool(party, store, password, startDate, days);
      KeyStore keys = KeyStore.getInstance("PKCS12");
      try (InputStream in = Files.newInputStream(store)) {
        keys.load(in, password.toCharArray());
      }
      if (keys.getKey(party.name(), password.toCharArray()) instanceof PrivateKey key
          && keys.getCertificate(party.name()) instanceof X509Certificate certificate) {
        return new Identity(key, certificate);
      }
      throw new IOException("keytool: expected a key and a certificate, got neither");
    } catch (GeneralSecurityException e) {
      throw new IOException("keytool: expected a readable key store", e);
    } finally {
      Files.deleteIfExists(store);
    }
  }

  private static void runKeytool(
      PartyId party, Path store, String password, String startDate, int days) throws IOException {
    String keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    ProcessBuilder builder =
        new ProcessBuilder(
            List.of(
                keytool,
                // A short life: no optimising compiler, no parallel collector.
                "-J-XX:TieredStopAtLevel=1",
                "-J-XX:+UseSerialGC",
                "-genkeypair",
                "-alias",
                party.name(),
                "-keyalg",
                ALGORITHM,
                "-groupname",
                "secp256r1",
                "-sigalg",
                "SHA256withECDSA",
                "-dname",
                "CN=" + party.name(),
                "-startdate",
                startDate,
                "-validity",
                String.valueOf(days),
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass:env",
                "SECO_KEYTOOL_PASSWORD"));
    builder.environment().put("SECO_KEYTOOL_PASSWORD", password);
    Process process = builder.redirectErrorStream(true).start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      if (process.waitFor() != 0) {
        throw new IOException("keytool: " + said.strip().replace('\n', ' '));
      }
    } catch (InterruptedException e) {
      process.destroy();
      Thread.currentThread().interrupt();
      throw new IOException("keytool: interrupted", e);
    }
  }

  /**
   * Writes key (readable by its owner only) and certificate into {@code folder}.
   *
   * @throws IOException if that fails
   */
  public void write(Path folder) throws IOException {
    Path key = folder.resolve(KEY_FILE);
    if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Files.createFile(
          key, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }
    Files.writeString(key, pem(KEY_LABEL, privateKey.getEncoded()));
    try {
      Files.writeString(
          folder.resolve(CERTIFICATE_FILE), pem(CERTIFICATE_LABEL, certificate.getEncoded()));
    } catch (GeneralSecurityException e) {
      throw new IOException("expected a certificate that can be encoded", e);
    }
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws IOException naming the file, if one is missing or is no key or certificate
   */
  public static Identity read(Path folder) throws IOException {
    Path keyFile = folder.resolve(KEY_FILE);
    Path certificateFile = folder.resolve(CERTIFICATE_FILE);
    byte[] key = fromPem(keyFile, KEY_LABEL);
    byte[] encoded = fromPem(certificateFile, CERTIFICATE_LABEL);
    PrivateKey privateKey;
    try {
      privateKey = KeyFactory.getInstance(ALGORITHM).generatePrivate(new PKCS8EncodedKeySpec(key));
    } catch (GeneralSecurityException e) {
      throw new IOException(keyFile + ": expected an elliptic-curve key", e);
    }
    try {
      return new Identity(
          privateKey,
          (X509Certificate)
              CertificateFactory.getInstance("X.509")
                  .generateCertificate(new ByteArrayInputStream(encoded)));
    } catch (GeneralSecurityException e) {
      throw new IOException(certificateFile + ": expected an X.509 certificate", e);
    }
  }

  private static String pem(String label, byte[] bytes) {
    return "-----BEGIN "
        + label
        + "-----\n"
        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes)
        + "\n-----END "
        + label
        + "-----\n";
  }

  private static byte[] fromPem(Path file, String label) throws IOException {
    if (!Files.exists(file)) {
      throw new IOException(file + ": expected a file, got none");
    }
    String text = Files.readString(file, StandardCharsets.ISO_8859_1);
    String begin = "-----BEGIN " + label + "-----";
    int from = text.indexOf(begin);
    int to = text.indexOf("-----END " + label + "-----");
    if (from < 0 || to < from) {
      throw new IOException(file + ": expected a PEM block \"" + label + "\"");
    }
    try {
      return Base64.getMimeDecoder().decode(text.substring(from + begin.length(), to));
    } catch (IllegalArgumentException e) {
      throw new IOException(file + ": expected Base64 in its PEM block", e);
    }
  }

  @Override
  public String toString() {
    return "Identity " + fingerprint();
  }
}
