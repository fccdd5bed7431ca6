package io.restconnector.extension;

import io.restconnector.spi.Secret;
import io.restconnector.spi.SignatureScheme;
import io.restconnector.spi.SignedRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Twilio's signature of forms, as an application may write it. */
final class TwilioScheme implements SignatureScheme {

  @Override
  public String name() {
    return "twilio";
  }

  /** The property {@code idField} names the field that tells deliveries apart. */
  @Override
  public Verifier configure(Properties properties) {
    String idField =
        properties.has("idField") ? properties.text("idField", "a field of the form") : "CallSid";
    if (idField.contains("=")) {
      throw properties.unfit("idField", "a field without an equals sign");
    }
    return new Verifier() {
      @Override
      public Verdict verify(SignedRequest request, List<Secret> secrets) {
        String signature = request.header("x-twilio-signature");
        if (signature == null) {
          return new Invalid(request.whyNo("x-twilio-signature"));
        }
        SortedMap<String, SortedSet<String>> form = form(request.body());
        StringBuilder signed = new StringBuilder(request.url());
        form.forEach((name, values) -> values.forEach(each -> signed.append(name).append(each)));
        for (Secret secret : secrets) {
          if (MessageDigest.isEqual(hmac(secret, signed.toString()), bytes(signature))) {
            return new Valid(form.containsKey(idField) ? form.get(idField).first() : null);
          }
        }
        return new Invalid("no auth token matches");
      }

      @Override
      public boolean accepts(Secret secret) {
        return secret.isUsable() && secret.reveal().length() >= 5;
      }

      @Override
      public boolean namesDeliveries() {
        return true;
      }
    };
  }

  private static SortedMap<String, SortedSet<String>> form(byte[] body) {
    SortedMap<String, SortedSet<String>> form = new TreeMap<>();
    for (String pair : new String(body, StandardCharsets.UTF_8).split("&", -1)) {
      String[] nameAndValue = pair.split("=", 2);
      form.computeIfAbsent(decoded(nameAndValue[0]), name -> new TreeSet<>())
          .add(nameAndValue.length == 2 ? decoded(nameAndValue[1]) : "");
    }
    return form;
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  private static byte[] hmac(Secret secret, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(bytes(secret.reveal()), "HmacSHA1"));
      return Base64.getEncoder().encode(mac.doFinal(bytes(text)));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
