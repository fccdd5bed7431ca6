package io.restconnector.journal.internal;

import io.restconnector.call.internal.UnsentCalls;
import io.restconnector.http.AccessSettings;
import io.restconnector.http.AuthenticationSettings;
import io.restconnector.http.internal.Redaction;
import io.restconnector.journal.CallEntry;
import io.restconnector.journal.EarlyEntry;
import io.restconnector.journal.Journal;
import io.restconnector.journal.JournalFilter;
import io.restconnector.journal.JournalSettings;
import io.restconnector.journal.RequestEntry;
import io.restconnector.spi.CallInterceptor;
import io.restconnector.webhook.internal.RequestObserver;
import io.restconnector.webhook.internal.trigger.Trigger;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The journal of one engine on this node, and what fills it. */
public final class NodeJournal implements Journal {

  private final @Nullable Ring<CallEntry> calls;
  private final @Nullable Ring<RequestEntry> requests;
  private final @Nullable Ring<EarlyEntry> early;
  private final JournalSettings settings;
  private final AccessSettings access;
  private final ShownText text;
  private final JournaledCalls journaledCalls;

  /**
   * Remembers nothing yet.
   *
   * @param secrets all that are known, asked at each use
   */
  public NodeJournal(JournalSettings settings, AccessSettings access, Supplier<Redaction> secrets) {
    this.settings = settings;
    this.access = access;
    calls = settings.size() == 0 ? null : new Ring<>(settings.size());
    requests = settings.size() == 0 ? null : new Ring<>(settings.size());
    early = settings.size() == 0 ? null : new Ring<>(settings.size());
    text = new ShownText(settings, secrets, carriers(access));
    journaledCalls = new JournaledCalls(calls, new CallEntries(settings.capture(), text));
  }

  private static Set<String> carriers(AccessSettings access) {
    Set<String> names = new TreeSet<>();
    for (AuthenticationSettings each : access.authentications().values()) {
      if (each.carrier() != null) {
        names.add(each.carrier().toLowerCase(Locale.ROOT));
      }
      String parameter = each.properties().get("query-parameter");
      if (parameter != null) {
        names.add(parameter.toLowerCase(Locale.ROOT));
      }
    }
    return names;
  }

  /** Stands around all interceptors of calls. */
  public CallInterceptor ofCalls() {
    return journaledCalls;
  }

  public UnsentCalls ofUnsentCalls() {
    return journaledCalls;
  }

  /**
   * What remembers webhook requests.
   *
   * @param subscriptions how many there are for an action and its target, null where it has none
   * @param served all triggers
   * @return null where the journal is off
   */
  public @Nullable RequestObserver ofRequests(
      BiFunction<String, String, @Nullable Long> subscriptions, Supplier<List<Trigger>> served) {
    return requests == null || early == null
        ? null
        : new JournaledRequests(requests, early, settings.capture(), text, subscriptions, served);
  }

  /** Text as this journal shows it. */
  ShownText text() {
    return text;
  }

  /** A path, or a URL without query, without what is secret. */
  public String shownPath(String path) {
    return text.path(path);
  }

  /** Those that are configured, by name. */
  Map<String, AuthenticationSettings> authentications() {
    return access.authentications();
  }

  @Override
  public List<CallEntry> calls(JournalFilter filter) {
    return calls == null
        ? List.of()
        : calls.newestFirst().stream().filter(filter::matches).toList();
  }

  @Override
  public List<RequestEntry> requests(JournalFilter filter) {
    return requests == null
        ? List.of()
        : requests.newestFirst().stream().filter(filter::matches).toList();
  }

  @Override
  public List<EarlyEntry> early(JournalFilter filter) {
    return early == null
        ? List.of()
        : early.newestFirst().stream().filter(filter::matches).toList();
  }

  @Override
  public @Nullable CallEntry call(long id) {
    return calls == null ? null : calls.get(id);
  }

  @Override
  public @Nullable RequestEntry request(long id) {
    return requests == null ? null : requests.get(id);
  }
}
