package io.restconnector.internal.platform;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.databind.JsonNode;
import io.restconnector.content.internal.JsonText;
import java.util.LinkedHashMap;
import java.util.Map;
import org.flowable.eventregistry.impl.EventRegistryEngineConfiguration;
import org.flowable.eventregistry.model.ChannelModel;
import org.flowable.eventregistry.model.InboundChannelModel;
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
    JsonNode tree = registry.getObjectMapper().valueToTree(channel);
    return (ObjectNode) JsonText.parse(tree.toString());
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
