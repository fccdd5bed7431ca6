/** What an application may add, added from outside the packages of the connector. */
package io.restconnector.extension;
