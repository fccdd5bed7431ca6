package io.restconnector.worker;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.flowable.bpmn.model.EndEvent;
import org.flowable.bpmn.model.EventGateway;
import org.flowable.bpmn.model.ExternalWorkerServiceTask;
import org.flowable.bpmn.model.FlowElement;
import org.flowable.bpmn.model.FlowNode;
import org.flowable.bpmn.model.Gateway;
import org.flowable.bpmn.model.IntermediateCatchEvent;
import org.flowable.bpmn.model.ReceiveTask;
import org.flowable.bpmn.model.SequenceFlow;
import org.flowable.bpmn.model.SubProcess;
import org.flowable.bpmn.model.UserTask;

/** What a process does after a node, until it waits. */
final class Continuation {

  private Continuation() {}

  /**
   * Whether it comes to a wait state without work that may take long, such as a delegate or a
   * script, and so may share the few threads that complete calls.
   */
  static boolean isShort(FlowNode node) {
    Set<FlowNode> seen = new HashSet<>();
    Deque<FlowNode> ahead = new ArrayDeque<>(targets(node));
    while (!ahead.isEmpty()) {
      FlowNode next = ahead.pop();
      if (!seen.add(next) || next.isAsynchronous() || isWaitState(next)) {
        continue;
      }
      if (next instanceof EndEvent) {
        SubProcess scope = next.getSubProcess();
        if (scope != null) {
          ahead.addAll(targets(scope));
        }
      } else if (next instanceof Gateway) {
        ahead.addAll(targets(next));
      } else {
        return false;
      }
    }
    return true;
  }

  private static boolean isWaitState(FlowElement element) {
    return element instanceof UserTask
        || element instanceof ReceiveTask
        || element instanceof ExternalWorkerServiceTask
        || element instanceof IntermediateCatchEvent
        || element instanceof EventGateway;
  }

  private static List<FlowNode> targets(FlowNode node) {
    return node.getOutgoingFlows().stream()
        .map(SequenceFlow::getTargetFlowElement)
        .filter(FlowNode.class::isInstance)
        .map(FlowNode.class::cast)
        .toList();
  }
}
