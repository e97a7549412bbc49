/**
 * How long a text may be.
 *
 * Prompt and translation share the model's context. What does not fit is not always refused: the
 * translation would end in the middle. So the page keeps the limit itself, in the characters that a
 * reader counts.
 */

import { countCharacters } from "./characters.js";
import { recognise } from "./recognise.js";
import { charactersPerToken, estimateTokens, expansion } from "./tokens.js";

/** Tokens of a translation for each of its text that always have room. */
const LEAST_EXPANSION = 1.5;
/** What a translation may be longer than its language is on average. */
const MARGIN = 1.1;
/** Share of the limit from which on a writer is warned. */
const NEAR = 0.8;
/** Share from which on a limit that the text itself makes less is of interest. */
const CONCERNING = 0.5;
/** Characters from which words tell a language; a script that takes much room tells at once. */
const TELLING = 20;
const DENSE = /[\u3040-\ud7af]/;
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
  const isTold = isCode(source) || (count < TELLING && !DENSE.test(text));
  const language = isTold ? source : (recognise(text) ?? source);
  const tokens = estimateTokens(text, language);
  const share = 1 + Math.max(LEAST_EXPANSION, MARGIN * expansion(language, target));
  const budget = Math.max(0, contextLength - overheadTokens) / share;
  const units = Math.max(0, UNITS_PER_TOKEN * contextLength - WIDEST_TOKEN * overheadTokens);
  const usual = (budget * charactersPerToken(language)) / combined(language);
  // Parts of what there is room for: in characters, in tokens, in code units.
  const ordinary = part(count, usual);
  const taken = Math.max(ordinary, part(tokens, TOLERANCE * budget), part(text.length, units));
  // What is still to come is taken for ordinary, whatever is there.
  const exact = taken > 1 ? count / taken : count + (1 - taken) * usual;
  const isOver = count > fine(exact);
  const isUsual = taken < CONCERNING || taken === ordinary;
  const calm = isUsual ? fine(usual) : coarse(exact);
  return {
    count,
    limit: isOver || calm < count ? fine(exact) : calm,
    level: levelOf(text, isOver ? Infinity : taken),
    tokens: Math.ceil(tokens),
  };
}

function levelOf(text, taken) {
  if (taken > 1) return "over";
  if (text.trim() === "") return "empty";
  return taken < NEAR ? "fine" : "near";
}

/** 0 of nothing, even where there is no room. */
const part = (used, room) => (used === 0 ? 0 : used / room);

const isCode = (source) => /^[a-z]{2,3}(?:-|$)/.test(source);

function combined(source) {
  return isCode(source) ? (COMBINED[new Intl.Locale(source).maximize().script] ?? 1) : 1;
}

/** Limits are round numbers, and rounder where they change as the text does. */
function fine(limit) {
  const step = limit < 100 ? 1 : limit < 1000 ? 10 : 100;
  return Math.floor(limit / step) * step;
}

function coarse(limit) {
  const step = limit < 1000 ? 100 : limit < 4000 ? 250 : 500;
  return Math.floor(limit / step) * step;
}
