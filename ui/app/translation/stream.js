/** Reads the Ollama API's answer: one JSON document a line, the last one with `"done": true`. */

import { Failure } from "./failure.js";

/**
 * The pieces of a translation as they arrive; it ends without a failure only where the model itself
 * says that it is done. Whoever stops early cancels the stream.
 *
 * @param {ReadableStream<Uint8Array>} byteStream A response's body; chunks may end anywhere.
 * @returns {AsyncGenerator<string, void>} Text, never empty; joined it is the translation.
 * @throws {Failure} `model-error` (`detail`: the model's words), `cut-off`, `unreadable` or `broken`;
 *   an abort passes through as the `AbortError` it is.
 */
export async function* parts(byteStream) {
  for await (const { line, isWhole } of lines(byteStream)) {
    const document = parsed(line, isWhole);
    if (document.error !== undefined) {
      throw new Failure("model-error", { detail: String(document.error?.message ?? document.error) });
    }
    const text = document.response ?? "";
    if (typeof text !== "string") throw unreadable(line);
    if (text !== "") yield text;
    if (document.done !== true) continue;
    if (document.done_reason === "length") throw new Failure("cut-off");
    return;
  }
  throw new Failure("broken");
}

/** Lines, blank ones left out; the last may lack its end, and so may not be whole. */
async function* lines(byteStream) {
  const reader = byteStream.getReader();
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let rest = "";
  try {
    for (;;) {
      const { done, value } = await read(reader);
      const piece = decoded(decoder, value, done);
      let start = 0;
      for (let end; (end = piece.indexOf("\n", start)) >= 0; start = end + 1) {
        const line = rest + piece.slice(start, end);
        rest = "";
        if (line.trim() !== "") yield { line, isWhole: true };
      }
      rest += piece.slice(start);
      if (!done) continue;
      if (rest.trim() !== "") yield { line: rest, isWhole: false };
      return;
    }
  } finally {
    // Of a stream that has ended or broken this is without effect.
    reader.cancel().catch(() => {});
  }
}

async function read(reader) {
  try {
    return await reader.read();
  } catch (cause) {
    if (cause?.name === "AbortError") throw cause;
    throw new Failure("broken", { cause });
  }
}

function decoded(decoder, bytes, isLast) {
  try {
    return decoder.decode(bytes, { stream: !isLast });
  } catch (cause) {
    // Bytes that lack their end are a connection that broke.
    throw new Failure(isLast ? "broken" : "unreadable", { cause });
  }
}

function parsed(line, isWhole) {
  try {
    const document = JSON.parse(line);
    if (typeof document === "object" && document !== null && !Array.isArray(document)) return document;
  } catch (cause) {
    if (!isWhole && line.startsWith("{")) throw new Failure("broken", { cause });
  }
  throw unreadable(line);
}

const unreadable = (line) => new Failure("unreadable", { detail: line.slice(0, 200) });
