package io.restconnector.internal;

import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Where nothing is traced. */
final class NoTracing implements Tracing, Tracing.Span, Tracing.Scope {

  @Override
  public void show(UnaryOperator<String> shown) {}

  @Override
  public boolean isOn() {
    return false;
  }

  @Override
  public Span job(JobStep step, JobTask task, @Nullable String context) {
    return this;
  }

  @Override
  public Span webhook(String method, String path, UnaryOperator<@Nullable String> header) {
    return this;
  }

  @Override
  public Scope open() {
    return this;
  }

  @Override
  public void close() {}

  @Override
  public @Nullable String context() {
    return null;
  }

  @Override
  public void set(String attribute, @Nullable String value) {}

  @Override
  public void end(@Nullable String error) {}
}
