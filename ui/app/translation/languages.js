/**
 * What can be translated. Codes are BCP 47, as `Intl.DisplayNames` and `lang` attributes take them.
 *
 * English names stand here and not in `Intl`, because prompts carry them and must be the same in
 * every browser.
 */

/** Source language that the model is to recognise by itself. */
export const AUTO = "auto";

const NAMES = new Map(
  `af Afrikaans|am Amharic|ar Arabic|as Assamese|az Azerbaijani|be Belarusian|bg Bulgarian|bn Bengali
bs Bosnian|ca Catalan|ceb Cebuano|ckb Central Kurdish|cs Czech|cy Welsh|da Danish|de German|el Greek
en English|eo Esperanto|es Spanish|et Estonian|eu Basque|fa Persian|fi Finnish|fil Filipino|fr French
fy Western Frisian|ga Irish|gd Scottish Gaelic|gl Galician|gu Gujarati|ha Hausa|he Hebrew|hi Hindi
hr Croatian|ht Haitian Creole|hu Hungarian|hy Armenian|id Indonesian|ig Igbo|is Icelandic|it Italian
ja Japanese|jv Javanese|ka Georgian|kk Kazakh|km Khmer|kn Kannada|ko Korean|ku Kurmanji Kurdish|ky Kyrgyz
la Latin|lb Luxembourgish|lo Lao|lt Lithuanian|lv Latvian|mg Malagasy|mi Maori|mk Macedonian
ml Malayalam|mn Mongolian|mr Marathi|ms Malay|mt Maltese|my Burmese|nb Norwegian|ne Nepali|nl Dutch
ny Chichewa|or Odia|pa Punjabi|pl Polish|ps Pashto|pt-BR Brazilian Portuguese
pt-PT European Portuguese|ro Romanian|ru Russian|sd Sindhi|si Sinhala|sk Slovak|sl Slovenian
sn Shona|so Somali|sq Albanian|sr Serbian|sr-Latn Latin-script Serbian|st Southern Sotho
su Sundanese|sv Swedish|sw Swahili|ta Tamil|te Telugu|tg Tajik|th Thai|tk Turkmen|tr Turkish|tt Tatar
ug Uyghur|uk Ukrainian|ur Urdu|uz Uzbek|vi Vietnamese|xh Xhosa|yi Yiddish|yo Yoruba
zh-Hans Simplified Chinese|zh-Hant Traditional Chinese|zu Zulu`
    .split(/[|\n]/)
    .map((line) => [line.slice(0, line.indexOf(" ")), line.slice(line.indexOf(" ") + 1)]),
);

const RIGHT_TO_LEFT = new Set(["ar", "ckb", "fa", "he", "ps", "sd", "ug", "ur", "yi"]);

/** @type {readonly string[]} Every code that can be source or target, sorted; `AUTO` is not among them. */
export const LANGUAGES = Object.freeze([...NAMES.keys()]);

/**
 * @param {string} code
 * @returns {boolean} Whether texts in it run from right to left; false for what is unknown.
 */
export function isRightToLeft(code) {
  return RIGHT_TO_LEFT.has(code);
}

/**
 * @param {string} code
 * @returns {string | undefined} Its name in English, undefined where it is none of `LANGUAGES`.
 */
export function englishName(code) {
  return NAMES.get(code);
}

/** Making a `DisplayNames` costs far more than asking it. */
const displays = new Map();

/**
 * @param {string} code
 * @param {string} locale The language to name it in, e.g. the interface's, or `code` itself.
 * @returns {string} Its name there; its English name where the browser knows none.
 */
export function languageName(code, locale) {
  if (!displays.has(locale)) {
    displays.set(locale, new Intl.DisplayNames([locale], { type: "language", fallback: "none" }));
  }
  const english = NAMES.get(code) ?? code;
  // A browser without that locale's names answers in its own language.
  if (Intl.DisplayNames.supportedLocalesOf([locale]).length === 0) return english;
  return displays.get(locale).of(code) ?? english;
}
