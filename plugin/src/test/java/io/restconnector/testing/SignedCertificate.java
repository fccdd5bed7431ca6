package io.restconnector.testing;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import javax.security.auth.x500.X500Principal;

/**
 * A certificate with any subject alternative names, such as keytool refuses to make, and its key
 * (RFC 5280 §4.1). It is made in this JVM, as a table of names wants many of them.
 */
record SignedCertificate(X509Certificate certificate, PrivateKey key) {

  private static final DateTimeFormatter UTC_TIME =
      DateTimeFormatter.ofPattern("yyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);

  /** SHA256withECDSA, as an AlgorithmIdentifier. */
  private static final byte[] ALGORITHM = HexFormat.of().parseHex("300a06082a8648ce3d040302");

  private static final byte[] SUBJECT_ALTERNATIVE_NAMES = HexFormat.of().parseHex("0603551d11");

  /**
   * @param names separated by commas: {@code dns:}, {@code uri:} or {@code ip:} and a name; none
   *     where empty
   */
  static SignedCertificate of(
      String commonName, String names, X509Certificate authority, PrivateKey authorityKey)
      throws GeneralSecurityException, IOException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    KeyPair pair = generator.generateKeyPair();
    Instant now = Instant.now();
    byte[] body =
        der(
            0x30,
            der(0xa0, der(0x02, new byte[] {2})), // version 3
            der(0x02, new BigInteger(63, new SecureRandom()).toByteArray()),
            ALGORITHM,
            authority.getSubjectX500Principal().getEncoded(),
            der(0x30, time(now.minusSeconds(3600)), time(now.plusSeconds(86_400))),
            new X500Principal("CN=" + commonName).getEncoded(),
            pair.getPublic().getEncoded(),
            names.isEmpty() ? new byte[0] : extensions(names));
    Signature signature = Signature.getInstance("SHA256withECDSA");
    signature.initSign(authorityKey);
    signature.update(body);
    byte[] whole = der(0x30, body, ALGORITHM, der(0x03, new byte[1], signature.sign()));
    return new SignedCertificate(
        (X509Certificate)
            CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(whole)),
        pair.getPrivate());
  }

  private static byte[] extensions(String names) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (String name : names.split(",", -1)) {
      String value = name.substring(name.indexOf(':') + 1);
      byte[] text = value.getBytes(StandardCharsets.US_ASCII);
      all.write(
          switch (name.substring(0, name.indexOf(':'))) {
            case "dns" -> der(0x82, text);
            case "uri" -> der(0x86, text);
            case "ip" -> der(0x87, InetAddress.getAllByName(value)[0].getAddress());
            default -> throw new IllegalArgumentException(name);
          });
    }
    byte[] value = der(0x04, der(0x30, all.toByteArray()));
    return der(0xa3, der(0x30, der(0x30, SUBJECT_ALTERNATIVE_NAMES, value)));
  }

  private static byte[] time(Instant instant) {
    return der(0x17, UTC_TIME.format(instant).getBytes(StandardCharsets.US_ASCII));
  }

  private static byte[] der(int tag, byte[]... parts) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      content.writeBytes(part);
    }
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.write(tag);
    int length = content.size();
    if (length > 0xff) {
      all.writeBytes(new byte[] {(byte) 0x82, (byte) (length >> 8)});
    } else if (length > 0x7f) {
      all.write(0x81);
    }
    all.write(length);
    all.writeBytes(content.toByteArray());
    return all.toByteArray();
  }
}
