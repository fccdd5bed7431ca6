package io.restconnector.model.internal;

import io.restconnector.call.internal.RequestReader;
import io.restconnector.http.HttpSettings;
import io.restconnector.model.Finding;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import javax.xml.stream.util.StreamReaderDelegate;
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
      model = new BpmnXMLConverter().convertToBpmnModel(definitions(bpmn));
    } catch (XMLStreamException | RuntimeException unreadable) {
      throw new IllegalArgumentException("What is to be checked is no BPMN 2.0 XML", unreadable);
    }
    Builder syntax = new Builder(Builder.Feature.METHOD_INVOCATIONS);
    RequestReader reader = new RequestReader(settings == null ? HttpSettings.defaults() : settings);
    return new ProcessCheck(
            reader, settings == null ? null : settings.access(), syntax::build, true)
        .check(model);
  }

  /** As the engine reads it: as UTF-8, whatever is declared, and without entities. */
  private static XMLStreamReader definitions(InputStream bpmn) throws XMLStreamException {
    XMLInputFactory factory = XMLInputFactory.newInstance();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
    InputStreamReader reader =
        new InputStreamReader(bpmn, StandardCharsets.UTF_8) {
          @Override
          public void close() {
            // The JDK's parser closes what it has read to its end; the caller opened it.
          }
        };
    return new StreamReaderDelegate(factory.createXMLStreamReader(reader)) {
      private boolean isInside;

      @Override
      public int next() throws XMLStreamException {
        int event = super.next();
        if (event == START_ELEMENT && !isInside) {
          isInside = true;
          if (!getLocalName().equals("definitions")) {
            throw new XMLStreamException("The root element is not definitions", getLocation());
          }
        }
        return event;
      }
    };
  }
}
