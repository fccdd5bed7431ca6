package io.restconnector.spring;

import java.util.concurrent.atomic.AtomicBoolean;
import org.flowable.eventregistry.api.ChannelModelProcessor;
import org.flowable.eventregistry.api.EventRegistry;
import org.flowable.eventregistry.api.EventRepositoryService;
import org.flowable.eventregistry.model.ChannelModel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells once that webhook channels are deployed where nothing takes their requests. */
final class UnservedWebhooks implements ChannelModelProcessor {

  private static final Logger LOG = LoggerFactory.getLogger(UnservedWebhooks.class);

  private final AtomicBoolean told = new AtomicBoolean();

  @Override
  public boolean canProcess(ChannelModel model) {
    return "webhook".equals(model.getType());
  }

  @Override
  public boolean canProcessIfChannelModelAlreadyRegistered(ChannelModel model) {
    return canProcess(model);
  }

  @Override
  public void registerChannelModel(
      ChannelModel model,
      String tenantId,
      EventRegistry registry,
      EventRepositoryService repository,
      boolean fallbackToDefaultTenant) {
    if (told.compareAndSet(false, true)) {
      LOG.warn(
          "Webhook channels are deployed, but this application is no servlet web application and has"
              + " no endpoint for them. If that is meant, set rest-connector.webhooks.enabled=false");
    }
  }

  @Override
  public void unregisterChannelModel(
      ChannelModel model, String tenantId, EventRepositoryService repository) {
    // What was told stays told.
  }
}
