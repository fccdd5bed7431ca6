package io.restconnector.http;

import io.restconnector.spi.Secret;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * TLS identities and trust out of files, for engines without Spring's SSL bundles. Where no
 * authorities are given, those of the JVM are trusted.
 */
public final class SslContexts {

  private static final Pattern PRIVATE_KEY =
      Pattern.compile("-----BEGIN PRIVATE KEY-----([^-]+)-----END PRIVATE KEY-----");
  private static final char[] IN_MEMORY = {};

  private SslContexts() {}

  /**
   * Out of PKCS #12 files with one password.
   *
   * @param keyStore the client's key with its certificates, if any
   * @param trustStore the authorities to trust, if any
   */
  public static SSLContext pkcs12(
      @Nullable Path keyStore, @Nullable Path trustStore, Secret password)
      throws GeneralSecurityException, IOException {
    char[] characters = password.reveal().toCharArray();
    return context(
        keyStore == null ? null : load(keyStore, characters),
        characters,
        trustStore == null ? null : load(trustStore, characters));
  }

  /**
   * Out of PEM files.
   *
   * @param certificates the client's certificate, then those between it and its authority; if any
   * @param privateKey of that certificate: PKCS #8, not encrypted
   * @param authorities the authorities to trust, if any
   */
  public static SSLContext pem(
      @Nullable Path certificates, @Nullable Path privateKey, @Nullable Path authorities)
      throws GeneralSecurityException, IOException {
    if ((certificates == null) != (privateKey == null)) {
      throw new IllegalArgumentException("certificates and their private key belong together");
    }
    KeyStore keys = null;
    if (certificates != null && privateKey != null) {
      keys = empty();
      Certificate[] chain = read(certificates).toArray(Certificate[]::new);
      keys.setKeyEntry("client", key(privateKey), IN_MEMORY, chain);
    }
    KeyStore trusted = null;
    if (authorities != null) {
      trusted = empty();
      for (Certificate authority : read(authorities)) {
        trusted.setCertificateEntry("authority-" + trusted.size(), authority);
      }
    }
    return context(keys, IN_MEMORY, trusted);
  }

  private static SSLContext context(
      @Nullable KeyStore keys, char[] password, @Nullable KeyStore trusted)
      throws GeneralSecurityException {
    KeyManagerFactory identity =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    identity.init(keys, password);
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(identity.getKeyManagers(), trust.getTrustManagers(), null);
    return context;
  }

  private static KeyStore load(Path file, char[] password)
      throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, password);
    }
    return store;
  }

  private static KeyStore empty() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }

  private static List<Certificate> read(Path pem) throws GeneralSecurityException, IOException {
    InputStream in = new ByteArrayInputStream(Files.readAllBytes(pem));
    return List.copyOf(CertificateFactory.getInstance("X.509").generateCertificates(in));
  }

  private static PrivateKey key(Path pem) throws GeneralSecurityException, IOException {
    Matcher block = PRIVATE_KEY.matcher(Files.readString(pem));
    if (!block.find()) {
      throw new InvalidKeySpecException(pem + " holds no PRIVATE KEY in PKCS #8");
    }
    byte[] der = Base64.getMimeDecoder().decode(block.group(1));
    for (String algorithm : List.of("RSA", "EC", "EdDSA")) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der));
      } catch (InvalidKeySpecException other) {
        // The key says what it is only to the factory of its kind.
      }
    }
    throw new InvalidKeySpecException(pem + " holds a key that is not RSA, EC or EdDSA");
  }
}
