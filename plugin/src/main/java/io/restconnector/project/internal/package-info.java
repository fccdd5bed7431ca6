/**
 * The files of a project of Alfresco Process Automation, Activiti Cloud or Hyland Automate, as a
 * deployment. docs/alfresco-process-automation.md says where each file's form comes from.
 */
@NullMarked
package io.restconnector.project.internal;

import org.jspecify.annotations.NullMarked;
