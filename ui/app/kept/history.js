/** The last translations, kept on this device where the user wants that. */

import { device as thisDevice } from "./device.js";
import { preferences as thePreferences } from "./preferences.js";

const NAME = "history";
const VERSION = 1;
const MOST = 50;

const isString = (value) => typeof value === "string";

/**
 * @typedef {{source: string, target: string, text: string, translation: string, time: number}} Entry
 *   `time` in milliseconds since 1970.
 */

const isEntry = (value) =>
  [value?.source, value?.target, value?.text, value?.translation].every(isString) &&
  Number.isFinite(value.time);

export class History {
  #device;
  #preferences;

  constructor(device = thisDevice, preferences = thePreferences) {
    this.#device = device;
    this.#preferences = preferences;
  }

  /** @returns {Entry[]} the last one first */
  list() {
    const kept = this.#device.read(NAME, VERSION);
    return Array.isArray(kept) ? kept.filter(isEntry).slice(0, MOST) : [];
  }

  /**
   * Keeps a complete translation, in place of an earlier one of the same text; the oldest go where
   * there is no room.
   * @param {Omit<Entry, "time">} translation
   * @returns {boolean} whether it stays when the page is left: false also where the user does not want it
   */
  add({ source, target, text, translation }, time = Date.now()) {
    if (!this.#preferences.get().keepHistory) return false;
    const isOther = (entry) =>
      entry.text !== text || entry.source !== source || entry.target !== target;
    const before = this.list();
    const entries = [{ source, target, text, translation, time }, ...before.filter(isOther)];
    entries.length = Math.min(entries.length, MOST);
    // Half as many each time, as each attempt may write megabytes.
    for (let kept = entries; kept.length > 0; kept = kept.slice(0, kept.length / 2)) {
      if (this.#device.write(NAME, VERSION, kept)) return true;
    }
    // Not even this one alone: all of them until the page is left.
    return this.#device.write(NAME, VERSION, entries);
  }

  /** @param {Entry} entry as `list` gave it */
  remove({ time, text }) {
    const rest = this.list().filter((entry) => entry.time !== time || entry.text !== text);
    this.#device.write(NAME, VERSION, rest);
  }

  erase() {
    this.#device.remove(NAME);
  }

  /** @param {boolean} isOn whether translations are kept from now on; none are where they aren't */
  keep(isOn) {
    if (!isOn) this.erase();
    return this.#preferences.set({ keepHistory: isOn });
  }

  /** @param {() => void} changed called when another tab changed it, or all was erased */
  watch(changed) {
    this.#device.watch(NAME, changed);
  }
}

export const history = new History();
