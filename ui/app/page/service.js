/** Where the API is and what it can do: config.json, read when it is first needed. */

import { Failure } from "../translation/failure.js";

/** The least context that a model is run with, in tokens. */
const LEAST_CONTEXT = 512;
/** Milliseconds that config.json may take. */
const PATIENCE = 20_000;

let reading = null;

function checked(settings) {
  const { apiUrl, model, contextLength } = Object(settings);
  const isGood =
    URL.canParse(apiUrl) &&
    typeof model === "string" &&
    Number.isInteger(contextLength) &&
    contextLength >= LEAST_CONTEXT;
  if (!isGood) throw new TypeError("config.json lacks apiUrl, model or contextLength");
  return { apiUrl, model, contextLength };
}

async function read() {
  try {
    const response = await fetch("/config.json", {
      cache: "no-cache",
      signal: AbortSignal.timeout(PATIENCE),
    });
    if (!response.ok) throw new Error(`status ${response.status}`);
    return checked(await response.json());
  } catch (cause) {
    reading = null;
    throw new Failure(navigator.onLine ? "settings" : "offline", { cause });
  }
}

/** Has the settings read anew: the API no longer takes them. */
export function forget() {
  reading = null;
}

/**
 * @returns {Promise<{apiUrl: string, model: string, contextLength: number}>}
 * @throws {Failure} `settings` or `offline`; the next call tries again
 */
export function service() {
  reading ??= read();
  return reading;
}
