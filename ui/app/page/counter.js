/** How much has been written, how much may be, and into how many parts a longer text is cut. */

import { keptGlossary } from "../kept/glossary.js";
import { measure } from "../text/limit.js";
import { countCharacters } from "../text/characters.js";
import { plan } from "../translation/job.js";
import { AUTO } from "../translation/languages.js";
import { overheadTokens } from "../translation/prompt.js";
import { t } from "../wording/wording.js";
import { announce } from "./announcer.js";
import { byId } from "./elements.js";

/** Characters beyond which counting waits for a pause in typing. */
const LONG = 20_000;
/** Milliseconds of such a pause. */
const PAUSE = 200;

export class Counter {
  #read;
  #timer;
  #level = "empty";

  /**
   * @param {() => {text: string, source: string, target: string,
   *   settings: {contextLength: number} | null}} read what is to be counted, as it is now
   */
  constructor(read) {
    this.#read = read;
  }

  /** @type {"empty" | "fine" | "near" | "over"} */
  get level() {
    return this.#level;
  }

  /** Counts again, at once or in the next pause. */
  update() {
    clearTimeout(this.#timer);
    const { text } = this.#read();
    byId("translate").disabled = text.trim() === "";
    if (text.length < LONG) this.#count();
    else this.#timer = setTimeout(() => this.#count(), PAUSE);
  }

  #count() {
    const { text, source, target, settings } = this.#read();
    const count = byId("count");
    if (!settings) {
      // The limit is not known yet, the number is.
      const locale = source === AUTO ? undefined : source;
      count.textContent = text ? t("count.alone", { count: countCharacters(text, locale) }) : "";
      return;
    }
    const glossary = keptGlossary.get();
    const measured = measure(text, {
      source,
      target,
      contextLength: settings.contextLength,
      overheadTokens: overheadTokens({ source, target, glossary, text }),
    });
    count.textContent = t("count", { used: measured.count, limit: measured.limit });
    count.dataset.level = measured.level;
    const isOver = measured.level === "over";
    const parts = isOver ? plan({ text, source, target, glossary, settings }).length : 1;
    this.#advise(measured.level, parts);
  }

  #advise(level, parts) {
    const advice = byId("advice");
    const words = { near: t("count.near"), over: t("count.over", { count: parts }) }[level] ?? "";
    advice.textContent = words;
    advice.hidden = words === "";
    byId("translate").textContent =
      level === "over" ? t("translate.parts", { count: parts }) : t("translate");
    if (level !== this.#level && words) announce(words);
    this.#level = level;
  }
}
