/**
 * What a modeler can write, described once, and the checks of what was written. The element
 * templates, schemas and tables of the docs are made from {@link
 * io.restconnector.model.internal.Catalogue}.
 */
@NullMarked
package io.restconnector.model.internal;

import org.jspecify.annotations.NullMarked;
