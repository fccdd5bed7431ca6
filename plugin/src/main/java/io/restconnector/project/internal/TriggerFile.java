package io.restconnector.project.internal;

import tools.jackson.databind.node.ObjectNode;

/**
 * A trigger of a project as a channel file.
 *
 * @param file of the trigger
 */
record TriggerFile(String file, ObjectNode channel) {}
