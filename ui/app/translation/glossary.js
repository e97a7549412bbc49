/**
 * A reader's own terms: how a word is to be translated, for each pair of languages.
 *
 * A glossary is a frozen array of entries; nothing here changes one, each change makes a new one.
 */

import { fromRows, toRows } from "./csv.js";
import { AUTO, englishName } from "./languages.js";

/** Most entries of one pair of languages. */
export const MOST_ENTRIES = 200;
/** Most characters (UTF-16 units) of a term and of its translation. */
export const LONGEST_TERM = 100;
/** Most entries that one request carries: each takes room from the text. */
export const MOST_USED = 40;

/**
 * @typedef {{source: string, target: string, term: string, translation: string}} Entry
 *   `source` and `target` are codes of languages.js.
 * @typedef {"empty" | "long" | "full" | "unknown-language" | "same-language"} Refusal
 */

/** Spaces as one, no line breaks or control characters: an entry is one line of a prompt. */
const tidy = (text) => text.normalize("NFC").replace(/[\s\p{Cc}]+/gu, " ").trim();

const isSame = (a, b) => a.source === b.source && a.target === b.target && a.term === b.term;

/**
 * Why an entry can't be kept, or null.
 *
 * @param {readonly Entry[]} entries
 * @param {Entry} entry
 * @returns {Refusal | null}
 */
export function refusal(entries, entry) {
  const made = tidied(entry);
  const others = list(entries, made.source, made.target).filter((each) => !isSame(each, made));
  return flaw(made) ?? (others.length >= MOST_ENTRIES ? "full" : null);
}

function flaw({ source, target, term, translation }) {
  if (!englishName(source) || !englishName(target)) return "unknown-language";
  if (source === target) return "same-language";
  if (term === "" || translation === "") return "empty";
  return Math.max(term.length, translation.length) > LONGEST_TERM ? "long" : null;
}

function tidied({ source, target, term, translation }) {
  return { source, target, term: tidy(term), translation: tidy(translation) };
}

/**
 * With an entry more, or with a new translation where its term is there already; unchanged where
 * `refusal` has an objection.
 *
 * @param {readonly Entry[]} entries
 * @param {Entry} entry
 * @returns {readonly Entry[]}
 */
export function add(entries, entry) {
  if (refusal(entries, entry)) return entries;
  const made = Object.freeze(tidied(entry));
  const at = entries.findIndex((each) => isSame(each, made));
  return Object.freeze(at < 0 ? [...entries, made] : entries.with(at, made));
}

/**
 * @param {readonly Entry[]} entries
 * @param {Entry} entry Found by languages and term.
 * @returns {readonly Entry[]}
 */
export function remove(entries, entry) {
  return Object.freeze(entries.filter((each) => !isSame(each, entry)));
}

/**
 * @param {readonly Entry[]} entries
 * @param {string} source A code, or `AUTO` for all.
 * @param {string} target
 * @returns {readonly Entry[]} The entries of one pair, in the order they were added.
 */
export function list(entries, source, target) {
  return entries.filter(
    (each) => (source === AUTO || each.source === source) && each.target === target,
  );
}

/**
 * The entries that a request for this text needs: those whose term stands in it, in any case and as
 * a word of its own where its script writes words apart; the longest terms first.
 *
 * @param {readonly Entry[]} entries
 * @param {{source: string, target: string, text: string}} wanted
 * @returns {readonly Entry[]} At most `MOST_USED`.
 */
export function applicable(entries, { source, target, text }) {
  const searched = text.normalize("NFC").toLowerCase();
  return list(entries, source, target)
    .filter(({ term }) => occurs(term.toLowerCase(), searched))
    .sort((a, b) => b.term.length - a.term.length)
    .slice(0, MOST_USED);
}

/** Scripts that write no space between words: a term may stand anywhere in them. */
const UNSPACED =
  /[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Hang}\p{sc=Thai}\p{sc=Laoo}\p{sc=Khmr}\p{sc=Mymr}]/u;
const LETTER = /[\p{L}\p{M}\p{N}]/u;

function occurs(term, text) {
  const first = String.fromCodePoint(term.codePointAt(0));
  const last = Array.from(term).at(-1);
  for (let at = text.indexOf(term); at >= 0; at = text.indexOf(term, at + 1)) {
    const before = Array.from(text.slice(Math.max(0, at - 2), at)).at(-1) ?? "";
    const after = Array.from(text.slice(at + term.length, at + term.length + 2))[0] ?? "";
    if (isApart(before, first) && isApart(last, after)) return true;
  }
  return false;
}

/** Whether two neighbouring characters belong to different words. */
function isApart(a, b) {
  return !(LETTER.test(a) && LETTER.test(b)) || UNSPACED.test(a) || UNSPACED.test(b);
}

const HEADER = Object.freeze(["source", "target", "term", "translation"]);

/**
 * @param {readonly Entry[]} entries
 * @returns {string} A file for `fromCsv` and for spreadsheets.
 */
export function toCsv(entries) {
  return toRows([HEADER, ...entries.map((entry) => HEADER.map((name) => entry[name]))]);
}

/**
 * A glossary with what a file holds added to it; what can't be is left out and told.
 *
 * @param {string} text
 * @param {readonly Entry[]} [entries]
 * @returns {{entries: readonly Entry[],
 *   errors: {line: number, reason: Refusal | "header" | "columns" | "quotes"}[]}} `line` counts the
 *   file's lines from 1.
 */
export function fromCsv(text, entries = []) {
  const [header, ...rows] = fromRows(text);
  const names = header?.cells?.map((name) => name.trim().toLowerCase());
  if (names?.join() !== HEADER.join()) return { entries, errors: [{ line: 1, reason: "header" }] };
  const made = new Map(entries.map((entry) => [key(entry), entry]));
  const sizes = new Map();
  const count = (entry) => sizes.set(pair(entry), (sizes.get(pair(entry)) ?? 0) + 1);
  entries.forEach(count);
  const errors = [];
  const take = (cells) => {
    if (cells === null) return "quotes";
    if (cells.length !== HEADER.length) return "columns";
    const [source, target, term, translation] = cells;
    const entry = tidied({ source: source.trim(), target: target.trim(), term, translation });
    const isNew = !made.has(key(entry));
    const reason = flaw(entry);
    if (reason) return reason;
    if (isNew && sizes.get(pair(entry)) >= MOST_ENTRIES) return "full";
    if (isNew) count(entry);
    made.set(key(entry), Object.freeze(entry));
    return null;
  };
  for (const { line, cells } of rows) {
    const reason = take(cells);
    if (reason) errors.push({ line, reason });
  }
  return { entries: Object.freeze([...made.values()]), errors };
}

const pair = ({ source, target }) => `${source} ${target}`;
const key = (entry) => `${pair(entry)} ${entry.term}`;
