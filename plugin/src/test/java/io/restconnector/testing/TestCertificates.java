package io.restconnector.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/** Certificates that the JDK's keytool makes in a directory: an authority, and what it signs. */
public final class TestCertificates {

  private static final String PASSWORD = "changeit";
  private static final String AUTHORITY = "authority";
  private static final String CLIENT = "client";

  private final Path store;
  private final Path trustStore;

  public TestCertificates(Path directory) throws Exception {
    store = directory.resolve("keys.p12");
    trustStore = directory.resolve("trust.p12");
    keytool(AUTHORITY, "-ext", "bc:critical=ca:true");
    KeyStore trusted = empty();
    trusted.setCertificateEntry(AUTHORITY, keys().getCertificate(AUTHORITY));
    try (OutputStream out = Files.newOutputStream(trustStore)) {
      trusted.store(out, PASSWORD.toCharArray());
    }
  }

  /** Trusts the authority only; for {@code javax.net.ssl.trustStore}. Password: changeit. */
  public Path trustStore() {
    return trustStore;
  }

  /** For a server on 127.0.0.1 with nothing wrong. */
  public SSLContext valid() throws Exception {
    return signed("valid", "-ext", "san=ip:127.0.0.1", "-validity", "2");
  }

  /** As {@link #valid}, for a server that wants certificates of the authority from its clients. */
  public SSLContext validAndTrusting() throws Exception {
    keytool("mutual", "-signer", AUTHORITY, "-ext", "san=ip:127.0.0.1", "-validity", "2");
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    KeyStore trusted = empty();
    trusted.setCertificateEntry(AUTHORITY, keys().getCertificate(AUTHORITY));
    trust.init(trusted);
    return context("mutual", trust.getTrustManagers());
  }

  /** A client's key and certificates, signed by the authority. Password: changeit. */
  public Path clientKeyStore() throws Exception {
    keytool(CLIENT, "-signer", AUTHORITY, "-validity", "2");
    KeyStore one = one(CLIENT);
    Path file = store.resolveSibling("client.p12");
    try (OutputStream out = Files.newOutputStream(file)) {
      one.store(out, PASSWORD.toCharArray());
    }
    return file;
  }

  /** What {@link #clientKeyStore} made, as PEM. */
  public Path clientKeyPem() throws Exception {
    return pem("PRIVATE KEY", keys().getKey(CLIENT, PASSWORD.toCharArray()).getEncoded());
  }

  public Path clientCertificatePem() throws Exception {
    return pem("CERTIFICATE", keys().getCertificate(CLIENT).getEncoded());
  }

  public Path authorityPem() throws Exception {
    return pem("CERTIFICATE", keys().getCertificate(AUTHORITY).getEncoded());
  }

  private Path pem(String what, byte[] der) throws IOException {
    String base64 = Base64.getMimeEncoder().encodeToString(der);
    Path file = Files.createTempFile(store.getParent(), "test", ".pem");
    return Files.writeString(
        file, "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n".formatted(what, base64));
  }

  public SSLContext expired() throws Exception {
    return signed("expired", "-ext", "san=ip:127.0.0.1", "-startdate", "-9d", "-validity", "1");
  }

  public SSLContext ofOtherHost() throws Exception {
    return signed("other", "-ext", "san=dns:other.example", "-validity", "2");
  }

  /**
   * For a server that names itself so.
   *
   * @param commonName of the subject
   * @param names subject alternative names, such as {@code dns:a.example,ip:127.0.0.1}
   */
  public SSLContext named(String commonName, String names) throws Exception {
    KeyStore all = keys();
    X509Certificate authority = (X509Certificate) all.getCertificate(AUTHORITY);
    PrivateKey authorityKey = (PrivateKey) all.getKey(AUTHORITY, PASSWORD.toCharArray());
    SignedCertificate signed = SignedCertificate.of(commonName, names, authority, authorityKey);
    KeyStore one = empty();
    one.setKeyEntry(
        "named",
        signed.key(),
        PASSWORD.toCharArray(),
        new Certificate[] {signed.certificate(), authority});
    return context(one);
  }

  /** Signed by itself, not by the authority. */
  public SSLContext ofUnknownAuthority() throws Exception {
    keytool("unknown", "-ext", "san=ip:127.0.0.1", "-validity", "2");
    return context("unknown");
  }

  private SSLContext signed(String name, String... options) throws Exception {
    List<String> all = new ArrayList<>(List.of("-signer", AUTHORITY));
    all.addAll(List.of(options));
    keytool(name, all.toArray(String[]::new));
    return context(name);
  }

  private void keytool(String name, String... options) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of("-genkeypair", "-alias", name, "-dname", "CN=" + name));
    command.addAll(List.of("-keyalg", "EC", "-groupname", "secp256r1"));
    command.addAll(List.of("-keystore", store.toString(), "-storetype", "PKCS12"));
    command.addAll(List.of("-storepass", PASSWORD));
    command.addAll(List.of(options));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), Charset.defaultCharset());
    if (process.waitFor() != 0) {
      throw new IOException("keytool: " + output);
    }
  }

  private SSLContext context(String name, TrustManager... trust) throws Exception {
    return context(one(name), trust);
  }

  private static SSLContext context(KeyStore one, TrustManager... trust) throws Exception {
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(one, PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), trust.length == 0 ? null : trust, null);
    return context;
  }

  private KeyStore one(String name) throws GeneralSecurityException, IOException {
    KeyStore all = keys();
    KeyStore one = empty();
    one.setKeyEntry(
        name,
        all.getKey(name, PASSWORD.toCharArray()),
        PASSWORD.toCharArray(),
        all.getCertificateChain(name));
    return one;
  }

  private KeyStore keys() throws GeneralSecurityException, IOException {
    try (InputStream in = Files.newInputStream(store)) {
      KeyStore keys = KeyStore.getInstance("PKCS12");
      keys.load(in, PASSWORD.toCharArray());
      return keys;
    }
  }

  private static KeyStore empty() throws GeneralSecurityException, IOException {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    keys.load(null, null);
    return keys;
  }
}
