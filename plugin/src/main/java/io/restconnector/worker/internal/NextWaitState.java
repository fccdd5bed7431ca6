package io.restconnector.worker.internal;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import org.flowable.bpmn.model.Activity;
import org.flowable.bpmn.model.EndEvent;
import org.flowable.bpmn.model.EventGateway;
import org.flowable.bpmn.model.ExternalWorkerServiceTask;
import org.flowable.bpmn.model.FlowElement;
import org.flowable.bpmn.model.FlowElementsContainer;
import org.flowable.bpmn.model.FlowNode;
import org.flowable.bpmn.model.Gateway;
import org.flowable.bpmn.model.IntermediateCatchEvent;
import org.flowable.bpmn.model.Process;
import org.flowable.bpmn.model.ReceiveTask;
import org.flowable.bpmn.model.SequenceFlow;
import org.flowable.bpmn.model.SubProcess;
import org.flowable.bpmn.model.UserTask;

/** What a process does between a node and its next wait state. */
final class NextWaitState {

  private NextWaitState() {}

  /**
   * Whether there is no work on the way that may take long, such as a delegate, a script or a
   * listener. Only then may it run on the few threads that complete jobs.
   */
  static boolean isShort(FlowNode node) {
    Set<FlowElement> seen = new HashSet<>();
    Deque<FlowElement> ahead = new ArrayDeque<>();
    boolean isShort = node.getExecutionListeners().isEmpty() && hasKnownNext(node, ahead);
    while (isShort && !ahead.isEmpty()) {
      FlowElement next = ahead.pop();
      if (!seen.add(next) || (next instanceof FlowNode target && target.isAsynchronous())) {
        continue;
      }
      isShort = next.getExecutionListeners().isEmpty();
      if (next instanceof SequenceFlow flow) {
        ahead.push(flow.getTargetFlowElement());
      } else if (next instanceof Gateway gateway && !(next instanceof EventGateway)) {
        ahead.addAll(gateway.getOutgoingFlows());
      } else if (next instanceof EndEvent end) {
        isShort &= end.getEventDefinitions().isEmpty() && hasKnownNext(end, ahead);
      } else {
        isShort &= isWaitState(next);
      }
    }
    return isShort;
  }

  /**
   * Whether the model says what follows the node, without a listener on the way. Adds what follows
   * to the queue.
   */
  private static boolean hasKnownNext(FlowNode node, Deque<FlowElement> ahead) {
    if (node instanceof Activity activity && activity.isForCompensation()) {
      return false;
    }
    if (!node.getOutgoingFlows().isEmpty()) {
      return ahead.addAll(node.getOutgoingFlows());
    }
    FlowElementsContainer scope = node.getParentContainer();
    if (scope instanceof SubProcess subProcess) {
      return subProcess.getExecutionListeners().isEmpty() && hasKnownNext(subProcess, ahead);
    }
    return !(scope instanceof Process process) || process.getExecutionListeners().isEmpty();
  }

  private static boolean isWaitState(FlowElement element) {
    return (element instanceof UserTask task && task.getTaskListeners().isEmpty())
        || element instanceof ReceiveTask
        || element instanceof ExternalWorkerServiceTask
        || element instanceof IntermediateCatchEvent
        || element instanceof EventGateway;
  }
}
