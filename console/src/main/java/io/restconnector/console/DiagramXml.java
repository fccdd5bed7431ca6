package io.restconnector.console;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.xml.namespace.QName;
import javax.xml.stream.XMLEventFactory;
import javax.xml.stream.XMLEventReader;
import javax.xml.stream.XMLEventWriter;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.events.Attribute;
import javax.xml.stream.events.StartElement;
import javax.xml.stream.events.XMLEvent;

/**
 * What a browser needs of a BPMN file to draw it: elements, names and places. Fields, scripts and
 * conditions stay here, and with them whatever secret an author may have left in one.
 */
final class DiagramXml {

  /** Flowable says in an extension for which event one waits; a browser draws none of no kind. */
  private static final Set<String> OF_SOME_KIND = Set.of("intermediateCatchEvent", "boundaryEvent");

  private static final Set<String> LEFT_OUT =
      Set.of("extensionElements", "documentation", "script", "conditionExpression");

  private DiagramXml() {}

  static byte[] of(InputStream bpmn) throws IOException {
    XMLInputFactory input = XMLInputFactory.newFactory();
    input.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    input.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      XMLEventReader reader = input.createXMLEventReader(bpmn);
      XMLEventWriter writer = XMLOutputFactory.newFactory().createXMLEventWriter(out, "UTF-8");
      XMLEventFactory events = XMLEventFactory.newFactory();
      int within = 0;
      boolean hasKind = true;
      while (reader.hasNext()) {
        XMLEvent event = reader.nextEvent();
        boolean begins = event.isStartElement();
        if (within > 0) {
          within += begins ? 1 : event.isEndElement() ? -1 : 0;
        } else if (begins && LEFT_OUT.contains(nameOf(event.asStartElement()))) {
          within = 1;
        } else if (begins) {
          String name = nameOf(event.asStartElement());
          hasKind = !OF_SOME_KIND.contains(name) && (hasKind || name.endsWith("EventDefinition"));
          writer.add(plain(event.asStartElement()));
        } else if (event.isEndElement()) {
          QName name = event.asEndElement().getName();
          if (!hasKind && OF_SOME_KIND.contains(name.getLocalPart())) {
            QName message =
                new QName(name.getNamespaceURI(), "messageEventDefinition", name.getPrefix());
            writer.add(events.createStartElement(message, null, null));
            writer.add(events.createEndElement(message, null));
            hasKind = true;
          }
          writer.add(event);
        } else if (event.isCharacters()) {
          writer.add(event);
        }
      }
      writer.close();
    } catch (XMLStreamException malformed) {
      throw new ConsoleException(500, "The BPMN of this process cannot be read.");
    }
    return out.toByteArray();
  }

  private static String nameOf(StartElement element) {
    return element.getName().getLocalPart();
  }

  /** Without the attributes of other namespaces, such as an expression of Flowable's. */
  private static XMLEvent plain(StartElement element) {
    List<Attribute> attributes = new ArrayList<>();
    element
        .getAttributes()
        .forEachRemaining(
            each -> {
              if (each.getName().getNamespaceURI().isEmpty()) {
                attributes.add(each);
              }
            });
    return XMLEventFactory.newFactory()
        .createStartElement(element.getName(), attributes.iterator(), element.getNamespaces());
  }
}
