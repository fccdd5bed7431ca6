package io.restconnector.webhook.internal.trigger;

import io.restconnector.webhook.internal.trust.SignatureSchemes;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the engine behind an event registry can do for triggers. */
public interface TriggerHost {

  /** The schemes that channels may name. */
  SignatureSchemes schemes();

  /** The kinds of actions that channels may name, in the order in which messages list them. */
  Set<ActionKind> actions();

  /** What keeps a trigger from working here, null for nothing. */
  @Nullable String problemOf(Trigger trigger);

  /** Whether a deployment logs what is probably not meant in its channels. */
  boolean warnsOfChannels();
}
