package io.restconnector.model.internal;

import io.restconnector.call.internal.RequestReader;
import io.restconnector.http.HttpSettings;
import io.restconnector.model.Finding;
import java.io.InputStream;
import java.util.List;
import org.flowable.bpmn.converter.BpmnXMLConverter;
import org.flowable.bpmn.model.BpmnModel;
import org.flowable.common.engine.impl.de.odysseus.el.tree.impl.Builder;
import org.jspecify.annotations.Nullable;

/** Checks the XML of a model without an engine. */
public final class ModelCheck {

  private ModelCheck() {}

  /**
   * The findings of a model.
   *
   * @param settings of the node that will run it, null where nobody knows
   * @throws IllegalArgumentException when it is no BPMN
   */
  public static List<Finding> check(InputStream bpmn, @Nullable HttpSettings settings) {
    BpmnModel model;
    try {
      model = new BpmnXMLConverter().convertToBpmnModel(() -> bpmn, false, false);
    } catch (RuntimeException unreadable) {
      throw new IllegalArgumentException("What is to be checked is no BPMN 2.0 XML", unreadable);
    }
    Builder syntax = new Builder(Builder.Feature.METHOD_INVOCATIONS);
    RequestReader reader = new RequestReader(settings == null ? HttpSettings.defaults() : settings);
    return new ProcessCheck(reader, settings == null ? null : settings.access(), syntax::build)
        .check(model);
  }
}
