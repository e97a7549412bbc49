/** A whole translation: its parts one after another, joined as the text was. */

import { measure } from "../text/limit.js";
import { split } from "../text/split.js";
import { translate } from "./client.js";
import { Failure } from "./failure.js";
import { AUTO } from "./languages.js";
import { overheadTokens, request, restore } from "./prompt.js";

/** Languages that write no space between sentences. */
const UNSPACED = ["ja", "km", "lo", "my", "th", "zh-Hans", "zh-Hant"];

/**
 * @typedef {object} Wanted
 * @property {string} text
 * @property {string} source a code of languages.js, or `AUTO`
 * @property {string} target a code of languages.js
 * @property {readonly import("./glossary.js").Entry[]} [glossary]
 * @property {{apiUrl: string, model: string, contextLength: number}} settings as in config.json
 */

/**
 * @param {Wanted} wanted
 * @returns {import("../text/split.js").Part[]} in which the text must be sent; one where it fits
 */
export function plan({ text, source, target, glossary = [], settings: { contextLength } }) {
  const fits = (part) =>
    measure(part, {
      source,
      target,
      contextLength,
      overheadTokens: overheadTokens({ source, target, glossary, text: part }),
    }).level !== "over";
  return split(text, { locale: source === AUTO ? undefined : source, fits });
}

/** One translation, which may fail or be stopped at any point and be taken up again there. */
export class Job {
  #wanted;
  #parts;
  #onText;
  #onProgress;
  #finished = 0;
  #translated = "";
  /** What has come of the part after the finished ones. */
  #arriving = "";

  /**
   * @param {Wanted & {onText?: (text: string) => void,
   *   onProgress?: (progress: {part: number, parts: number}) => void}} wanted `onText` is given all
   *   that there is, `onProgress` the number of the part that is sent, from 1.
   */
  constructor({ onText = () => {}, onProgress = () => {}, ...wanted }) {
    this.#wanted = wanted;
    this.#parts = plan(wanted);
    this.#onText = onText;
    this.#onProgress = onProgress;
  }

  /** How many parts there are. */
  get parts() {
    return this.#parts.length;
  }

  /** All that has arrived, of a part that failed or was stopped too. */
  get text() {
    return this.#translated + this.#arriving;
  }

  get isComplete() {
    return this.#finished === this.#parts.length;
  }

  /**
   * Translates from the first part on, whatever there is already.
   * @param {AbortSignal} [signal] stops the server's work too
   * @throws {Failure} or the signal's reason; what has arrived is kept
   */
  async start(signal) {
    this.#finished = 0;
    this.#translated = "";
    this.#arriving = "";
    await this.resume(signal);
  }

  /**
   * The same from the part on that is not finished; what has arrived of it stays until it comes
   * anew.
   */
  async resume(signal) {
    // One at a time: an instance takes few requests of one address.
    while (!this.isComplete) {
      this.#onProgress({ part: this.#finished + 1, parts: this.parts });
      await this.#translate(this.#parts[this.#finished], signal);
    }
  }

  async #translate(part, signal) {
    const { text } = part;
    const { settings, text: whole, ...languages } = this.#wanted;
    const isWindows = whole.includes("\r\n");
    // The space around a text is the text's, and not the model's to write.
    const core = text.trim();
    const before = text.slice(0, text.length - text.trimStart().length);
    const after = text.slice(before.length + core.length);
    let answer = "";
    if (core !== "") {
      const asked = isWindows ? core.replaceAll("\r\n", "\n") : core;
      const body = request({ ...languages, text: asked, model: settings.model });
      for await (const piece of translate({ apiUrl: settings.apiUrl, body, signal })) {
        answer += piece;
        this.#arrived(before + presentable(answer, isWindows));
      }
      if (answer.trim() === "") throw new Failure("model-error", { detail: "no text" });
    }
    this.#translated += before + presentable(answer, isWindows) + after + this.#gapAfter(part);
    this.#finished += 1;
    this.#arrived("");
  }

  /** The text's own, or the space that the target's script needs where the source's has none. */
  #gapAfter(part) {
    const isWanting = part.gap === "" && part.isSentence && part !== this.#parts.at(-1);
    return isWanting && !UNSPACED.includes(this.#wanted.target) ? " " : part.gap;
  }

  #arrived(text) {
    this.#arriving = text;
    this.#onText(this.text);
  }
}

/** All that has arrived of an answer, as the text would have it. */
function presentable(answer, isWindows) {
  const text = restore(answer).trim();
  return isWindows ? text.replace(/\r?\n/g, "\r\n") : text;
}
