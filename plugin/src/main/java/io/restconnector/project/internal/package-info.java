/**
 * The files of a project of Alfresco Process Automation, Activiti Cloud or Hyland Automate, as a
 * deployment. Where each file's form was seen is said in docs/alfresco-process-automation.md.
 */
@NullMarked
package io.restconnector.project.internal;

import org.jspecify.annotations.NullMarked;
