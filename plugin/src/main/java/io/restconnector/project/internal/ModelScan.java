package io.restconnector.project.internal;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * What the BPMN files of a project want that Flowable's own reader drops.
 *
 * @param processes the ids of all processes
 */
record ModelScan(List<Task> tasks, Set<String> processes) {

  /**
   * A service task that names its implementation as only this product does.
   *
   * @param place of the task
   */
  record Task(Place place, String process, String id, String implementation) {}

  private static final Set<String> OF_FLOWABLE =
      Set.of("class", "expression", "delegateExpression", "type");

  /** Elements whose text is for people, or for another language. */
  private static final Set<String> TEXTS =
      Set.of("documentation", "script", "text", "name", "string");

  static ModelScan of(ProjectFiles files, Faults faults) {
    ModelScan scan = new ModelScan(new ArrayList<>(), new LinkedHashSet<>());
    files
        .models()
        .forEach(
            (name, bytes) -> {
              try {
                scan.read(Place.of(name), reader(bytes), faults);
              } catch (XMLStreamException malformed) {
                faults.error(
                    Place.of(name),
                    "the file is no XML, line %d, column %d"
                        .formatted(
                            malformed.getLocation() == null
                                ? 0
                                : malformed.getLocation().getLineNumber(),
                            malformed.getLocation() == null
                                ? 0
                                : malformed.getLocation().getColumnNumber()));
              }
            });
    return scan;
  }

  /** As the engine reads it: as UTF-8, whatever is declared, and without entities. */
  private static XMLStreamReader reader(byte[] xml) throws XMLStreamException {
    XMLInputFactory factory = XMLInputFactory.newInstance();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_COALESCING, true);
    return factory.createXMLStreamReader(new StringReader(ProjectFiles.text(xml)));
  }

  private void read(Place file, XMLStreamReader xml, Faults faults) throws XMLStreamException {
    Place place = file;
    String process = "";
    String element = "";
    String activity = null;
    while (xml.hasNext()) {
      int event = xml.next();
      if (event == XMLStreamConstants.START_ELEMENT) {
        element = xml.getLocalName();
        String id = xml.getAttributeValue(null, "id");
        if (element.equals("process") && id != null) {
          process = id;
          processes.add(id);
          place = file.in(id);
          activity = null;
        } else if (id != null && !process.isEmpty() && !element.endsWith("EventDefinition")) {
          activity = id;
        }
        start(activity == null ? place : place.at(activity), process, element, xml, faults);
      } else if (event == XMLStreamConstants.CHARACTERS && !TEXTS.contains(element)) {
        Functions.check(
            xml.getText(), element, activity == null ? place : place.at(activity), faults);
      } else if (event == XMLStreamConstants.END_ELEMENT) {
        element = "";
        if (xml.getLocalName().equals("process")) {
          process = "";
          place = file;
          activity = null;
        }
      }
    }
  }

  private void start(
      Place place, String process, String element, XMLStreamReader xml, Faults faults) {
    String implementation = xml.getAttributeValue(null, "implementation");
    boolean isOfFlowable = false;
    for (int i = 0; i < xml.getAttributeCount(); i++) {
      String name = xml.getAttributeLocalName(i);
      boolean isOwn = isEmpty(xml.getAttributeNamespace(i));
      isOfFlowable |= !isOwn && OF_FLOWABLE.contains(name);
      if (!(isOwn && TEXTS.contains(name))) {
        Functions.check(xml.getAttributeValue(i), name, place, faults);
      }
      if (element.equals("messageEventDefinition")
          && name.equals("correlationKey")
          && !xml.getAttributeValue(i).isBlank()) {
        faults.error(
            place,
            "its message has a correlationKey, which Flowable does not have: messages of webhooks"
                + " find an instance by its business key");
      }
    }
    if (element.equals("serviceTask")
        && !process.isEmpty()
        && implementation != null
        && !implementation.isBlank()
        && !implementation.startsWith("##")
        && !isOfFlowable) {
      String id = xml.getAttributeValue(null, "id");
      tasks.add(new Task(place, process, id == null ? "" : id, implementation.strip()));
    }
    if (element.equals("loopDataOutputRef")) {
      faults.warning(place, "loopDataOutputRef is not read: no variable collects the results");
    }
  }

  private static boolean isEmpty(@Nullable String text) {
    return text == null || text.isEmpty();
  }
}
