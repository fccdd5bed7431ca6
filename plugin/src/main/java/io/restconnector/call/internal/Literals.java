package io.restconnector.call.internal;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * The literals of the models of one engine.
 *
 * @param templates what JSON templates are before their expressions are evaluated
 * @param urls of a restUrl without parameters, to be percent-encoded where it needs to
 * @param outputs of an outputMapping, none where it is JSON null
 */
record Literals(
    ParsedOnce<JsonNode> templates,
    ParsedOnce<URI> urls,
    ParsedOnce<Optional<List<OutputWriter.Output>>> outputs) {

  Literals() {
    this(new ParsedOnce<>(), new ParsedOnce<>(), new ParsedOnce<>());
  }
}
