package io.restconnector.webhook.internal.trigger;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import java.util.LinkedHashMap;
import java.util.Map;
import org.flowable.eventregistry.model.InboundChannelModel;
import tools.jackson.databind.JsonNode;

/**
 * What the event registry keeps of a webhook channel; its tree is read by {@link TriggerReader}.
 * Public for Jackson.
 */
public final class WebhookChannelModel extends InboundChannelModel {

  static final String TYPE = "webhook";

  private final Map<String, JsonNode> properties = new LinkedHashMap<>();

  public WebhookChannelModel() {
    setType(TYPE);
  }

  @JsonAnySetter
  void set(String name, JsonNode value) {
    properties.put(name, value);
  }

  /** The properties that only a webhook channel has. */
  @JsonAnyGetter
  public Map<String, JsonNode> properties() {
    return properties;
  }
}
