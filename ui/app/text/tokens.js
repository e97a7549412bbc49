/** How many of Gemma's tokens a text takes, estimated without its tokenizer of 262,144 entries. */

/**
 * By language: characters (code points) a token; tokens of the same text, English being 1.
 *
 * Measured with Gemma 3's tokenizer, which Gemma 3n shares, over the Universal Declaration of Human
 * Rights; for ar, de, en, es, fr and ja business prose counts too, which is plainer. Assamese, Odia,
 * Sindhi and Central Kurdish are told from their nearest relatives.
 */
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

/**
 * By script: its code units, in blocks of 128, and characters a token in no known language. What is
 * not here are symbols and rare scripts.
 */
const SCRIPTS = `Latn:0:2ff:2.9 Latn:1e00:1eff:1.5 Grek:380:3ff:2.7 Cyrl:400:4ff:2.9 Armn:500:57f:1.9
Hebr:580:5ff:1.9 Arab:600:6ff:2.6 Deva:900:97f:3.6 Beng:980:9ff:3.1 Guru:a00:a7f:1.9 Gujr:a80:aff:2.6
Orya:b00:b7f:1.5 Taml:b80:bff:3.7 Telu:c00:c7f:2.2 Knda:c80:cff:2.4 Mlym:d00:d7f:3 Sinh:d80:dff:2.1
Thai:e00:e7f:2.9 Laoo:e80:eff:1.7 Tibt:f00:fff:1 Mymr:1000:107f:2.3 Geor:1080:10ff:2.4
Ethi:1200:13ff:1.1 Khmr:1780:17ff:2.1 Kana:3000:30ff:1.7 Hani:4e00:9fff:1.38 Hang:ac00:d7af:1.7
Full:ff00:ffff:1`
  .split(/\s/)
  .map((line) => line.split(":"))
  .map(([name, first, last, perToken]) => [name, parseInt(first, 16), parseInt(last, 16), +perToken]);

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

const DIGIT = 1;
const LINE_END = 1;
/** A capital after a capital; a letter of what is no word, such as a key. */
const CAPITAL = 0.4;
const MIXED = 0.5;
/** A sign after a sign; one that a letter or digit follows, as in an address; the same once more. */
const PUNCTUATION = 0.6;
const WITHIN = 0.6;
const SAME_AGAIN = 0.1;
/** Letters after which a word of ASCII is none. */
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
 * Tokens of a text: within a tenth of the tokenizer's for prose, within a third for code and keys.
 *
 * @param {string} text
 * @param {string} [source] Its language; what it holds of other scripts is judged by those.
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

const ENGLISH = /\b(?:the|of|and|to|in|is|that|for|it|was|with|be|by|are|this|have|not|you|on|as|has|from|or|an|at|will|we)\b/gi;
/** Characters from which a language is told; words below which it is not. */
const SAMPLE = 10_000;
const FEW_WORDS = 20;

/** Whether Latin letters are English: there 37 % of words are of these, elsewhere 8 % at most. */
function isEnglish(text) {
  const sample = text.slice(0, SAMPLE);
  const words = sample.match(/[a-z]+/gi)?.length ?? 0;
  return words < FEW_WORDS || (sample.match(ENGLISH)?.length ?? 0) > words / 5;
}
