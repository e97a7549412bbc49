/** Characters as a reader counts them: a family emoji, an accented letter or a flag is one. */

const segmenters = new Map();

/**
 * @param {"grapheme" | "word" | "sentence"} granularity
 * @param {string} [locale] BCP 47; what is none, such as "auto", means the browser's own.
 * @returns {Intl.Segmenter}
 */
export function segmenter(granularity, locale) {
  const key = `${granularity} ${locale}`;
  if (!segmenters.has(key)) segmenters.set(key, made(granularity, locale));
  return segmenters.get(key);
}

function made(granularity, locale) {
  try {
    return new Intl.Segmenter(locale, { granularity });
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return new Intl.Segmenter(undefined, { granularity });
  }
}

/**
 * @param {string} text
 * @param {string} [locale] The text's language.
 * @returns {Generator<string, void>} Its characters, in order; joined they are the text.
 */
export function* graphemes(text, locale) {
  for (const { segment } of segmenter("grapheme", locale).segment(text)) yield segment;
}

/** ASCII without carriage returns, of which each code is a character: most of what is typed. */
const PLAIN = /^[\x00-\x0c\x0e-\x7f]*$/;

/**
 * @param {string} text
 * @param {string} [locale] The text's language.
 * @returns {number}
 */
export function countCharacters(text, locale) {
  if (PLAIN.test(text)) return text.length;
  let count = 0;
  for (const _ of segmenter("grapheme", locale).segment(text)) count += 1;
  return count;
}
