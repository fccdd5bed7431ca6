package io.restconnector.internal.platform;

import org.springframework.aot.hint.MemberCategory;

/** Categories of hints for native images. */
public final class NativeHints {

  /** Fields that are read and written by reflection. */
  public static final MemberCategory FIELDS = MemberCategory.DECLARED_FIELDS;

  private NativeHints() {}
}
