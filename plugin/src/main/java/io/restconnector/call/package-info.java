/** A REST call as BPMN sees it: inputs to a request, an outcome to variables or a BPMN error. */
@NullMarked
package io.restconnector.call;

import org.jspecify.annotations.NullMarked;
