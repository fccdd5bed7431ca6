// Uses the files under modelling/ with the libraries that modelers use. Arguments: the repository,
// the folder for diagrams with applied templates, the folder for pictures.
import fs from "node:fs";
import path from "node:path";
import { createRequire } from "node:module";
import { buildSync } from "esbuild";
import puppeteer from "puppeteer-core";

const require = createRequire(import.meta.url);
const { validateAll } = require("@bpmn-io/element-templates-validator");
const Ajv = require("ajv");
const [root, applied, pictures] = process.argv.slice(2);
const read = (file) => fs.readFileSync(path.join(root, file), "utf8");
const json = (file) => JSON.parse(read(file));
const files = (folder, end) =>
  fs.readdirSync(path.join(root, folder)).filter((name) => name.endsWith(end))
    .map((name) => path.join(folder, name));
const failures = [];
const expect = (condition, message) => condition || failures.push(message);

// Templates by the validator of the modeler.
const templates = json("modelling/element-templates/rest-connector.json");
expect(templates.length === 16, "there are not 16 templates");
for (const result of validateAll(templates).results) {
  expect(result.valid, `template ${result.object.id}: ${JSON.stringify(result.errors)}`);
}

// Channels and events by their schemas.
const ajv = new Ajv({ strict: false });
const channel = ajv.compile(json("modelling/schemas/webhook-channel.schema.json"));
const event = ajv.compile(json("modelling/schemas/event.schema.json"));
for (const folder of ["processes", "plugin/src/test/resources/recipes"]) {
  for (const file of files(folder, ".channel")) {
    expect(channel(json(file)), `${file}: ${JSON.stringify(channel.errors)}`);
  }
  for (const file of files(folder, ".event")) {
    expect(event(json(file)), `${file}: ${JSON.stringify(event.errors)}`);
  }
}
const cases = json("plugin/src/test/resources/models/wrong-channels.json");
const right = {
  key: "k", channelType: "inbound", type: "webhook", path: "p",
  channelEventKeyDetection: { fixedValue: "e" },
};
const changed = (change) =>
  Object.fromEntries(Object.entries({ ...right, ...change }).filter(([, value]) => value !== null));
for (const change of cases.wrong) {
  expect(!channel(changed(change)), `the schema takes ${JSON.stringify(change)}`);
}
for (const change of cases.right) {
  expect(channel(changed(change)), `the schema refuses ${JSON.stringify(change)}`);
}

// The rest in a browser.
const here = path.dirname(new URL(import.meta.url).pathname);
const bundle = buildSync({
  entryPoints: [path.join(here, "browser.js")],
  bundle: true, write: false, format: "iife", loader: { ".json": "json" },
}).outputFiles[0].text;
const browser = await puppeteer.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--force-device-scale-factor=1"],
});
try {
  const page = await browser.newPage();
  await page.setViewport({ width: 776, height: 316, deviceScaleFactor: 2 });
  page.on("pageerror", (error) => failures.push(`browser: ${error.message}`));
  await page.setContent("<!doctype html><body></body>");
  await page.addScriptTag({ content: bundle });
  for (const file of ["bpmn-js/dist/assets/diagram-js.css", "bpmn-js/dist/assets/bpmn-js.css"]) {
    await page.addStyleTag({ path: require.resolve(file) });
  }
  await page.addStyleTag({ content: ".djs-palette,.djs-context-pad{display:none}" });

  fs.mkdirSync(applied, { recursive: true });
  const empty = fs.readFileSync(path.join(here, "empty.bpmn"), "utf8");
  for (const template of templates) {
    const name = template.id.replace("io.restconnector.", "");
    const { saved, problems } = await page.evaluate(
      (xml, each) => window.applyTemplate(xml, each), empty.replaceAll("PROCESS", name.replace(".", "_")), template);
    expect(problems.length === 0, `${template.id}: ${problems}`);
    // The modeler draws lots for the id of the shape.
    fs.writeFileSync(path.join(applied, `${name}.bpmn`), saved.replace(/id="Activity_[0-9a-z]+_di"/, 'id="call_di"'));
  }

  // Everything of Flowable's that a file has, read as text: a start tag, an attribute, a body.
  const descriptor = json("modelling/moddle/flowable.json");
  const flowables = (xml) => {
    const plain = xml.replace(/<!\[CDATA\[(.*?)]]>/gs, (_, text) =>
      text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;"));
    const unescaped = (text) => text.replaceAll("&quot;", '"').replaceAll("&#34;", '"')
      .replaceAll("&#39;", "'").replaceAll("&apos;", "'").replaceAll("&gt;", ">")
      .replaceAll("&lt;", "<").replaceAll("&amp;", "&").trim();
    const attributes = [...plain.matchAll(/\s(flowable:[\w]+)="([^"]*)"/g)]
      .map((match) => match[1] + "=" + unescaped(match[2]));
    const elements = [...plain.matchAll(/<(flowable:\w+)([^>]*?)(\/>|>([^<]*))/g)].map((match) => {
      const own = [...match[2].matchAll(/([\w:]+)="([^"]*)"/g)]
        .map((each) => each[1] + "=" + unescaped(each[2])).sort();
      return match[1] + "[" + own + "]" + unescaped(match[4] ?? "");
    });
    return attributes.concat(elements).sort();
  };
  for (const file of files("processes", ".bpmn20.xml").filter((each) => read(each).includes("xmlns:flowable"))) {
    const { saved, problems } = await page.evaluate(
      (xml, each) => window.readAndWrite(xml, each), read(file), descriptor);
    expect(problems.length === 0, `${file}: ${problems}`);
    const [before, after] = [flowables(read(file)), flowables(saved)];
    expect(before.length > 10, `${file} has nothing of Flowable's`);
    expect(JSON.stringify(before) === JSON.stringify(after),
      `${file} lost ${before.filter((each) => !after.includes(each))}, got ${after.filter((each) => !before.includes(each))}`);
  }

  fs.mkdirSync(pictures, { recursive: true });
  const sample = files("processes", "delivery.bpmn20.xml")[0];
  const icons = await page.evaluate((xml) => window.draw(xml), read(sample));
  const tasks = read(sample).match(/camunda:modelerTemplateIcon=/g).length;
  expect(icons === tasks, `${sample}: ${tasks} REST tasks, of which ${icons} show the icon`);
  await page.screenshot({ path: path.join(pictures, "delivery.png") });

  // What a person does: choose a template in the panel, and fill in its inputs.
  for (const file of [
    "@bpmn-io/properties-panel/dist/assets/properties-panel.css",
    "bpmn-js-element-templates/dist/assets/element-templates.css",
    "@bpmn-io/element-template-chooser/dist/element-template-chooser.css",
  ]) {
    await page.addStyleTag({ path: require.resolve(file) });
  }
  await page.setViewport({ width: 1000, height: 560, deviceScaleFactor: 1.5 });
  await page.evaluate((xml, all) => window.edit(xml, all), empty.replaceAll("PROCESS", "orders"), templates);
  await page.waitForSelector(".bio-properties-panel-header");
  await page.click("[data-element-id=call] .djs-hit");
  const select = await page.waitForSelector(".bio-properties-panel-select-template-button");
  await select.evaluate((button) => button.click());
  await page.waitForSelector(".djs-popup .entry");
  const names = await page.$$eval(".djs-popup .djs-popup-label", (all) => all.map((each) => each.textContent));
  for (const template of templates) {
    expect(names.includes(template.name), `the chooser does not show ${template.name}`);
  }
  await page.screenshot({ path: path.join(pictures, "chooser.png") });

  await page.click("[data-id='apply-template-io.restconnector.restGet']");
  const group = await page.waitForSelector("[data-group-id$=CustomProperties-request]");
  await (await group.$(".bio-properties-panel-group-header")).click();
  const filled = { URL: "${base}/orders/{id}", "URL parameters": '{"id": "${id}"}' };
  for (const [label, value] of Object.entries(filled)) {
    const entry = await group.$(`::-p-xpath(.//label[text()="${label}"]/..//*[self::input or self::textarea])`);
    await entry.type(value);
  }
  await page.click("[data-group-id$=CustomProperties-request] .bio-properties-panel-group-header-title");
  await page.click("[data-group-id$=CustomProperties-request] .bio-properties-panel-group-header-title");
  const saved = (await page.evaluate(() => window.save())).replaceAll("&#34;", '"').replaceAll("&quot;", '"');
  for (const [element, value] of [["expression", filled.URL], ["string", filled["URL parameters"]]]) {
    expect(saved.includes(`<camunda:${element}>${value}</camunda:${element}>`), `the panel did not write ${value}`);
  }
  const shown = await page.$$eval("#panel .bio-properties-panel-group-header-title", (all) => all.map((each) => each.textContent));
  for (const { label } of templates[0].groups) {
    expect(shown.includes(label), `the panel does not show the group ${label}`);
  }
  await page.screenshot({ path: path.join(pictures, "panel.png") });
} finally {
  await browser.close();
}
if (failures.length > 0) {
  console.error(failures.join("\n"));
  process.exit(1);
}
console.log(`16 templates applied, ${cases.wrong.length} wrong channels refused`);
