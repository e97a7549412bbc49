/**
 * The link to a translation: its languages, and its text where the user asks for that.
 *
 * All of it stands behind the `#`, which no browser sends to a server. A link comes from anybody,
 * so nothing in it is believed.
 */

import { AUTO, LANGUAGES } from "../translation/languages.js";

/** Longer links are cut or refused on their way through mail and chat. */
const LONGEST_LINK = 8000;
/** More than any link of ours, also of one that some program has encoded twice. */
const LONGEST_FRAGMENT = 3 * LONGEST_LINK;
/** All controls but tab and line feed: no keyboard writes them. */
const CONTROLS = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g;

const known = (code) => (LANGUAGES.includes(code) ? code : null);

/**
 * @param {string} page address of the page; its own query and fragment are left out
 * @param {{source: string, target: string, text?: string}} shared
 * @returns {string | null} null where the text is too long for a link
 */
export function shareLink(page, { source, target, text }) {
  const fields = new URLSearchParams({ from: source, to: target });
  if (text !== undefined) fields.set("text", text);
  const link = new URL(page);
  link.search = "";
  link.hash = fields.toString();
  return link.href.length > LONGEST_LINK ? null : link.href;
}

/**
 * @param {string} fragment as `location.hash` gives it, with or without the `#`
 * @returns {{source: string | null, target: string | null, text: string | null}} null for what is
 *   missing, unknown or out of bounds
 */
export function readLink(fragment) {
  const fields = new URLSearchParams(
    fragment.length > LONGEST_FRAGMENT ? "" : fragment.replace(/^#/, ""),
  );
  const source = fields.get("from");
  const text = fields.get("text")?.replace(/\r\n?/g, "\n").replace(CONTROLS, "");
  return {
    source: source === AUTO ? source : known(source),
    target: known(fields.get("to")),
    text: text || null,
  };
}
