// What JSON can't carry to the page's modules: functions, streams of bytes, a request to the guard.

import guard from "../../modules/host/files/guard.js";
import { countCharacters } from "../../ui/app/text/characters.js";
import { measure } from "../../ui/app/text/limit.js";
import { join, split } from "../../ui/app/text/split.js";
import { Failure } from "../../ui/app/translation/failure.js";
import { parts } from "../../ui/app/translation/stream.js";

const LIMITS = {
  characters: (limit) => (part) => countCharacters(part) <= limit,
  units: (limit) => (part) => part.length <= limit,
  // Fits or not without any order in it.
  erratic: (limit) => (part) => part.length <= limit && part.length % 3 !== 1,
  model: (room) => (part) => measure(part, room).level !== "over",
};

/** Parts by one of `LIMITS`, whether they join to the text and each fits, and what it cost. */
export function splitting(text, locale, by, limit) {
  const fits = LIMITS[by](limit);
  let asked = 0;
  const found = split(text, {
    locale,
    fits: (part) => {
      asked += part.length;
      return fits(part);
    },
  });
  return {
    parts: found,
    isWhole: join(found) === text,
    tooLong: found.map((part) => part.text).filter((part) => part !== "" && !fits(part)),
    asked,
  };
}

/** The text of 40,000 and more characters that `block` makes, split; without the parts themselves. */
export function splittingRepeated(block, times, limit) {
  const text = block.repeat(times);
  const { parts: found, isWhole, tooLong, asked } = splitting(text, "en", "characters", limit);
  return { length: text.length, parts: found.length, isWhole, tooLong: tooLong.length, asked };
}

const stream = (chunks, broken) => {
  const left = chunks.slice();
  return new ReadableStream({
    pull(controller) {
      if (left.length > 0) controller.enqueue(left.shift());
      else if (broken) controller.error(new TypeError("network error"));
      else controller.close();
    },
  });
};

/** What the chunks (in base64) of an answer are read as: pieces, and the failure at their end. */
export async function reading(chunks, broken = false) {
  return outcome(chunks.map((chunk) => Uint8Array.from(Buffer.from(chunk, "base64"))), broken);
}

async function outcome(chunks, broken = false) {
  const pieces = [];
  try {
    for await (const piece of parts(stream(chunks, broken))) pieces.push(piece);
    return { pieces, failure: null, detail: null };
  } catch (error) {
    return { pieces, failure: error.kind ?? error.name, detail: error.detail ?? null };
  }
}

/** The different outcomes of one answer (in base64) cut at each of its bytes, and into single ones. */
export async function readingCutAnywhere(answer) {
  const bytes = Uint8Array.from(Buffer.from(answer, "base64"));
  const outcomes = new Set();
  for (let at = 0; at <= bytes.length; at += 1) {
    outcomes.add(JSON.stringify(await outcome([bytes.slice(0, at), bytes.slice(at)])));
  }
  outcomes.add(JSON.stringify(await outcome(Array.from(bytes, (byte) => Uint8Array.of(byte)))));
  return [...outcomes].map((each) => JSON.parse(each));
}

/** What becomes of a stream whose reader leaves after the first piece. */
export async function leaving(answer) {
  let isCancelled = false;
  const body = new ReadableStream({
    pull: (controller) => controller.enqueue(Uint8Array.from(Buffer.from(answer, "base64"))),
    cancel: () => {
      isCancelled = true;
    },
  });
  for await (const _ of parts(body)) break;
  return isCancelled;
}

/** What an instance's guard makes of a request's body: what Ollama gets, or the refusal. */
export function guarded(body, { model, contextLength }) {
  const said = {};
  const variables = {
    served_model: model,
    context_tokens: String(contextLength),
    prompt_characters: String(3 * contextLength),
  };
  guard.generate({
    variables,
    headersIn: { "Content-Type": "application/json" },
    requestBuffer: Buffer.from(JSON.stringify(body)),
    return: (status, text) => Object.assign(said, { status, ...JSON.parse(text) }),
    internalRedirect: (where) => Object.assign(said, { where, body: JSON.parse(variables.ollama_body) }),
  });
  return said;
}

/** A failure as its readers find it. */
export function failure(kind, more) {
  const made = new Failure(kind, more);
  const { name, message, detail, retryAfter, retryable } = made;
  return { isError: made instanceof Error, name, message, kind: made.kind, detail, retryAfter, retryable };
}
