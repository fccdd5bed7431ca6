package io.restconnector.project.internal;

import io.restconnector.call.internal.RestAction;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A connector of a project.
 *
 * @param isRest whether it is one of ours
 * @param outputs the names of the outputs that the file gives each action of ours, as it writes
 *     them
 * @param notMatchStatus what its triggers answer where nothing matches, null where it does not say
 */
record Connector(
    String file,
    String name,
    boolean isRest,
    Map<RestAction, List<String>> outputs,
    @Nullable Integer notMatchStatus) {}
