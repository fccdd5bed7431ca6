package io.restconnector.content.internal;

import java.io.Serial;
import java.util.zip.ZipException;

/** A body is in a content coding that is not known. Says nothing of it: the server chose it. */
public final class UnsupportedCodingException extends ZipException {

  @Serial private static final long serialVersionUID = 1;

  UnsupportedCodingException() {
    super("a content coding that is not supported");
  }
}
