/**
 * How long a text may be.
 *
 * Prompt and translation share the model's context. What does not fit is not always refused: the
 * translation would end in the middle. So the page keeps the limit itself, in the characters that a
 * reader counts.
 */

import { countCharacters } from "./characters.js";
import { charactersPerToken, estimateTokens, expansion } from "./tokens.js";

/** Tokens of a translation for each of its text that always have room. */
const LEAST_EXPANSION = 1.5;
/** What a translation may be longer than its language is on average. */
const MARGIN = 1.1;
/** Share of the limit from which on a writer is warned. */
const NEAR = 0.8;
/** How far an estimate may be above what is usual for the language before it counts. */
const TOLERANCE = 1.05;
/** Code units that an instance's guard takes for each token of its context (modules/host). */
const UNITS_PER_TOKEN = 3;
/** Code units for each token of the overhead, at most. */
const WIDEST_TOKEN = 4.5;

/** Code points that a reader sees as one, by script: letters of India and its neighbours combine. */
const COMBINED = { Deva: 1.6, Beng: 1.6, Guru: 1.4, Gujr: 1.6, Orya: 1.6, Taml: 1.6, Telu: 1.7 };
Object.assign(COMBINED, { Knda: 1.5, Mlym: 2.1, Sinh: 1.4, Thai: 1.25, Laoo: 1.3, Khmr: 1.8, Mymr: 1.6 });

/**
 * @param {string} text
 * @param {object} room
 * @param {string} room.source A code of languages.js; any other, such as "auto", goes by the text.
 * @param {string} [room.target] A code of languages.js: some languages take three times the tokens.
 * @param {number} room.contextLength Tokens of the model's context.
 * @param {number} room.overheadTokens Tokens of the request that are not the text's.
 * @returns {{count: number, limit: number, level: "empty" | "fine" | "near" | "over", tokens: number}}
 *   `count` and `limit` are characters as a reader counts them, `tokens` the text's own.
 */
export function measure(text, { source, target, contextLength, overheadTokens }) {
  const count = countCharacters(text, source);
  const tokens = estimateTokens(text, source);
  const share = 1 + Math.max(LEAST_EXPANSION, MARGIN * expansion(source, target));
  const budget = Math.max(0, contextLength - overheadTokens) / share;
  const units = Math.max(0, UNITS_PER_TOKEN * contextLength - WIDEST_TOKEN * overheadTokens);
  const usual = (budget * charactersPerToken(source)) / combined(source);
  const limit = Math.min(
    usual,
    ...(count === 0 ? [] : [(TOLERANCE * budget * count) / tokens, (units * count) / text.length]),
  );
  const isOver = count > limit;
  return {
    count,
    limit: isOver ? Math.floor(limit) : Math.max(count, rounded(limit)),
    level: text.trim() === "" && !isOver ? "empty" : isOver ? "over" : count < NEAR * limit ? "fine" : "near",
    tokens: Math.ceil(tokens),
  };
}

function combined(source) {
  const isKnown = /^[a-z]{2,3}(?:-|$)/.test(source);
  return isKnown ? (COMBINED[new Intl.Locale(source).maximize().script] ?? 1) : 1;
}

/** A limit as it is shown: it should not flicker with every letter. */
function rounded(limit) {
  const step = limit < 1000 ? 10 : 100;
  return Math.floor(limit / step) * step;
}
