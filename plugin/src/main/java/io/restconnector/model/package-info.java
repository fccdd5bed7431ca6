/** Findings of the checks of deployed models, and the setting of these checks. */
@NullMarked
package io.restconnector.model;

import org.jspecify.annotations.NullMarked;
