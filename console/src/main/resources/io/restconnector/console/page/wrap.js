// Breaks a name into lines, as text of a drawing does not do it by itself.

const LETTER = 6.2;
const FEWEST = 12;

/** Lines that fit into a width in pixels, broken between words. */
export function wrap(name, width) {
  if (!name) {
    return name;
  }
  const letters = Math.max(FEWEST, Math.floor(((width ?? 0) - 10) / LETTER));
  const lines = [""];
  for (const word of String(name).split(/\s+/)) {
    const last = lines[lines.length - 1];
    if (last === "") {
      lines[lines.length - 1] = word;
    } else if (last.length + 1 + word.length <= letters) {
      lines[lines.length - 1] = `${last} ${word}`;
    } else {
      lines.push(word);
    }
  }
  return lines.join("\n");
}
