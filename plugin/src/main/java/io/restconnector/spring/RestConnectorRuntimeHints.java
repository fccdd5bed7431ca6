package io.restconnector.spring;

import io.restconnector.RestConnectorConfigurator;
import io.restconnector.call.DeleteDelegate;
import io.restconnector.call.GetDelegate;
import io.restconnector.call.HeadDelegate;
import io.restconnector.call.OptionsDelegate;
import io.restconnector.call.PatchDelegate;
import io.restconnector.call.PostDelegate;
import io.restconnector.call.PutDelegate;
import io.restconnector.call.TraceDelegate;
import io.restconnector.internal.platform.NativeHints;
import io.restconnector.internal.platform.WebhookChannelModel;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.aot.hint.BindingReflectionHintsRegistrar;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.ReflectionHints;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.aot.hint.TypeReference;

/** What a native image must keep though no code names it, or only by reflection. */
final class RestConnectorRuntimeHints implements RuntimeHintsRegistrar {

  @Override
  public void registerHints(RuntimeHints hints, @Nullable ClassLoader loader) {
    ReflectionHints reflection = hints.reflection();
    hints
        .resources()
        .registerPattern("META-INF/services/org.flowable.common.engine.impl.EngineConfigurator")
        .registerPattern("io/restconnector/db/*.sql");
    reflection.registerType(
        RestConnectorConfigurator.class, MemberCategory.INVOKE_PUBLIC_CONSTRUCTORS);
    // A model may name them with flowable:class.
    Stream.of(
            GetDelegate.class,
            HeadDelegate.class,
            PostDelegate.class,
            PutDelegate.class,
            PatchDelegate.class,
            DeleteDelegate.class,
            OptionsDelegate.class,
            TraceDelegate.class)
        .forEach(each -> reflection.registerType(each, MemberCategory.INVOKE_PUBLIC_CONSTRUCTORS));
    for (String mapper :
        Set.of(
            "io.restconnector.webhook.internal.delivery.DeduplicationMapper",
            "io.restconnector.webhook.internal.delivery.SubscriptionMapper",
            "io.restconnector.webhook.internal.early.EarlyMapper",
            "io.restconnector.webhook.internal.respond.AnswerMapper",
            "io.restconnector.worker.internal.BatchMapper",
            "io.restconnector.worker.internal.LockMapper")) {
      hints.proxies().registerJdkProxy(TypeReference.of(mapper));
      reflection.registerType(TypeReference.of(mapper), MemberCategory.INVOKE_PUBLIC_METHODS);
    }
    reflection.registerType(
        TypeReference.of("io.restconnector.webhook.internal.early.EarlyMapper$GeneratedId"),
        MemberCategory.INVOKE_DECLARED_CONSTRUCTORS,
        NativeHints.FIELDS);
    reflection.registerType(
        TypeReference.of("org.apache.ibatis.type.ClobTypeHandler"),
        MemberCategory.INVOKE_PUBLIC_CONSTRUCTORS);
    reflection.registerType(
        TypeReference.of("io.restconnector.webhook.internal.delivery.DeduplicationMapper$Row"),
        MemberCategory.INVOKE_DECLARED_CONSTRUCTORS,
        MemberCategory.INVOKE_DECLARED_METHODS,
        NativeHints.FIELDS);
    reflection.registerType(
        TypeReference.of("io.restconnector.webhook.internal.trigger.TriggerFunctions"),
        MemberCategory.INVOKE_DECLARED_METHODS);
    new BindingReflectionHintsRegistrar()
        .registerReflectionHints(reflection, WebhookChannelModel.class);
    registerProperties(reflection, RestConnectorProperties.class);
  }

  /** The binder makes them, and their components give the names of the properties. */
  private static void registerProperties(ReflectionHints reflection, Type type) {
    if (type instanceof ParameterizedType container) {
      for (Type argument : container.getActualTypeArguments()) {
        registerProperties(reflection, argument);
      }
    } else if (type instanceof Class<?> properties && properties.isRecord()) {
      reflection.registerType(
          properties,
          MemberCategory.INVOKE_DECLARED_CONSTRUCTORS,
          MemberCategory.INVOKE_DECLARED_METHODS);
      for (RecordComponent component : properties.getRecordComponents()) {
        registerProperties(reflection, component.getGenericType());
      }
    }
  }
}
