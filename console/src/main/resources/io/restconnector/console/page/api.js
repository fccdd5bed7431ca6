// Asks the server, which stands below the address of this file.

const BASE = new URL("api/", import.meta.url);
let csrf = null;

/** What Spring Security wants with each request that is sent, null for nothing. */
export function useCsrf(header) {
  csrf = header;
}

async function answered(response) {
  if (response.redirected || !/json|xml/.test(response.headers.get("Content-Type") ?? "")) {
    throw new Error("The server did not answer the console; are you still signed in? Reload the page.");
  }
  if (!response.ok) {
    throw new Error((await response.json()).problem ?? `The server answered ${response.status}.`);
  }
  return response;
}

/** The address of the server, without a path. */
export const origin = BASE.origin;

async function ask(path, options) {
  try {
    return await fetch(new URL(path, BASE), options);
  } catch {
    throw new Error("The server does not answer.");
  }
}

export async function get(path, parameters = {}) {
  const query = new URLSearchParams(
    Object.entries(parameters).filter(([, value]) => value));
  return (await answered(await ask(`${path}?${query}`))).json();
}

export async function text(path) {
  return (await answered(await ask(path))).text();
}

export async function post(path, body = {}) {
  const headers = { "Content-Type": "application/json", "X-Rest-Connector-Console": "1" };
  if (csrf !== null) {
    headers[csrf.name] = csrf.token;
  }
  return (await answered(await ask(path, { method: "POST", headers, body: JSON.stringify(body) }))).json();
}
