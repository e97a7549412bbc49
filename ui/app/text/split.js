/** Cuts a text into parts that may be sent, where a reader would cut it, and loses none of it. */

import { segmenter } from "./characters.js";

/**
 * @typedef {object} Part
 * @property {string} text What is to be sent. Only the first can begin with white space, and it is
 *   empty where a text begins with more of that than fits.
 * @property {string} gap The white space between it and the next part.
 * @property {boolean} isSentence Whether it ends with a sentence at least. Scripts that write no
 *   space there have no gap after it, which a translation into another script may need.
 */

/** Length of the first part that is tried, in code units; the next ones start from the last. */
const FIRST_GUESS = 1024;

/**
 * Parts of a text, each as long as fits (within some percent) and ending with a paragraph; where
 * none ends in reach, with a line, a sentence, a word, or in the end between two characters.
 *
 * @param {string} text
 * @param {object} how
 * @param {string} [how.locale] The text's language; the browser's own if it is none, such as "auto".
 * @param {(part: string) => boolean} how.fits Whether a part may be sent. It is asked for about ten
 *   beginnings of each part. A single code point is a part whatever it says.
 * @returns {Part[]} None for an empty text. Joined, they are the text.
 */
export function split(text, { locale, fits }) {
  const parts = [];
  let guess = FIRST_GUESS;
  for (let start = 0; start < text.length; ) {
    let most = text.length - start;
    for (;;) {
      const reach = longest(text, start, Math.min(guess, most), most, fits);
      guess = Math.max(1, reach);
      const { length, isSentence } = cut(text, start, reach, locale);
      const own = text.slice(start, start + length).trimEnd();
      // Where less may not fit although more did, it is cut shorter.
      if (own !== "" && length > codePointLength(text, start) && !fits(own)) {
        most = own.length - 1;
        continue;
      }
      const next = pastSpace(text, start + length);
      parts.push({ text: own, gap: text.slice(start + own.length, next), isSentence });
      start = next;
      break;
    }
  }
  return parts;
}

/**
 * @param {readonly {text: string, gap: string}[]} parts
 * @returns {string} Their texts with the white space between them.
 */
export function join(parts) {
  return parts.map(({ text, gap }) => text + gap).join("");
}

/** About how many code units from `start` on fit: by widening steps around a guess, then halving. */
function longest(text, start, guess, most, fits) {
  let good = 0;
  let bad = most + 1;
  let tried = guess;
  for (let step = (guess >> 4) + 1; bad - good > 1 + (good >> 6); step *= 2) {
    if (isWithinPair(text, start + tried)) tried += tried - 1 > good ? -1 : 1;
    if (tried >= bad) break;
    if (fits(text.slice(start, start + tried))) good = tried;
    else bad = tried;
    if (good === 0) tried = Math.max(bad - step, bad >> 1);
    else if (bad > most) tried = Math.min(good + step, most);
    else tried = (good + bad) >> 1;
  }
  return good;
}

/** Where the part that begins at `start` and may have `reach` code units is best cut. */
function cut(text, start, reach, locale) {
  if (start + reach >= text.length) return { length: reach, isSentence: true };
  // White space after it belongs to no part, so it may end there.
  const next = pastSpace(text, start + reach);
  const spaces = lastSpaces(text.slice(start, next));
  const best = spaces.paragraph || spaces.line;
  if (best) return { length: best, isSentence: true };
  // What follows tells whether something ends there.
  const ahead = text.slice(start, next + codePointLength(text, next));
  const sentence = lastStart(ahead, "sentence", locale);
  if (sentence) return { length: Math.min(sentence, reach), isSentence: true };
  const other =
    spaces.word || lastStart(ahead, "word", locale) || lastStart(ahead, "grapheme", locale) || reach;
  return {
    length: Math.max(Math.min(other, reach), codePointLength(text, start)),
    isSentence: false,
  };
}

/** Where the last white space begins that ends a paragraph, a line, a word; 0 for none. */
function lastSpaces(text) {
  const found = { paragraph: 0, line: 0, word: 0 };
  // A space that is made to hold words together ends none.
  for (const { 0: space, index } of text.matchAll(/[^\S\u00a0\u202f\ufeff]+/g)) {
    found.word = index;
    if (/[\n\r\u2028\u2029]/.test(space)) found.line = index;
    if (/\n[^\n]*\n|\r[^\n\r]*\r|\u2029/.test(space)) found.paragraph = index;
  }
  return found;
}

/** Where the last unit of a text begins, which may not be whole; 0 where there is but one. */
function lastStart(text, granularity, locale) {
  return segmenter(granularity, locale).segment(text).containing(text.length - 1).index;
}

function pastSpace(text, from) {
  const sign = /\S/g;
  sign.lastIndex = from;
  return sign.exec(text)?.index ?? text.length;
}

const codePointLength = (text, at) => (text.codePointAt(at) > 0xffff ? 2 : 1);

const isWithinPair = (text, at) => at > 0 && codePointLength(text, at - 1) === 2;
