package io.restconnector.journal;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The request that a task would send, or why it would send none. Nothing of it is secret.
 *
 * @param action such as {@code restGet}
 * @param kind {@code DELEGATE} or {@code WORKER}
 * @param url with its query; null where nothing would be sent, as all that follow but the last two
 * @param headers by name in lower case, that of the authentication with a mask for its value
 * @param body its beginning, null for none
 * @param authentication its name, null for none
 * @param curl the request as one line for a shell
 * @param code of the BPMN error with which the task would end without a call; null where it would
 *     call
 * @param restError as the code
 * @since 0.1
 */
public record RequestPreview(
    String action,
    String kind,
    String method,
    @Nullable String url,
    @Nullable Map<String, List<String>> headers,
    @Nullable String body,
    @Nullable String authentication,
    @Nullable Duration timeout,
    @Nullable String curl,
    @Nullable String code,
    @Nullable String restError) {}
