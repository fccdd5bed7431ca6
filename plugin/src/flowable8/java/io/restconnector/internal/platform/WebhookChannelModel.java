package io.restconnector.internal.platform;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import java.util.LinkedHashMap;
import java.util.Map;
import org.flowable.eventregistry.impl.EventRegistryEngineConfiguration;
import org.flowable.eventregistry.model.ChannelModel;
import org.flowable.eventregistry.model.InboundChannelModel;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What the event registry keeps of a webhook channel. Public for its object mapper. */
public final class WebhookChannelModel extends InboundChannelModel {

  /** The type of such channels. */
  public static final String TYPE = "webhook";

  private final Map<String, JsonNode> properties = new LinkedHashMap<>();

  public WebhookChannelModel() {
    setType(TYPE);
  }

  /** What was deployed, as the connector reads it. */
  public static ObjectNode tree(EventRegistryEngineConfiguration registry, ChannelModel channel) {
    return registry.getObjectMapper().valueToTree(channel);
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
