package io.restconnector.httptask.internal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.hc.client5.http.entity.mime.HttpMultipartMode;
import org.apache.hc.client5.http.entity.mime.MultipartEntityBuilder;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.NameValuePair;
import org.apache.hc.core5.http.message.BasicNameValuePair;
import org.apache.hc.core5.net.WWWFormCodec;
import org.flowable.common.engine.api.FlowableIllegalArgumentException;
import org.flowable.http.common.api.HttpRequest;
import org.flowable.http.common.api.MultiValuePart;
import org.jspecify.annotations.Nullable;

/**
 * The body of an {@code http} task, byte for byte as Flowable's client sends it.
 *
 * @param contentType for a request that names none
 */
record TaskBody(String contentType, byte[] bytes) {

  /** Null where the task has no body, or a method that sends none. */
  static @Nullable TaskBody of(HttpRequest task, HttpMultipartMode multipartMode) {
    if (!List.of("POST", "PUT", "PATCH", "DELETE").contains(task.getMethod())) {
      return null;
    }
    if (task.getBody() != null) {
      return text(task.getBody(), task.getBodyEncoding());
    }
    if (task.getMultiValueParts() != null) {
      return parts(task.getMultiValueParts(), multipartMode);
    }
    return task.getFormParameters() == null
        ? null
        : form(task.getFormParameters(), task.getBodyEncoding());
  }

  private static TaskBody text(String body, @Nullable String encoding) {
    ContentType type =
        encoding == null || encoding.isEmpty()
            ? ContentType.TEXT_PLAIN
            : ContentType.TEXT_PLAIN.withCharset(charset(encoding));
    return new TaskBody(type.toString(), body.getBytes(type.getCharset(StandardCharsets.UTF_8)));
  }

  private static Charset charset(String name) {
    try {
      return Charset.forName(name);
    } catch (IllegalArgumentException unknown) {
      throw new FlowableIllegalArgumentException(
          "requestBodyEncoding of an http task is no charset of this JVM, wanted one such as UTF-8");
    }
  }

  private static TaskBody form(Map<String, List<String>> fields, @Nullable String encoding) {
    List<NameValuePair> pairs = new ArrayList<>();
    fields.forEach(
        (name, values) -> values.forEach(value -> pairs.add(new BasicNameValuePair(name, value))));
    Charset charset = encoding == null ? null : charset(encoding);
    ContentType type = ContentType.APPLICATION_FORM_URLENCODED.withCharset(charset);
    return new TaskBody(
        type.toString(), WWWFormCodec.format(pairs, charset).getBytes(StandardCharsets.US_ASCII));
  }

  /**
   * The mode of that name, {@code STRICT} where there is none.
   *
   * @throws FlowableIllegalArgumentException when there is no such mode
   */
  static HttpMultipartMode mode(@Nullable String name) {
    return switch (name == null ? "STRICT" : name.toUpperCase(Locale.ROOT)) {
      case "STRICT" -> HttpMultipartMode.STRICT;
      case "BROWSER_COMPATIBLE", "LEGACY" -> HttpMultipartMode.LEGACY;
      case "EXTENDED" -> HttpMultipartMode.EXTENDED;
      default ->
          throw new FlowableIllegalArgumentException(
              "Unsupported multipart mode: %s, wanted STRICT, BROWSER_COMPATIBLE, LEGACY or EXTENDED"
                  .formatted(name));
    };
  }

  private static TaskBody parts(Collection<MultiValuePart> parts, HttpMultipartMode mode) {
    MultipartEntityBuilder builder = MultipartEntityBuilder.create().setMode(mode);
    for (MultiValuePart part : parts) {
      add(builder, part);
    }
    try (HttpEntity entity = builder.build()) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      entity.writeTo(bytes);
      return new TaskBody(entity.getContentType(), bytes.toByteArray());
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static void add(MultipartEntityBuilder builder, MultiValuePart part) {
    Object body = part.getBody();
    String type =
        part.getMimeType() == null || part.getMimeType().isBlank() ? null : part.getMimeType();
    if (body instanceof byte[] bytes) {
      builder.addBinaryBody(
          part.getName(),
          bytes,
          type == null ? ContentType.DEFAULT_BINARY : ContentType.create(type),
          part.getFilename());
    } else if (body instanceof String text) {
      builder.addTextBody(
          part.getName(), text, type == null ? ContentType.DEFAULT_TEXT : ContentType.create(type));
    } else if (body != null) {
      throw new FlowableIllegalArgumentException(
          "Part '%s' of an http task is a %s, wanted a String or a byte[]"
              .formatted(part.getName(), body.getClass().getSimpleName()));
    }
  }
}
