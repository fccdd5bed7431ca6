package io.restconnector.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.restconnector.spi.Secret;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.spec.InvalidKeySpecException;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that make a TLS identity, and files that do not. Handshakes are TlsIdentityTest's. */
class SslContextsTest {

  /** Of a key that is not kept. */
  private static final String CERTIFICATE =
      """
      -----BEGIN CERTIFICATE-----
      MIIBdTCCARugAwIBAgIUNuYJmxYCR2LUPpDbDXCyadSlxFAwCgYIKoZIzj0EAwIw
      DzENMAsGA1UEAwwEdGVzdDAgFw0yNjExMjYxNTQwMTlaGA8yMTI2MTEwMjE1NDAx
      OVowDzENMAsGA1UEAwwEdGVzdDBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABHE8
      7uNT83yE3M6qUu/ua5axx1Zp+vhWBv21CsqUQtn9Xnc7PD9OxGvqOytNDY06dyCO
      BqZc5hLvNzPt/7/AJhyjUzBRMB0GA1UdDgQWBBTCoQKAlmCYyWzc1GAaP0AU1YUi
      kzAfBgNVHSMEGDAWgBTCoQKAlmCYyWzc1GAaP0AU1YUikzAPBgNVHRMBAf8EBTAD
      AQH/MAoGCCqGSM49BAMCA0gAMEUCIQCYM4iRfMojUUdAUsdMiQwWuqXcyXjUzY4H
      q2s9b/FjqwIgIjEQXi3STfGMsD056vbNd24VCLBYdSqDRNUsmuimtkA=
      -----END CERTIFICATE-----
      """;

  private static final Secret PASSWORD = Secret.of("changeit");

  @TempDir private static Path directory;
  private static Path certificate;

  @BeforeAll
  static void writeCertificate() throws IOException {
    certificate = Files.writeString(directory.resolve("certificate.pem"), CERTIFICATE);
  }

  private static Path key(String algorithm, String label)
      throws GeneralSecurityException, IOException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
    if (!algorithm.startsWith("E")) {
      generator.initialize(1024); // the least that is quick to make
    }
    byte[] der = generator.generateKeyPair().getPrivate().getEncoded();
    return Files.writeString(
        directory.resolve(algorithm + ".pem"),
        """
        Bag Attributes: <none>
        -----BEGIN %1$s-----
        %2$s
        -----END %1$s-----
        """
            .formatted(label, Base64.getMimeEncoder().encodeToString(der)));
  }

  private static Path keyStore(String name) throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    Path file = directory.resolve(name);
    try (OutputStream out = Files.newOutputStream(file)) {
      store.store(out, PASSWORD.reveal().toCharArray());
    }
    return file;
  }

  @ParameterizedTest
  @ValueSource(strings = {"RSA", "EC", "Ed25519"})
  void whenAPrivateKeyIsOfAKnownKindThenItIsRead(String algorithm) throws Exception {
    assertThat(SslContexts.pem(certificate, key(algorithm, "PRIVATE KEY"), certificate))
        .isNotNull();
  }

  @Test
  void whenAPrivateKeyIsOfAnotherKindThenTheMessageNamesTheFile() throws Exception {
    Path key = key("DSA", "PRIVATE KEY");

    assertThatThrownBy(() -> SslContexts.pem(certificate, key, null))
        .isInstanceOf(InvalidKeySpecException.class)
        .hasMessage(key + " holds a key that is not RSA, EC or EdDSA");
  }

  @Test
  void whenAPrivateKeyIsNotPlainPkcs8ThenTheMessageNamesTheFile() throws Exception {
    for (String label : new String[] {"ENCRYPTED PRIVATE KEY", "RSA PRIVATE KEY"}) {
      Path key = key("EC", label);

      assertThatThrownBy(() -> SslContexts.pem(certificate, key, null))
          .isInstanceOf(InvalidKeySpecException.class)
          .hasMessage(key + " holds no PRIVATE KEY in PKCS #8");
    }
  }

  @ParameterizedTest
  @CsvSource({"certificate.pem, ", ", certificate.pem"})
  void whenACertificateOrItsKeyIsMissingThenThatIsRefused(
      @Nullable String certificates, @Nullable String key) {
    Path both = directory;
    assertThatThrownBy(
            () ->
                SslContexts.pem(
                    certificates == null ? null : both.resolve(certificates),
                    key == null ? null : both.resolve(key),
                    certificate))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("certificates and their private key belong together");
  }

  @Test
  void whenNothingIsGivenThenTheJvmsAuthoritiesAreTrusted() throws Exception {
    assertThat(SslContexts.pem(null, null, null).getProtocol()).isEqualTo("TLS");
    assertThat(SslContexts.pkcs12(null, null, PASSWORD).getProtocol()).isEqualTo("TLS");
  }

  @Test
  void whenAFileIsNoCertificateOrNotThereThenThatIsTold() throws Exception {
    Path text = Files.writeString(directory.resolve("text.pem"), "no certificate");

    assertThatThrownBy(() -> SslContexts.pem(null, null, text))
        .isInstanceOf(CertificateException.class);
    assertThatThrownBy(() -> SslContexts.pem(null, null, directory.resolve("none")))
        .isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void whenAKeyStoreHasAnotherPasswordThenItIsNotOpened() throws Exception {
    Path store = keyStore("keys.p12");

    assertThat(SslContexts.pkcs12(store, null, PASSWORD)).isNotNull();
    assertThat(SslContexts.pkcs12(null, store, PASSWORD)).isNotNull();
    assertThatThrownBy(() -> SslContexts.pkcs12(store, null, Secret.of("other")))
        .isInstanceOf(IOException.class);
    assertThatThrownBy(() -> SslContexts.pkcs12(null, store, Secret.of("other")))
        .isInstanceOf(IOException.class);
  }
}
