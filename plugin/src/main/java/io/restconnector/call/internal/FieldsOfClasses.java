package io.restconnector.call.internal;

import io.restconnector.call.RestDelegate;
import java.util.List;
import org.flowable.bpmn.model.MapExceptionEntry;
import org.flowable.common.engine.api.delegate.Expression;
import org.flowable.engine.impl.bpmn.helper.ClassDelegate;
import org.flowable.engine.impl.bpmn.helper.DefaultClassDelegateFactory;
import org.flowable.engine.impl.bpmn.parser.FieldDeclaration;
import org.flowable.engine.impl.bpmn.parser.factory.DefaultActivityBehaviorFactory;
import org.flowable.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the engine from setting the fields of a task on our delegates, which read them by
 * themselves: it would refuse a name that it does not know with an exception of its own.
 */
public final class FieldsOfClasses extends DefaultClassDelegateFactory {

  private FieldsOfClasses() {}

  /** For an engine whose behaviors are its own; those of an application stay as they are. */
  public static void leaveAlone(ProcessEngineConfigurationImpl engine) {
    if (engine.getActivityBehaviorFactory() == null) {
      engine.setActivityBehaviorFactory(new DefaultActivityBehaviorFactory(new FieldsOfClasses()));
    }
  }

  @Override
  public ClassDelegate create(
      String id,
      String className,
      List<FieldDeclaration> fields,
      boolean triggerable,
      @Nullable Expression skipExpression,
      List<MapExceptionEntry> mapExceptions) {
    boolean ours = className.startsWith(RestDelegate.class.getPackageName() + ".");
    return super.create(
        id, className, ours ? List.of() : fields, triggerable, skipExpression, mapExceptions);
  }
}
