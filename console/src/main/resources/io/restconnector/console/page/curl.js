// Lines for a shell.

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
