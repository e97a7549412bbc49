/** Reading a file of text that the reader chose or dropped, or saying why it is none. */

import { quantity } from "../wording/wording.js";

/** The largest file that is read, in bytes: more would take a model hours. */
const LARGEST = 1_000_000;
/** What no text holds: controls other than tab, line breaks, form feed and escape. */
const BINARY = /[\u0000-\u0008\u000e-\u001a\u001c-\u001f]/;

/** A file that is not read; `kind` names the sentence that says why. */
class Refusal extends Error {
  constructor(kind) {
    super(kind);
    this.kind = kind;
  }
}

/**
 * What is told of a refusal: the sentences are `failure.<kind>` and `failure.<kind>.way`.
 * @param {Refusal} refusal
 * @param {File} file
 * @returns {{kind: string, detail: string, values: Record<string, string>}} `values` are for the
 *   sentences' holes, as `detail` is.
 */
export const told = ({ kind }, { name }) => ({
  kind,
  detail: name,
  values: { limit: quantity(LARGEST / 1e6, "megabyte") },
});

/** UTF-8, or UTF-16 where the file's first bytes say so. */
function decode(bytes) {
  const mark = bytes[0] * 256 + bytes[1];
  const encoding = { 0xfffe: "utf-16le", 0xfeff: "utf-16be" }[mark] ?? "utf-8";
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    throw new Refusal(bytes.includes(0) ? "file-binary" : "file-encoding");
  }
}

async function bytesOf(file) {
  try {
    return new Uint8Array(await file.arrayBuffer());
  } catch {
    // A folder, or what has been moved or is locked.
    throw new Refusal("file-unopened");
  }
}

/**
 * @param {File} file
 * @returns {Promise<string>} its text, without the mark of its encoding
 * @throws {Refusal}
 */
export async function readText(file) {
  if (file.size > LARGEST) throw new Refusal("file-too-large");
  const text = decode(await bytesOf(file));
  if (BINARY.test(text)) throw new Refusal("file-binary");
  if (text.trim() === "") throw new Refusal("file-empty");
  return text;
}
