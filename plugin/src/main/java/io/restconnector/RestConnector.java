package io.restconnector;

import io.restconnector.model.Finding;
import io.restconnector.model.internal.ModelCheck;
import java.io.InputStream;
import java.util.List;

/** What the connector can do without an engine. */
public final class RestConnector {

  private RestConnector() {}

  /**
   * Checks the REST tasks of a model as a deployment does, for a test of one's models. What only
   * the configuration of a node can tell, such as the names of its authentications, is not checked.
   *
   * <p>The XML is read as the engine reads it: as UTF-8, and entities of a DTD are not resolved.
   *
   * @param bpmn BPMN 2.0 XML, read to its end and not closed
   * @return errors and warnings, empty where nothing is wrong
   * @throws IllegalArgumentException when it is empty, malformed or no BPMN
   */
  public static List<Finding> check(InputStream bpmn) {
    return ModelCheck.check(bpmn, null);
  }

  /**
   * As {@link #check(InputStream)}, for a node with these settings.
   *
   * @param settings of the node that will run it
   */
  public static List<Finding> check(InputStream bpmn, RestConnectorSettings settings) {
    return ModelCheck.check(bpmn, settings.http());
  }
}
