// Lines for a shell. What is secret is not known here: a placeholder stands for it.

const quoted = (text) => `'${String(text).replaceAll("'", "'\\''")}'`;

function line(parts) {
  return parts.join(" \\\n  ");
}

function headerParts(headers) {
  return Object.entries(headers ?? {})
    .flatMap(([name, values]) => values.map((value) => `-H ${quoted(`${name}: ${value}`)}`));
}

/** A call as it was sent, as far as the journal knows. */
export function ofCall(call) {
  return line([
    `curl -i -X ${call.method} ${quoted(call.url)}`,
    ...headerParts(call.requestHeaders),
    ...(call.requestBody ? [`--data-raw ${quoted(call.requestBody)}`] : []),
  ]);
}

/** A request that the trigger would look at; {name} and <name> are to be filled in. */
export function ofTrigger(state, base) {
  const method = state.methods.length === 0 ? "POST" : state.methods[0];
  const headers = Object.fromEntries((state.credentials ?? []).map((name) => [name, [`<${name}>`]]));
  const withBody = method !== "GET" && method !== "HEAD";
  return line([
    `curl -i -X ${method} ${quoted(base + state.path)}`,
    ...headerParts(headers),
    ...(withBody ? [`-H ${quoted("Content-Type: application/json")}`, `-d ${quoted("{}")}`] : []),
  ]);
}
