/** How the user likes the page, kept on this device. */

import { AUTO, LANGUAGES } from "../translation/languages.js";
import { device as thisDevice } from "./device.js";

const NAME = "preferences";
const VERSION = 1;
const MOST_RECENT = 5;

const isFlag = (value) => typeof value === "boolean";
const isLanguage = (value) => LANGUAGES.includes(value);

/** Each preference with its value before anybody chose one, and what it may be. */
const FIELDS = {
  /** The interface's language; null follows the browser. */
  language: [null, (value) => typeof value === "string" && /^[a-z]{2}$/.test(value)],
  theme: ["auto", (value) => ["auto", "light", "dark"].includes(value)],
  source: [AUTO, (value) => value === AUTO || isLanguage(value)],
  /** null until somebody translated. */
  target: [null, isLanguage],
  /** Languages last translated from and into, the last one first. */
  recent: [[], (value) => Array.isArray(value) && value.length <= MOST_RECENT && value.every(isLanguage)],
  keepHistory: [false, isFlag],
  translateAsTyped: [false, isFlag],
};

export class Preferences {
  #device;

  constructor(device = thisDevice) {
    this.#device = device;
  }

  /** @returns all preferences; one that can't be understood is as if nobody had chosen */
  get() {
    const kept = Object(this.#device.read(NAME, VERSION));
    return Object.fromEntries(
      Object.entries(FIELDS).map(([name, [initial, isGood]]) => [
        name,
        Object.hasOwn(kept, name) && isGood(kept[name]) ? kept[name] : initial,
      ]),
    );
  }

  /**
   * @param {object} changes some of the preferences
   * @returns {boolean} whether they stay when the page is left
   */
  set(changes) {
    return this.#device.write(NAME, VERSION, { ...this.get(), ...changes });
  }

  /** Remembers the languages of a translation. */
  used(source, target) {
    const recent = [target, source, ...this.get().recent].filter(isLanguage);
    return this.set({ source, target, recent: [...new Set(recent)].slice(0, MOST_RECENT) });
  }

  /** @param {() => void} changed called when another tab changed them, or all was erased */
  watch(changed) {
    this.#device.watch(NAME, changed);
  }
}

export const preferences = new Preferences();
