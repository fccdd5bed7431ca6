package io.restconnector.http.internal;

import io.restconnector.content.internal.MediaType;
import io.restconnector.spi.RestRequest;
import io.restconnector.spi.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.net.PercentCodec;
import org.jspecify.annotations.Nullable;

/**
 * Takes out of a peer's text what a call was sent with: every secret that is configured, and what
 * else of the request may be a credential, in the forms in which it travels.
 */
public final class Redaction {

  /** Shorter ones, such as page=2, say nothing and occur in any text. */
  private static final int MIN_QUERY_VALUE = 8;

  private static final int MIN_PART = 4;
  private static final Set<String> SCHEMES = Set.of("basic", "bearer", "digest", "negotiate");

  private static final Pattern CONTROLS = Pattern.compile("[\\p{Cc}\\p{Zl}\\p{Zp}]+");
  private static final Pattern INVISIBLE = Pattern.compile("\\p{C}+");

  /** What stands in names by which credentials travel. */
  private static final List<String> OF_CREDENTIALS =
      List.of(
          "auth",
          "cookie",
          "token",
          "secret",
          "passw",
          "pwd",
          "credential",
          "session",
          "key",
          "sig",
          "jwt");

  private static final List<String> OF_OTHERS = List.of("idempotency-key", "content-", "accept");

  /** In bytes: the base64 of less occurs in any text. */
  private static final int MIN_INSIDE_BASE64 = 6;

  private final SecretForms forms = new SecretForms();

  Redaction() {}

  /** For text of nobody's in particular, before there is a client. */
  public static Redaction of(Collection<Secret> secrets) {
    Redaction redaction = new Redaction();
    secrets.forEach(secret -> redaction.add(secret.reveal()));
    return redaction;
  }

  /** The same, and these. */
  public Redaction with(Collection<Secret> secrets) {
    Redaction redaction = of(secrets);
    redaction.forms.addAll(forms);
    return redaction;
  }

  /** As it is, and in base64; other encodings are found wherever they are. */
  Redaction add(@Nullable String secret) {
    if (secret == null || secret.isBlank()) {
      return this;
    }
    forms.add(secret);
    forms.add(secret.strip());
    addBase64(secret.getBytes(StandardCharsets.UTF_8), Base64.getEncoder().withoutPadding());
    addBase64(secret.getBytes(StandardCharsets.UTF_8), Base64.getUrlEncoder().withoutPadding());
    return this;
  }

  /** As a whole, and what of it is the same wherever it stands in a longer text. */
  private void addBase64(byte[] secret, Base64.Encoder encoder) {
    forms.add(encoder.encodeToString(secret));
    for (int begin = 0; begin < 3; begin++) {
      int end = secret.length - Math.max(0, secret.length - begin) % 3;
      if (end - begin >= MIN_INSIDE_BASE64) {
        forms.add(encoder.encodeToString(Arrays.copyOfRange(secret, begin, end)));
      }
    }
  }

  /** The value of a header: as a whole, what follows its scheme, and what is inside. */
  Redaction addHeaderValue(String value) {
    add(value);
    for (String each : value.split("[;,\\s]+", -1)) {
      String part = each.replaceFirst("=+$", ""); // of base64
      if (!SCHEMES.contains(part.toLowerCase(Locale.ROOT)) && part.length() >= MIN_PART) {
        add(part);
        String inside = part.substring(part.indexOf('=') + 1).replace("\"", "");
        add(inside.length() >= MIN_PART ? inside : null);
      }
    }
    if (value.regionMatches(true, 0, "Basic ", 0, 6)) {
      addBasic(value.substring(6).strip());
    }
    return this;
  }

  private void addBasic(String base64) {
    try {
      String pair = new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
      add(pair);
      add(pair.substring(pair.indexOf(':') + 1));
    } catch (IllegalArgumentException noBase64) {
      // It is replaced as it is.
    }
  }

  /** What the request itself holds: headers, query, form. */
  Redaction addRequest(RestRequest request) {
    addParameters(request.uri().getRawQuery(), MIN_QUERY_VALUE);
    for (Header header : request.headers()) {
      if (isCredential(header.getName())) {
        addHeaderValue(header.getValue());
      } else if (header.getName().equalsIgnoreCase("Content-Type")
          && MediaType.parse(header.getValue()).isForm()
          && request.body() != null) {
        addParameters(new String(request.body(), StandardCharsets.US_ASCII), Integer.MAX_VALUE);
      }
    }
    return this;
  }

  /**
   * @param minLength of values whose name is not that of a credential
   */
  private void addParameters(@Nullable String raw, int minLength) {
    for (String parameter : raw == null ? new String[0] : raw.split("&")) {
      int equals = parameter.indexOf('=');
      String value = parameter.substring(equals + 1);
      if (value.length() >= minLength
          || (equals >= 0 && isCredential(parameter.substring(0, equals)))) {
        add(value);
        add(PercentCodec.decode(value, StandardCharsets.UTF_8));
        add(PercentCodec.decode(value.replace('+', ' '), StandardCharsets.UTF_8));
      }
    }
  }

  /** Whether a header or parameter of this name carries a credential, as far as names tell. */
  public static boolean isCredential(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    boolean isCredential = false;
    for (String each : OF_CREDENTIALS) {
      isCredential |= lower.contains(each);
    }
    for (String each : OF_OTHERS) {
      isCredential &= !lower.startsWith(each);
    }
    return isCredential;
  }

  /**
   * The beginning of a text on one line, with what is known replaced. What is secret goes as a
   * whole: an end that is cut off shows no part of it.
   */
  public String excerpt(String text, int maxLength) {
    String line = CONTROLS.matcher(text).replaceAll(" ");
    return mask(INVISIBLE.matcher(line).replaceAll("").strip(), maxLength).strip();
  }

  /** The beginning of a text with what is known replaced, as {@link #excerpt}, its lines as is. */
  public String mask(String text, int maxLength) {
    return forms.mask(text, maxLength);
  }
}
