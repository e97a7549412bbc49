/*
 * The translator's page: sends text to the Ollama API and shows the answer as it is written.
 *
 * config.json says where the API is (`apiUrl`), which model translates (`model`) and how many
 * tokens prompt and translation share (`contextLength`). Everything shown is set as text, never as
 * markup: the page's content security policy forbids the latter.
 */

/** What can be translated, with the characters that one token of Gemma's holds on average. */
const LANGUAGES = [
  { code: "ar", name: "Arabic", perToken: 3.2 },
  { code: "zh", name: "Chinese", perToken: 1.4 },
  { code: "en", name: "English", perToken: 5.9 },
  { code: "fr", name: "French", perToken: 4.8 },
  { code: "de", name: "German", perToken: 4.3 },
  { code: "ja", name: "Japanese", perToken: 2.2 },
  { code: "ko", name: "Korean", perToken: 1.8 },
  { code: "ru", name: "Russian", perToken: 4.2 },
  { code: "es", name: "Spanish", perToken: 5.0 },
];

/** The same by script, for text that is not in the language it is said to be in. */
const SCRIPTS = [
  [/[\p{Script=Latin}\p{Script=Common}\p{Script=Inherited}]/u, 5.9],
  [/\p{Script=Cyrillic}/u, 4.2],
  [/\p{Script=Arabic}/u, 3.2],
  [/[\p{Script=Hiragana}\p{Script=Katakana}]/u, 2.2],
  [/\p{Script=Hangul}/u, 1.8],
  [/\p{Script=Han}/u, 1.4],
];
const OTHER_SCRIPT = 1;
const PICTOGRAPH = /\p{Extended_Pictographic}/u;

/** Tokens that our own words take in the prompt. */
const INSTRUCTIONS = 96;
/** Text and a translation of up to one and a half times its tokens share the context. */
const SHARES = 2.5;
/** A sum of thousands of fractions is off by far less. */
const ROUNDING = 0.001;

const element = Object.fromEntries(
  ["form", "source", "target", "text", "count", "translate", "stop", "status", "translation", "copy"]
    .map((id) => [id, document.getElementById(id)]),
);

let settings = null;
let running = null;

/** Something to tell the reader, in a sentence that says what to do. */
class Problem extends Error {}

const language = (select) => LANGUAGES.find(({ code }) => code === select.value);

const say = (sentence, isError = false) => {
  element.status.textContent = sentence;
  element.status.classList.toggle("error", isError);
};

/** Characters as a reader counts them: a family emoji or an accented letter is one. */
function countCharacters(text, locale) {
  if (!("Segmenter" in Intl)) return Array.from(text).length;
  let count = 0;
  for (const _ of new Intl.Segmenter(locale, { granularity: "grapheme" }).segment(text)) count += 1;
  return count;
}

function estimateTokens(text) {
  let tokens = 0;
  for (const character of text) {
    const known = SCRIPTS.find(([script]) => script.test(character));
    const perToken = PICTOGRAPH.test(character) || !known ? OTHER_SCRIPT : known[1];
    tokens += 1 / perToken;
  }
  return tokens;
}

/** Shows how much of the limit is used; tells whether the text may be sent. */
function measure() {
  const text = element.text.value;
  const budget = (settings.contextLength - INSTRUCTIONS) / SHARES;
  const { perToken, code, name } = language(element.source);
  const limit = Math.floor((budget * perToken) / 10) * 10;
  // Far beyond any limit: counting it exactly would only make typing slow.
  const huge = text.length > 20 * budget;
  const count = huge ? text.length : countCharacters(text, code);
  const isLong = huge || count > limit;
  const isDense = !isLong && estimateTokens(text) > budget + ROUNDING;
  const numbers = `${count.toLocaleString("en")} of ${limit.toLocaleString("en")} characters`;
  const advice = isLong
    ? ". Shorten the text: what is beyond the limit would be lost."
    : isDense
      ? `. Shorten the text, or choose its language: for ${name} it needs too much room.`
      : "";
  element.count.textContent = numbers + advice;
  element.text.setAttribute("aria-invalid", String(isLong || isDense));
  return text.trim() !== "" && !isLong && !isDense;
}

function refresh() {
  element.translate.disabled = !settings || running !== null || !measure();
  element.stop.disabled = running === null;
  element.copy.disabled = running !== null || element.translation.textContent === "";
}

function prompt(text) {
  const [from, to] = [language(element.source), language(element.target)];
  return (
    `You are a professional ${from.name} (${from.code}) to ${to.name} (${to.code}) translator. ` +
    `Convey the meaning and nuances of the ${from.name} text while adhering to ${to.name} ` +
    `grammar and vocabulary. Produce only the ${to.name} translation, without explanations or ` +
    `comments. Translate the following ${from.name} text into ${to.name}:\n\n\n${text}`
  );
}

/** Every line of a stream of newline-delimited JSON; a line may come in several pieces. */
async function* lines(body) {
  let rest = "";
  for (const reader = body.pipeThrough(new TextDecoderStream()).getReader(); ; ) {
    const { done, value } = await reader.read();
    const pieces = (rest + (value ?? "")).split("\n");
    rest = done ? "" : pieces.pop();
    for (const line of pieces) if (line.trim() !== "") yield JSON.parse(line);
    if (done) return;
  }
}

function refusal(status) {
  if (status === 403) return "The translator refused this page. Tell its team that this address is not allowed.";
  if (status === 413) return "The text is too long for the translator. Shorten it.";
  if (status === 404) return "The translator does not have its model yet. Try again in some minutes.";
  if (status === 429 || status === 503) return "The translator is busy. Try again in a minute.";
  if (status === 502 || status === 504) return "The translator did not answer in time. Try again in a minute.";
  return `The translator answered with an error (${status}). Try again, then tell its team.`;
}

async function request(text, signal) {
  try {
    return await fetch(new URL("/api/generate", settings.apiUrl), {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ model: settings.model, prompt: prompt(text), stream: true }),
      credentials: "omit",
      signal,
    });
  } catch (error) {
    if (error.name === "AbortError") throw error;
    // Browsers tell a page no more than this of a blocked or failed connection.
    throw new Problem(
      "The translator could not be reached. Connect to the VPN and try again. If the browser asks " +
        "whether this page may reach devices on your local network, allow it.",
    );
  }
}

/** Shows the translation as it comes; only the model's own `done` makes it complete. */
async function translate(text, signal) {
  const response = await request(text, signal);
  if (!response.ok) throw new Problem(refusal(response.status));
  for await (const part of lines(response.body)) {
    if (part.error) throw new Problem(`The translator stopped with an error: ${part.error}`);
    element.translation.append(part.response ?? "");
    if (part.done !== true) continue;
    if (part.done_reason === "length") {
      throw new Problem("The translation is cut off: the model's limit was reached. Shorten the text.");
    }
    return;
  }
  throw new Problem("The connection ended before the translation was complete. Try again.");
}

function sentence(error) {
  if (error.name === "AbortError") return "Stopped. The translation is not complete.";
  if (error instanceof Problem) return error.message;
  if (error instanceof SyntaxError) return "The translator's answer could not be read. Try again.";
  return "The connection broke before the translation was complete. Try again.";
}

async function submit(event) {
  event.preventDefault();
  if (!settings || running || !measure()) return;
  running = new AbortController();
  element.translation.replaceChildren();
  element.translation.lang = element.target.value;
  element.translation.setAttribute("aria-busy", "true");
  refresh();
  say("Translating…");
  try {
    await translate(element.text.value, running.signal);
    say("Done.");
  } catch (error) {
    say(sentence(error), error.name !== "AbortError");
  } finally {
    running = null;
    element.translation.removeAttribute("aria-busy");
    refresh();
  }
}

async function copy() {
  try {
    await navigator.clipboard.writeText(element.translation.textContent);
    say("Copied.");
  } catch {
    say("The browser did not allow copying. Select the translation and copy it.", true);
  }
}

async function start() {
  for (const select of [element.source, element.target]) {
    select.replaceChildren(...LANGUAGES.map(({ code, name }) => new Option(name, code)));
  }
  element.source.value = "en";
  element.target.value = "de";
  element.form.addEventListener("submit", submit);
  element.form.addEventListener("input", refresh);
  element.stop.addEventListener("click", () => running?.abort());
  element.copy.addEventListener("click", copy);
  element.text.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) element.form.requestSubmit();
  });
  try {
    const response = await fetch("/config.json", { cache: "no-cache" });
    if (!response.ok) throw new Problem();
    settings = await response.json();
    refresh();
  } catch {
    say("The page's settings could not be loaded. Reload the page.", true);
  }
}

start();
