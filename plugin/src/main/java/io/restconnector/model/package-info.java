/** What the checks of deployed models find, and whether they run. */
@NullMarked
package io.restconnector.model;

import org.jspecify.annotations.NullMarked;
