/** What the documentation shows. */
package io.restconnector.example;
