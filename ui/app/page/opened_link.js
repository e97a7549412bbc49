/** What the address that the page was opened with asks for, and how a reload keeps what is written. */

import { readLink } from "../kept/link.js";

/** Characters shown of what a link says is a language. */
const MOST_OF_A_CODE = 40;

/** Signs that are not seen but turn round what is: a link comes from anybody. */
const UNSEEN = /\p{C}/gu;

/** The fields of a link that name languages, and where the reader chooses one instead. */
const PICKERS = { from: "source-language", to: "target-language" };

const seen = (code) => code.replace(UNSEEN, "").slice(0, MOST_OF_A_CODE);

/**
 * What is asked for, once: a text in the address, or beside it, would stay in the browser's history.
 * @returns {{source: string | null, target: string | null, text: string | null,
 *   unknown: {detail: string, picker: string}[]}} `unknown` are languages that nobody knows.
 */
export function openLink() {
  const asked = new URLSearchParams(location.hash.slice(1));
  const { source, target, text } = window.history.state ?? readLink(location.hash);
  window.history.replaceState(null, "", location.pathname);
  const known = { from: source, to: target };
  const unknown = Object.entries(PICKERS)
    .filter(([field]) => asked.get(field) && !known[field])
    .map(([field, picker]) => ({ detail: seen(asked.get(field)), picker }));
  return { source, target, text, unknown };
}

/**
 * Loads the newest version of the page.
 * @param {{text: string, source: string, target: string}} written what it then shows again
 */
export function reload(written) {
  window.history.replaceState(written, "");
  location.reload();
}
