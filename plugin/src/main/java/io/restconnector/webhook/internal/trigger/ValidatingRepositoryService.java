package io.restconnector.webhook.internal.trigger;

import io.restconnector.internal.platform.WebhookChannelModel;
import io.restconnector.webhook.internal.channel.InvalidTriggerException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.flowable.common.engine.api.FlowableIllegalArgumentException;
import org.flowable.eventregistry.api.EventDeployment;
import org.flowable.eventregistry.impl.EventRegistryEngineConfiguration;
import org.flowable.eventregistry.impl.EventRepositoryServiceImpl;
import org.flowable.eventregistry.impl.persistence.entity.EventDeploymentEntity;
import org.flowable.eventregistry.impl.persistence.entity.EventResourceEntity;
import org.flowable.eventregistry.impl.repository.EventDeploymentBuilderImpl;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Lets the deployment of a wrong webhook channel fail. Every deployment passes here, and the event
 * registry has no other place where a channel's file name and its unknown properties are both known
 * and that can be set; hence an internal type.
 */
final class ValidatingRepositoryService extends EventRepositoryServiceImpl {

  private static final Logger LOG = LoggerFactory.getLogger(ValidatingRepositoryService.class);

  private final TriggerHost host;

  ValidatingRepositoryService(EventRegistryEngineConfiguration configuration, TriggerHost host) {
    super(configuration);
    this.host = host;
  }

  @Override
  public EventDeployment deploy(EventDeploymentBuilderImpl deployment) {
    Map<String, Trigger> triggers = new TreeMap<>();
    ChannelWarnings warnings =
        new ChannelWarnings(
            eventRegistryEngineConfiguration, deployment.getDeployment().getTenantId());
    for (EventResourceEntity resource : deployment.getDeployment().getResources().values()) {
      String name = resource.getName();
      if (name.endsWith("event")) {
        warnings.addEvent(parse(resource.getBytes()));
      } else if (name.endsWith("channel")
          && parse(resource.getBytes()) instanceof ObjectNode channel
          && channel.path("type").asString("").equals(WebhookChannelModel.TYPE)
          && channel.path("channelType").asString("").equals("inbound")) {
        triggers.put(name, validate(name, channel));
      }
    }
    EventDeployment deployed = super.deploy(deployment);
    if (deployed instanceof EventDeploymentEntity entity
        && entity.isNew()
        && host.warnsOfChannels()) {
      triggers.forEach(
          (file, trigger) ->
              warnings.of(trigger).forEach(warning -> LOG.warn("{}: {}", file, warning)));
    }
    return deployed;
  }

  private Trigger validate(String file, ObjectNode channel) {
    try {
      Trigger trigger =
          new TriggerReader(eventRegistryEngineConfiguration.getExpressionManager(), host, channel)
              .read("");
      String problem = host.problemOf(trigger);
      if (problem != null) {
        throw new InvalidTriggerException(problem);
      }
      return trigger;
    } catch (InvalidTriggerException invalid) {
      throw new FlowableIllegalArgumentException(file + ": " + invalid.getMessage(), invalid);
    }
  }

  private static JsonNode parse(byte[] json) {
    try {
      return JsonMapper.shared().readTree(new String(json, StandardCharsets.UTF_8));
    } catch (JacksonException malformed) {
      return JsonMapper.shared().nullNode(); // the event registry reports it
    }
  }
}
