/** Finding a language by what a reader may call it. */

import { LANGUAGES, englishName, languageName } from "../translation/languages.js";

/** Without case, accents and marks, so that "francais" finds français. */
const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().trim();

const tables = new Map();

/**
 * Every language as `locale` names it, in that language's alphabetical order.
 * @param {string} locale
 * @returns {{code: string, name: string, own: string, keys: string[]}[]} `own` is its own name.
 */
export function languageTable(locale) {
  if (!tables.has(locale)) {
    const { compare } = new Intl.Collator(locale);
    const rows = LANGUAGES.map((code) => {
      const name = languageName(code, locale);
      const own = languageName(code, code);
      const keys = [...new Set([name, own, englishName(code)].map(plain))];
      return { code, name, own, keys };
    });
    tables.set(locale, rows.sort((a, b) => compare(a.name, b.name)));
  }
  return tables.get(locale);
}

const wordsOf = (text) => text.split(/[\s(),-]+/).filter(Boolean);

/** Whether each word that was typed begins one of the name's, in whatever order they stand. */
function hasWords(key, query) {
  const words = wordsOf(key);
  return wordsOf(query).every((typed) => words.some((word) => word.startsWith(typed)));
}

/** How well a row answers a query: 0 best, 4 not at all. */
function distance({ code, keys }, query) {
  if (code.toLowerCase() === query || keys.includes(query)) return 0;
  if (keys.some((key) => key.startsWith(query))) return 1;
  if (wordsOf(query).length > 0 && keys.some((key) => hasWords(key, query))) return 2;
  if (code.toLowerCase().startsWith(`${query}-`)) return 2;
  return query.length > 1 && keys.some((key) => key.includes(query)) ? 3 : 4;
}

/**
 * @param {string} typed A name in any of its forms, a part of it, or a code.
 * @param {string} locale
 * @returns {ReturnType<typeof languageTable>} Those that it may mean, the likeliest first.
 */
export function searchLanguages(typed, locale) {
  const query = plain(typed);
  return languageTable(locale)
    .map((row) => ({ row, rank: distance(row, query) }))
    .filter(({ rank }) => rank < 4)
    .sort((a, b) => a.rank - b.rank)
    .map(({ row }) => row);
}
