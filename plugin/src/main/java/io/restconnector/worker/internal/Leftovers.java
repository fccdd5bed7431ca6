package io.restconnector.worker.internal;

import java.util.HashSet;
import java.util.Set;
import org.flowable.common.engine.api.scope.ScopeTypes;
import org.jspecify.annotations.Nullable;

/** What the jobs and the instances of a batch may have, and hardly any has: asked once for all. */
final class Leftovers {

  private final BatchMapper mapper;
  private final Set<String> instances;
  private final Set<String> askedJobs = new HashSet<>();
  private final Set<String> linkedJobs = new HashSet<>();
  private @Nullable Set<String> havingMore;
  private @Nullable Set<String> havingIdentityLinks;

  Leftovers(BatchMapper mapper, Set<String> instances) {
    this.mapper = mapper;
    this.instances = instances;
  }

  boolean hasMore(String instance) {
    if (havingMore == null) {
      havingMore = mapper.havingMore(instances);
    }
    return havingMore.contains(instance);
  }

  boolean hasIdentityLinks(String instance) {
    if (havingIdentityLinks == null) {
      havingIdentityLinks = mapper.havingIdentityLinks(instances);
    }
    return havingIdentityLinks.contains(instance);
  }

  /**
   * @param job the correlation id of one of the jobs
   */
  boolean hasJobLinks(String job, Set<String> jobs) {
    if (!askedJobs.contains(job)) {
      askedJobs.addAll(jobs);
      linkedJobs.addAll(mapper.havingScopeLinks(ScopeTypes.EXTERNAL_WORKER, jobs));
    }
    return linkedJobs.contains(job);
  }
}
