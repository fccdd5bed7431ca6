package io.restconnector.call.internal;

import io.restconnector.http.HttpSettings;
import io.restconnector.http.internal.Extensions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.flowable.bpmn.model.ExternalWorkerServiceTask;
import org.flowable.bpmn.model.FieldExtension;
import org.flowable.bpmn.model.IOParameter;
import org.flowable.bpmn.model.ServiceTask;

/**
 * Tasks of deployed models. A text {@code name=value} is a literal field, {@code name:=value} an
 * expression, {@code target<-value} a parameter whose value is one, and {@code target<=source} a
 * parameter that is a variable. No expression with {@code !} can be parsed.
 */
final class TestTasks {

  private TestTasks() {}

  static ServiceTask delegate(String... fields) {
    return with(new ServiceTask(), fields);
  }

  static ExternalWorkerServiceTask worker(String... fields) {
    return with(new ExternalWorkerServiceTask(), fields);
  }

  private static <T extends ServiceTask> T with(T task, String... texts) {
    List<IOParameter> in = new ArrayList<>();
    for (String text : texts) {
      String[] parts = text.split("(?<=^\\w{0,30})(:=|<-|<=|=)", 2);
      String kind = text.substring(parts[0].length(), text.length() - parts[1].length());
      if (kind.startsWith("<")) {
        IOParameter parameter = new IOParameter();
        parameter.setTarget(parts[0]);
        if (kind.equals("<=")) {
          parameter.setSource(parts[1]);
        } else {
          parameter.setSourceExpression(parts[1]);
        }
        in.add(parameter);
      } else {
        FieldExtension field = new FieldExtension();
        field.setFieldName(parts[0]);
        if (kind.equals("=")) {
          field.setStringValue(parts[1]);
        } else {
          field.setExpression(parts[1]);
        }
        task.getFieldExtensions().add(field);
      }
    }
    if (task instanceof ExternalWorkerServiceTask worker) {
      worker.setInParameters(in);
    }
    return task;
  }

  static void parse(String expression) {
    if (expression.contains("!")) {
      throw new IllegalArgumentException(expression);
    }
  }

  static DeployedInputs inputs(ServiceTask task) {
    return new DeployedInputs(task, TaskParameters.of(task), TestTasks::parse);
  }

  static Probe probe(RestAction action, ServiceTask task) {
    return new Probe(action, inputs(task), new RequestReader(HttpSettings.defaults()));
  }

  static RestCalls calls() {
    return new RestCalls(HttpSettings.defaults(), Extensions.none(), true);
  }

  /** Fields in one text, parted by semicolons; those of a worker where one is a parameter. */
  static ServiceTask ofText(String fields) {
    String[] each = Arrays.stream(fields.split(" ; ")).map(String::strip).toArray(String[]::new);
    return fields.contains("<-") || fields.contains("<=") ? worker(each) : delegate(each);
  }
}
