/** Puts the page together: what each part does when another one changes. */

import { history } from "./kept/history.js";
import { preferences } from "./kept/preferences.js";
import { announce, hide as hideToast, show } from "./page/announcer.js";
import { copyBy, offerPasting } from "./page/clipboard.js";
import { Counter } from "./page/counter.js";
import { Editor } from "./page/editor.js";
import { byId, shortcut } from "./page/elements.js";
import { FailurePanel } from "./page/failure_panel.js";
import { FileTranslation } from "./page/file_translation.js";
import { offerGlossary } from "./page/glossary_dialog.js";
import { offerHistory } from "./page/history_dialog.js";
import { LanguagePair } from "./page/language_pair.js";
import { openLink, reload } from "./page/opened_link.js";
import { Result } from "./page/result.js";
import { service } from "./page/service.js";
import { offerSettings } from "./page/settings_dialog.js";
import { offerSharing } from "./page/share_dialog.js";
import { showTheme } from "./page/theme.js";
import { Translation } from "./page/translation.js";
import { AUTO } from "./translation/languages.js";
import { apply, chooseLanguage, directionOf, locale, speak, t } from "./wording/wording.js";

/** Milliseconds without a key after which a text counts as typed. */
const TYPED = 800;
/** Milliseconds after which a text translated as it was typed is worth keeping. */
const SETTLED = 10_000;
/** Characters from which a translation is offered for download. */
const WORTH_A_FILE = 2000;

const isTouched = matchMedia("(pointer: coarse)");

let settings = null;
let typing;
let settling;

const read = () => ({ text: editor.text, source: pair.source, target: pair.target });

const editor = new Editor({ onChange: () => changed() });
const result = new Result({ onChange: () => offerTools() });
const failure = new FailurePanel();
const counter = new Counter(() => ({ ...read(), settings }));
const pair = new LanguagePair({ onChange: () => changed() });
const translation = new Translation({ read, result, failure, onDone: done, onChange: offerTools });
const file = new FileTranslation({
  onText: (text) => {
    replaceText(text, t("replaced"));
    translate();
  },
  onRefusal: (refusal) => failure.show(refusal),
});

/** Text or languages are others than a moment ago. */
function changed() {
  pair.suit(editor.text);
  editor.setLanguage(pair.source);
  counter.update();
  result.compare(translation.isOfNow);
  failure.yield();
  offerTools();
  if (editor.text === "") file.close();
  clearTimeout(typing);
  if (preferences.get().translateAsTyped && !file.isOpen) typing = setTimeout(translateTyped, TYPED);
}

function translateTyped() {
  const isNew = !translation.isOfNow || result.state === "incomplete";
  if (isNew && counter.level !== "over") translation.start();
}

/** What can be done now is offered, and nothing else. */
function offerTools() {
  const { isRunning } = translation;
  const focused = document.activeElement;
  byId("translate").hidden = isRunning;
  byId("stop").hidden = !isRunning;
  byId("copy").disabled = result.text === "" || isRunning;
  byId("download").hidden =
    isRunning || result.text === "" || (!file.isOpen && result.text.length < WORTH_A_FILE);
  byId("download-label").textContent = file.isOpen
    ? t("download.file", { name: file.nameFor(pair.target) })
    : t("download");
  byId("continue").hidden =
    result.state !== "incomplete" || !translation.canContinue || failure.isShown;
  byId("hint").textContent =
    result.text === "" && !isRunning && !isTouched.matches
      ? t("translate.keys", { keys: shortcut("Enter") })
      : "";
  // A focus on what has vanished goes to what has come in its place.
  if (focused !== document.body && !focused.checkVisibility()) {
    byId(isRunning ? "stop" : "translate").focus({ preventScroll: true });
  }
}

function translate() {
  if (editor.text.trim() === "") {
    editor.focus();
    return;
  }
  clearTimeout(typing);
  // A language that is being typed is meant.
  if (document.activeElement.role === "combobox") document.activeElement.blur();
  preferences.used(pair.source, pair.target);
  hideToast();
  translation.start();
  if (isTouched.matches) document.activeElement.blur();
  result.bringToView();
}

function done(entry) {
  learnLimits();
  clearTimeout(settling);
  const keep = () => history.add(entry);
  if (preferences.get().translateAsTyped) settling = setTimeout(keep, SETTLED);
  else keep();
}

/** Another text instead of this one, which can be had back. */
function replaceText(text, words) {
  const before = editor.text;
  editor.text = text;
  if (before.trim() === "" || before === text) return;
  const undo = () => {
    editor.text = before;
    editor.focus();
  };
  show(words, { label: t("undo"), act: undo });
}

function clear() {
  translation.drop();
  failure.settle();
  replaceText("", t("cleared"));
  result.set("", pair.target);
  editor.focus();
}

/** The translation becomes the text where it is one of the text; else the languages alone change. */
function swap() {
  if (translation.isRunning) translation.stop();
  const { text, source } = read();
  const translated = result.text;
  const isPair = result.state === "fresh" && translated !== "";
  pair.swap();
  if (isPair) {
    editor.text = translated;
    // Of a text whose language nobody named, nobody knows that this is its translation.
    result.set(source === AUTO ? "" : text, pair.target);
    translation.adopt();
  }
  changed();
}

function openEntry({ source, target, text, translation: translated }) {
  translation.drop();
  failure.settle();
  file.close();
  pair.set(source, target);
  editor.text = text;
  result.set(translated, target);
  translation.adopt();
  changed();
}

/** What the link to this page asks for. */
function takeLink() {
  const { source, target, text, unknown } = openLink();
  pair.set(source, target);
  if (text) {
    translation.drop();
    failure.settle();
    file.close();
    result.set("", pair.target);
    replaceText(text, t("replaced"));
  }
  changed();
  for (const { detail, picker } of unknown) {
    const way = { key: "retry.language", act: () => byId(picker).focus() };
    failure.show({ kind: "unknown-language", detail, way, isPassing: true });
  }
}

async function reword() {
  const { language, theme } = preferences.get();
  const code = chooseLanguage(language);
  showTheme(theme);
  if (code !== locale() && !(await speak(code))) {
    show(t("outdated"), { label: t("reload"), act: () => reload(read()) });
  }
  const root = document.documentElement;
  root.lang = locale();
  root.dir = directionOf(locale());
  apply();
  document.title = t("title");
  delete root.dataset.wording;
  settingsDialog.reword();
  for (const part of [pair, result, failure, translation]) part.reword();
  counter.update();
  offerTools();
}

function showNetwork() {
  byId("offline").hidden = navigator.onLine;
  learnLimits();
  if (!navigator.onLine) announce(t("offline"));
}

async function learnLimits() {
  try {
    const before = settings;
    settings = await service();
    if (settings !== before) counter.update();
  } catch {
    // Said when a translation is asked for; until then it hinders nobody.
  }
}

const settingsDialog = offerSettings({ onChange: reword });
offerHistory(openEntry);
offerGlossary(() => pair);
offerSharing(read);
offerPasting(editor);

byId("translate").addEventListener("click", translate);
byId("stop").addEventListener("click", (event) => {
  // The second half of a double click on Translate.
  if (event.detail < 2) translation.stop();
});
byId("continue").addEventListener("click", () => translation.resume());
byId("swap").addEventListener("click", swap);
byId("clear").addEventListener("click", clear);
byId("copy").addEventListener("click", () => copyBy(byId("copy"), result.text));
byId("download").addEventListener("click", () => file.download(result.text, pair.target));
document.addEventListener("keydown", (event) => {
  const isAsked = event.key === "Enter" && (event.ctrlKey || event.metaKey) && !event.isComposing;
  // A key that is held down asks once.
  if (!isAsked || event.repeat || document.querySelector("dialog[open]")) return;
  event.preventDefault();
  translate();
});
window.addEventListener("online", showNetwork);
window.addEventListener("offline", showNetwork);
window.addEventListener("hashchange", takeLink);

takeLink();
showNetwork();
reword();
byId("unstarted").remove();
