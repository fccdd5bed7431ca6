package io.restconnector.spring;

import io.restconnector.journal.OperationsSettings;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What people may do with the connector at run time.
 *
 * @param actions Whether they may change something: send a call, send a webhook request once more,
 *     run a dead letter job again.
 */
record OperationsProperties(@DefaultValue("false") boolean actions) {

  OperationsSettings toSettings() {
    return new OperationsSettings(actions);
  }
}
