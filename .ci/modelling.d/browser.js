// Runs in the browser: a modeler with the templates, as a person would use it.
import Modeler from "bpmn-js/lib/Modeler";
import {
  ElementTemplatesCoreModule, ElementTemplatesPropertiesProviderModule,
} from "bpmn-js-element-templates";
import { BpmnPropertiesPanelModule, BpmnPropertiesProviderModule } from "bpmn-js-properties-panel";
import ElementTemplateChooserModule from "@bpmn-io/element-template-chooser";
import ElementTemplateIconRenderer from "@bpmn-io/element-template-icon-renderer";
import camunda from "camunda-bpmn-moddle/resources/camunda.json";

const VALUES = {
  restUrl: "${base}/orders/{id}",
  restUrlParams: '{"id": "${id}"}',
  requestHeaders: '{"X-Order": "${id}"}',
  requestPayload: '{"order": "${id}"}',
  timeout: "${seconds * 1000}",
  circuitBreaker: "true",
  maxAttempts: "2",
  outputMapping: '{"answered": "${restStatus}"}',
};

async function modeler(options) {
  document.body.innerHTML = '<div id="canvas" style="width:760px;height:300px"></div>';
  return new Modeler({
    container: "#canvas",
    elementTemplateIconRenderer: { iconProperty: "camunda:modelerTemplateIcon" },
    ...options,
  });
}

// A start event, the task, a user task that waits, with the template applied and filled.
window.applyTemplate = async (xml, template) => {
  const instance = await modeler({
    additionalModules: [ElementTemplatesCoreModule, ElementTemplateIconRenderer],
    moddleExtensions: { camunda },
  });
  const problems = [];
  instance.on("elementTemplates.errors", (event) =>
    event.errors.forEach((error) => problems.push(error.message ?? JSON.stringify(error))));
  await instance.importXML(xml);
  instance.get("elementTemplatesLoader").setTemplates([template]);
  const templates = instance.get("elementTemplates");
  const task = templates.applyTemplate(
    instance.get("elementRegistry").get("call"),
    templates.get(template.id, template.version),
  );
  const fields = task.businessObject.extensionElements.values;
  const expressions = template.properties
    .filter((property) => property.binding.expression)
    .map((property) => property.binding.name);
  for (const field of fields) {
    const value = VALUES[field.name];
    if (value) {
      const form = expressions.includes(field.name) ? "expression" : "string";
      instance.get("modeling").updateModdleProperties(task, field, { [form]: value });
    }
  }
  const { xml: saved } = await instance.saveXML({ format: true });
  // camunda-bpmn-moddle does not know the attribute that the icon renderer reads; it is kept.
  const warnings = (await instance.importXML(saved)).warnings
    .map((each) => each.message ?? JSON.stringify(each))
    .filter((message) => message !== "unknown attribute <camunda:modelerTemplateIcon>");
  return { saved, problems: problems.concat(warnings) };
};

// What is left of a file when bpmn-js has read and written it.
window.readAndWrite = async (xml, descriptor) => {
  const instance = await modeler({ moddleExtensions: { flowable: descriptor } });
  const { warnings } = await instance.importXML(xml);
  const { xml: saved } = await instance.saveXML({ format: true });
  return { saved, problems: warnings.map((each) => each.message ?? JSON.stringify(each)) };
};

// Draws a diagram; says how many tasks show the icon.
window.draw = async (xml) => {
  const instance = await modeler({
    additionalModules: [ElementTemplateIconRenderer],
    moddleExtensions: { camunda },
  });
  await instance.importXML(xml);
  instance.get("canvas").zoom("fit-viewport", "auto");
  return document.querySelectorAll("#canvas image, #canvas .djs-visual image").length;
};

// A modeler with its panel, in which the person who draws chooses a template and fills it in.
window.edit = async (xml, templates) => {
  document.body.innerHTML =
    '<div id="canvas" style="position:absolute;left:0;top:0;width:620px;height:560px"></div>'
    + '<div id="panel" style="position:absolute;left:620px;top:0;width:380px;height:560px;overflow:auto"></div>';
  const instance = new Modeler({
    container: "#canvas",
    propertiesPanel: { parent: "#panel" },
    additionalModules: [
      BpmnPropertiesPanelModule,
      BpmnPropertiesProviderModule,
      ElementTemplatesPropertiesProviderModule,
      ElementTemplateChooserModule,
      ElementTemplateIconRenderer,
    ],
    moddleExtensions: { camunda },
    elementTemplateIconRenderer: { iconProperty: "camunda:modelerTemplateIcon" },
  });
  await instance.importXML(xml);
  instance.get("elementTemplatesLoader").setTemplates(templates);
  instance.get("canvas").zoom("fit-viewport", "auto");
  window.save = async () => (await instance.saveXML({ format: true })).xml;
};
