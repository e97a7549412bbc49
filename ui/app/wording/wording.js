/** The page's own words, in the language that the reader prefers. */

import english from "./en.js";

/** The languages that the page itself speaks, each by its own name. */
export const INTERFACE_LANGUAGES = {
  en: "English",
  de: "Deutsch",
  fr: "Français",
  es: "Español",
  ar: "العربية",
};

const RIGHT_TO_LEFT = ["ar"];

/** What an attribute of the markup names, and where its words go. */
const PLACES = [
  ["data-t-label", "aria-label"],
  ["data-t-name", "aria-label"],
  ["data-t-name", "title"],
  ["data-t-placeholder", "placeholder"],
];

let language = "en";
/** The one that was asked for last: its words may come before those asked for earlier. */
let asked = "en";
let words = english;

/**
 * The interface language for someone who prefers `preferred`, else what the browser asks for.
 * @param {string | null} preferred
 * @param {readonly string[]} [wanted]
 * @returns {string}
 */
export function chooseLanguage(preferred, wanted = navigator.languages ?? []) {
  const known = [preferred ?? "", ...wanted].map((tag) => tag.toLowerCase().split("-")[0]);
  return known.find((code) => Object.hasOwn(INTERFACE_LANGUAGES, code)) ?? "en";
}

/** @param {string} code @returns {"rtl" | "ltr"} */
export const directionOf = (code) => (RIGHT_TO_LEFT.includes(code) ? "rtl" : "ltr");

/**
 * Speak `code` from now on. What is spoken stays where its words can't be loaded, as of a release that
 * a newer one has replaced meanwhile.
 * @param {string} code One of `INTERFACE_LANGUAGES`.
 * @returns {Promise<boolean>} whether they were
 */
export async function speak(code) {
  asked = code;
  let loaded = english;
  try {
    if (code !== "en") loaded = (await import(`./${code}.js`)).default;
  } catch {
    return false;
  }
  if (asked === code) [language, words] = [code, loaded];
  return true;
}

/** The interface language that is spoken now. */
export const locale = () => language;

/** @param {number} value @returns {string} */
export const number = (value) => new Intl.NumberFormat(language).format(value);

/** Seconds, megabytes and the like in the interface language. */
export const quantity = (value, unit) =>
  new Intl.NumberFormat(language, { style: "unit", unit, unitDisplay: "short" }).format(value);

function form(key, count) {
  const plural = `${key}.${new Intl.PluralRules(language).select(count)}`;
  if (Object.hasOwn(words, plural)) return words[plural];
  return words[key] ?? words[`${key}.other`] ?? key;
}

/**
 * The words of `key` with its holes filled; numbers as the language writes them.
 * @param {string} key
 * @param {Record<string, string | number>} [values] `count` chooses the form of a plural.
 * @returns {string}
 */
export function t(key, values = {}) {
  const text = "count" in values ? form(key, values.count) : (words[key] ?? key);
  return text.replace(/\{(\w+)\}/g, (hole, name) => {
    if (!Object.hasOwn(values, name)) return hole;
    return typeof values[name] === "number" ? number(values[name]) : String(values[name]);
  });
}

/**
 * Put the words into every element below `root` that names them.
 * @param {ParentNode} [root]
 */
export function apply(root = document) {
  for (const element of root.querySelectorAll("[data-t]")) {
    element.textContent = t(element.dataset.t);
  }
  for (const [source, attribute] of PLACES) {
    for (const element of root.querySelectorAll(`[${source}]`)) {
      element.setAttribute(attribute, t(element.getAttribute(source)));
    }
  }
}
