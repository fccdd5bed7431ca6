/** One exchange over Apache HttpClient: connections, TLS, proxies, redirects. */
@NullMarked
package io.restconnector.http.internal.transport;

import org.jspecify.annotations.NullMarked;
