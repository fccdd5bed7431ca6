/** What the tests of several packages need: a server that does exactly what a script says. */
package io.restconnector.testing;
