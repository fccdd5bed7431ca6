package io.restconnector.console;

import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Collections;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Who may ask where no filter chain of Spring Security guards the console: a browser on this
 * machine that was not sent here by another name.
 */
final class LoopbackRule {

  /** Another name that leads here would let the page of its owner read this one (DNS rebinding). */
  private static final Pattern HOST =
      Pattern.compile(
          "(localhost|127(\\.\\d{1,3}){3}|\\[::1])(:\\d{1,5})?", Pattern.CASE_INSENSITIVE);

  private static final Pattern ADDRESS = Pattern.compile("[0-9a-fA-F.:]+");

  /** A proxy on this machine would make all the world local. */
  private static final Set<String> OF_PROXIES =
      Set.of("forwarded", "via", "x-real-ip", "x-client-ip", "true-client-ip", "cf-connecting-ip");

  /** Set by Tomcat's valve that believes in such headers: then nobody knows who the peer is. */
  private static final String FORWARDED_ATTRIBUTE = "org.apache.tomcat.request.forwarded";

  /**
   * What a filter chain sets while a request goes through it. An application may have Spring
   * Security and chains for other paths only, or one without filters.
   */
  private static final String OF_CHAIN =
      "org.springframework.security.web.context.SecurityContextHolderFilter.APPLIED";

  private static final String WITHOUT =
      "Without a filter chain of Spring Security for its path, the console answers ";

  private LoopbackRule() {}

  /** Why this request is not answered; null where it is. */
  static @Nullable String refusal(HttpServletRequest request) {
    if (request.getAttribute(OF_CHAIN) != null) {
      return null;
    }
    HttpServletRequest sent = asSent(request);
    if (sent.getAttribute(FORWARDED_ATTRIBUTE) != null
        || Collections.list(sent.getHeaderNames()).stream().anyMatch(LoopbackRule::isOfProxy)) {
      return WITHOUT + "no request that may have come by a proxy.";
    }
    if (!isLoopback(sent.getRemoteAddr())) {
      return WITHOUT + "on the loopback interface only.";
    }
    String host = sent.getHeader("Host");
    if (host == null || !HOST.matcher(host).matches()) {
      return WITHOUT + "under the name localhost only.";
    }
    return null;
  }

  /** Without the filters that believe in headers of proxies. */
  private static HttpServletRequest asSent(HttpServletRequest request) {
    ServletRequest inner = request;
    while (inner instanceof ServletRequestWrapper wrapper) {
      inner = wrapper.getRequest();
    }
    return inner instanceof HttpServletRequest sent ? sent : request;
  }

  private static boolean isOfProxy(String header) {
    String name = header.toLowerCase(Locale.ROOT);
    return name.startsWith("x-forwarded") || OF_PROXIES.contains(name);
  }

  private static boolean isLoopback(@Nullable String address) {
    try {
      // Digits only: a name would be looked up.
      return address != null
          && ADDRESS.matcher(address).matches()
          && InetAddress.getByName(address).isLoopbackAddress();
    } catch (UnknownHostException noAddress) {
      return false;
    }
  }
}
