/**
 * How many of Gemma's tokens a text takes, estimated without its tokenizer (262,144 entries).
 *
 * Measured with the tokenizer of Gemma 3, which Gemma 3n shares, over the Universal Declaration of
 * Human Rights in each language; for en, es, fr, de, ar and ja business prose counts too, which is
 * written more plainly. Assamese, Odia and Sindhi are told from their nearest relatives.
 */

/** By language: characters (code points) a token; tokens of the same text, English being 1. */
const MEASURED = new Map(
  `af:3.4:1.46 am:1.19:2.68 ar:3:1.29 as:3.1:1.5 az:2.5:2.09 be:2.6:2.14 bg:3.4:1.62 bn:4:1.15
bs:3.2:1.47 ca:3.4:1.51 ceb:3.1:1.91 ckb:2:2.2 cs:3:1.63 cy:2.5:1.95 da:3.5:1.51 de:4.3:1.29
el:2.7:2.19 en:5.9:1 eo:3:1.57 es:4.8:1.22 et:3:1.74 eu:2.9:1.79 fa:3.1:1.43 fi:3.1:1.74
fil:3.2:1.87 fr:4.5:1.33 fy:2.9:1.96 ga:2.7:2.13 gd:2.8:2.07 gl:3.9:1.41 gu:2.6:1.84 ha:2.9:2.44
he:2.1:1.66 hi:4:1.32 hr:3.2:1.47 ht:2.9:2.03 hu:3.1:1.84 hy:1.98:2.69 id:4.4:1.36 ig:2.3:2.27
is:2.5:1.95 it:4.4:1.31 ja:1.9:1.19 jv:3.2:2.02 ka:2.5:2.22 kk:2.3:2.25 km:2.2:2.32 kn:2.5:2.02
ko:1.8:1.31 ku:2.4:1.81 ky:2.5:2.2 la:3.6:1.28 lb:2.9:2.05 lo:1.75:2.81 lt:2.9:1.78 lv:2.7:1.91
mg:2.8:1.97 mi:3:2.55 mk:2.9:1.77 ml:3.1:1.72 mn:2.1:2.52 mr:3.8:1.46 ms:4.1:1.47 mt:2.4:2.29
my:2.4:3.03 nb:3.4:1.44 ne:3.6:1.28 nl:4:1.52 ny:2.8:1.87 or:1.5:3.4 pa:1.93:2.7 pl:3.5:1.56
ps:2.5:1.96 pt-BR:4.5:1.18 pt-PT:4.2:1.3 ro:3.4:1.66 ru:4.2:1.34 sd:2.8:1.6 si:2.2:2.31 sk:2.9:1.72
sl:3.1:1.65 sn:2.8:2.09 so:2.7:2.05 sq:2.6:2.01 sr:2.8:1.63 sr-Latn:3.2:1.45 st:2.7:1.98
su:3.2:1.86 sv:3.4:1.49 sw:3:1.64 ta:3.8:1.69 te:2.2:2.43 tg:2.2:2.29 th:3:1.49 tk:2.5:2.15
tr:3.4:1.44 tt:2.4:2.13 ug:1.81:3.2 uk:3.2:1.62 ur:3.2:1.42 uz:2.8:2.09 vi:3.7:1.42 xh:2.7:1.98
yi:1.66:3.42 yo:1.71:3.41 zh-Hans:1.46:.94 zh-Hant:1.38:.97 zu:2.7:1.8`
    .split(/\s/)
    .map((line) => line.split(":"))
    .map(([code, perToken, tokens]) => [code, { perToken: +perToken, tokens: +tokens }]),
);

/** Latin script of no known language: as in most languages but the few that Gemma read most of. */
const UNKNOWN_LATIN = 2.9;

/**
 * Blocks of 128 code units by script: where it starts, up to where, and characters a token in a text
 * of no known language. Blocks that are not here hold symbols and rare scripts.
 */
const SCRIPTS = [
  ["Latn", 0x0000, 0x02ff, UNKNOWN_LATIN],
  ["Latn", 0x1e00, 0x1eff, 1.5],
  ["Grek", 0x0380, 0x03ff, 2.7],
  ["Cyrl", 0x0400, 0x04ff, 2.9],
  ["Armn", 0x0500, 0x057f, 1.9],
  ["Hebr", 0x0580, 0x05ff, 1.9],
  ["Arab", 0x0600, 0x06ff, 2.6],
  ["Deva", 0x0900, 0x097f, 3.6],
  ["Beng", 0x0980, 0x09ff, 3.1],
  ["Guru", 0x0a00, 0x0a7f, 1.9],
  ["Gujr", 0x0a80, 0x0aff, 2.6],
  ["Orya", 0x0b00, 0x0b7f, 1.5],
  ["Taml", 0x0b80, 0x0bff, 3.7],
  ["Telu", 0x0c00, 0x0c7f, 2.2],
  ["Knda", 0x0c80, 0x0cff, 2.4],
  ["Mlym", 0x0d00, 0x0d7f, 3],
  ["Sinh", 0x0d80, 0x0dff, 2.1],
  ["Thai", 0x0e00, 0x0e7f, 2.9],
  ["Laoo", 0x0e80, 0x0eff, 1.7],
  ["Tibt", 0x0f00, 0x0fff, 1],
  ["Mymr", 0x1000, 0x107f, 2.3],
  ["Geor", 0x1080, 0x10ff, 2.4],
  ["Ethi", 0x1200, 0x13ff, 1.1],
  ["Khmr", 0x1780, 0x17ff, 2.1],
  ["Kana", 0x3000, 0x30ff, 1.7],
  ["Hani", 0x4e00, 0x9fff, 1.38],
  ["Hang", 0xac00, 0xd7af, 1.7],
  ["Full", 0xff00, 0xffff, 1],
];
/** What a language writes beside the script that bears its name. */
const WRITTEN_IN = {
  Hans: ["Hani", "Kana", "Full"],
  Hant: ["Hani", "Kana", "Full"],
  Jpan: ["Hani", "Kana", "Full"],
  Kore: ["Hang", "Hani"],
};

/** Tokens of a character elsewhere: as many as it has bytes, where the tokenizer does not know it. */
const RARE = 3;
const ASTRAL = 4;
const PICTOGRAPH = 1.2;
/** Symbols and punctuation beyond ASCII, such as curly quotes. */
const SYMBOL = 1;
/** Accents that stand alone, after their letter. */
const ACCENT = 1.5;

/** ASCII: each digit; a line's end; capitals in a row, and what code and keys are made of. */
const DIGIT = 1;
const LINE_END = 1;
const CAPITAL = 0.4;
const MIXED = 0.5;
const PUNCTUATION = 0.6;
/** A sign that a letter or digit follows, as in an address. */
const WITHIN = 0.6;
/** One more of the same sign, as in a ruler or an indentation. */
const SAME_AGAIN = 0.1;
/** Letters after which a word of ASCII is no word but a key. */
const LONGEST_WORD = 20;

/**
 * @param {string} code
 * @returns {number} Characters (code points) a token in ordinary text of this language; of English
 *   for a code that is none, such as "auto".
 */
export function charactersPerToken(code) {
  return (MEASURED.get(code) ?? MEASURED.get("en")).perToken;
}

/**
 * @param {string} source Unknown, such as "auto", counts as English.
 * @param {string} target
 * @returns {number} Tokens of a translation for each token of its text.
 */
export function expansion(source, target) {
  return (MEASURED.get(target)?.tokens ?? 1) / (MEASURED.get(source)?.tokens ?? 1);
}

/**
 * Tokens of a text, rather too many than too few. Which words stand in it is not looked at, so it is
 * an estimate: right within some percent for prose, within a third for lists, code and keys.
 *
 * @param {string} text
 * @param {string} [source] The language it is said to be in; what it holds of other scripts is judged
 *   by those.
 * @returns {number}
 */
export function estimateTokens(text, source) {
  const cost = costs(source, isEnglish(text));
  const letter = cost[0];
  let tokens = 0;
  let spacing = letter; // of spaces and punctuation between words
  let before = NONE;
  let last = -1;
  let length = 0;
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    const kind = code < 128 ? KINDS[code] : NONE;
    length = kind === SMALL || kind === LARGE ? length + 1 : 0;
    if (kind === SMALL || kind === LARGE) {
      spacing = letter;
      const isMixed = length > LONGEST_WORD || before === NUMBER || (kind === LARGE && before === SMALL);
      if (before === SIGN) tokens += WITHIN;
      tokens += isMixed ? MIXED : kind === LARGE && before === LARGE ? Math.max(CAPITAL, letter) : letter;
    } else if (kind === NUMBER) tokens += before === SIGN ? DIGIT + WITHIN : DIGIT;
    else if (kind !== NONE && code === last) tokens += SAME_AGAIN;
    else if (kind === END) tokens += LINE_END;
    else if (kind === SIGN && before === SIGN) tokens += PUNCTUATION;
    else if (kind !== NONE) tokens += spacing;
    else if (code >= 0xd800 && code <= 0xdbff) tokens += isPictograph(code) ? PICTOGRAPH : ASTRAL;
    else if (code < 0xdc00 || code > 0xdfff) {
      const own = cost[block(code)];
      if (own < SYMBOL) spacing = own;
      tokens += own;
    }
    before = kind;
    last = code;
  }
  return tokens;
}

const [NONE, SMALL, LARGE, NUMBER, END, SIGN, SPACE] = [0, 1, 2, 3, 4, 5, 6];
const KINDS = Uint8Array.from({ length: 128 }, (_, code) => {
  const character = String.fromCharCode(code);
  if (/[a-z]/.test(character)) return SMALL;
  if (/[A-Z]/.test(character)) return LARGE;
  if (/[0-9]/.test(character)) return NUMBER;
  if (/[\r\n]/.test(character)) return END;
  return /[!-~]/.test(character) ? SIGN : SPACE;
});

const isPictograph = (highSurrogate) => highSurrogate >= 0xd83c && highSurrogate <= 0xd83e;
const block = (code) => code >> 7;

/** Tokens of a code unit by its block, for a language or for none. */
function costs(source, isEnglishLatin) {
  const key = `${source} ${isEnglishLatin}`;
  if (!known.has(key)) known.set(key, made(source, isEnglishLatin));
  return known.get(key);
}
const known = new Map();

function made(source, isEnglishLatin) {
  const own = MEASURED.get(source);
  const script = own && new Intl.Locale(source).maximize().script;
  const costs = new Float64Array(512).fill(RARE);
  const set = (first, last, cost) => costs.fill(cost, block(first), block(last) + 1);
  set(0x0300, 0x037f, ACCENT);
  set(0x2000, 0x2bff, SYMBOL);
  set(0xfe00, 0xfe7f, SYMBOL);
  for (const [name, first, last, perToken] of SCRIPTS) {
    const isOwn = (WRITTEN_IN[script] ?? [script]).includes(name);
    const usual = first === 0 && isEnglishLatin ? charactersPerToken("en") : perToken;
    set(first, last, 1 / (isOwn ? own.perToken : usual));
  }
  return costs;
}

const ENGLISH =
  /\b(?:the|of|and|to|in|is|that|for|it|was|with|be|by|are|this|have|not|you|on|as|has|from|or|an|at|will|we)\b/gi;
/** Characters from which a language is told; words below which it is not. */
const SAMPLE = 10_000;
const FEW_WORDS = 20;

/** Whether Latin letters are English: there 37 % of words are of these, elsewhere 8 % at most. */
function isEnglish(text) {
  const sample = text.slice(0, SAMPLE);
  const words = sample.match(/[a-z]+/gi)?.length ?? 0;
  return words < FEW_WORDS || (sample.match(ENGLISH)?.length ?? 0) > words / 5;
}
