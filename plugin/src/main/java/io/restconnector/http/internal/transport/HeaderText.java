package io.restconnector.http.internal.transport;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.restconnector.spi.Secret;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpRequest;

/**
 * The values of headers. The client takes each character for a byte, so that none is lost; they are
 * UTF-8, and what is not is ISO-8859-1 (RFC 9110 §5.5).
 */
final class HeaderText {

  private HeaderText() {}

  /** A header as the client sends it; redirects carry it along. */
  private record OnWire(String name, Secret value) implements Header {

    @Override
    public String getName() {
      return name;
    }

    @Override
    public String getValue() {
      return value.reveal();
    }

    @Override
    public boolean isSensitive() {
      return true;
    }

    @Override
    public String toString() {
      return name + ": " + value;
    }
  }

  /** Converts the headers to the form that the client sends. */
  static void toWire(HttpRequest request) {
    Header[] headers = request.getHeaders();
    boolean changed = false;
    for (int i = 0; i < headers.length; i++) {
      String value = headers[i].getValue();
      if (value != null && !isAscii(value) && !(headers[i] instanceof OnWire)) {
        String bytes = new String(value.getBytes(UTF_8), ISO_8859_1);
        headers[i] = new OnWire(headers[i].getName(), Secret.of(bytes));
        changed = true;
      }
    }
    if (changed) {
      request.setHeaders(headers);
    }
  }

  /** Converts a value that the client has read. */
  static String ofWire(String characters) {
    if (isAscii(characters)) {
      return characters;
    }
    try {
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(characters.getBytes(ISO_8859_1))).toString();
    } catch (CharacterCodingException latin1) {
      return characters;
    }
  }

  private static boolean isAscii(String text) {
    for (int i = 0; i < text.length(); i++) { // for each header of each call: no stream
      if (text.charAt(i) >= 0x80) {
        return false;
      }
    }
    return true;
  }
}
