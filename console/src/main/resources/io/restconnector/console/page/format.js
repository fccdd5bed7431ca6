// How values are written for people.

/** "PT1M2.5S" to milliseconds; null where it is none. */
export function millis(iso) {
  const parts = /^PT(?:(\d+)H)?(?:(\d+)M)?(?:([\d.]+)S)?$/.exec(iso ?? "");
  return parts === null ? null
    : Math.round(((Number(parts[1] ?? 0) * 60 + Number(parts[2] ?? 0)) * 60 + Number(parts[3] ?? 0)) * 1000 * 1000) / 1000;
}

/** Milliseconds as a person says them. */
export function span(ms) {
  if (ms === null || ms === undefined) {
    return "";
  }
  if (ms < 10) {
    return `${Math.round(ms * 10) / 10} ms`;
  }
  if (ms < 1000) {
    return `${Math.round(ms)} ms`;
  }
  const seconds = Math.round(ms / 1000);
  return ms < 59_950 ? `${(ms / 1000).toFixed(1)} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

export function duration(iso) {
  return span(millis(iso));
}

/** Of today the time only, in the zone of the browser. */
export function time(iso, now = new Date()) {
  if (!iso) {
    return "";
  }
  const date = new Date(iso);
  const two = (number) => String(number).padStart(2, "0");
  const clock = [date.getHours(), date.getMinutes(), date.getSeconds()].map(two).join(":");
  return date.toDateString() === now.toDateString() ? clock
    : `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())} ${clock}`;
}

export function bytes(count) {
  return count < 1024 ? `${count} B`
    : count < 1024 * 1024 ? `${(count / 1024).toFixed(1)} KiB` : `${(count / 1024 / 1024).toFixed(1)} MiB`;
}

/** "NOT_MATCHED", "notTaken" and "RateLimited" in words. */
export function words(name) {
  return String(name ?? "").replace(/([a-z])([A-Z])/g, "$1 $2").replaceAll("_", " ").toLowerCase();
}

/** Whether a call has an answer that is no error. */
export function callKind(call) {
  return call.code ? "bad" : "good";
}

/** How a call ended, in few letters. */
export function callResult(call) {
  return String(call.status ?? words(call.outcome));
}

/** Good, bad, or neither. */
export function requestKind(request) {
  return request.outcome === "Fired" ? "good" : request.status >= 400 ? "bad" : "plain";
}
