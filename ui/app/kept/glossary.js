/** The user's glossary, kept on this device. */

import { refusal } from "../translation/glossary.js";
import { device as thisDevice } from "./device.js";

const NAME = "glossary";
const VERSION = 1;

const isEntry = (value) =>
  [value?.source, value?.target, value?.term, value?.translation].every(
    (part) => typeof part === "string",
  ) && refusal([], value) === null;

export class KeptGlossary {
  #device;

  constructor(device = thisDevice) {
    this.#device = device;
  }

  /** @returns {readonly import("../translation/glossary.js").Entry[]} those that are still good */
  get() {
    const kept = this.#device.read(NAME, VERSION);
    return Object.freeze(Array.isArray(kept) ? kept.filter(isEntry) : []);
  }

  /**
   * @param {readonly import("../translation/glossary.js").Entry[]} entries
   * @returns {boolean} whether they stay when the page is left
   */
  set(entries) {
    return this.#device.write(NAME, VERSION, entries);
  }

  /** @param {() => void} changed called when another tab changed it, or all was erased */
  watch(changed) {
    this.#device.watch(NAME, changed);
  }
}

export const keptGlossary = new KeptGlossary();
