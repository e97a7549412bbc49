/** Says to all what happened: to a screen reader politely, to the eye where there is something to do. */

import { byId } from "./elements.js";

/** Milliseconds for which a message with something to do stays. */
const STAYS = 8000;

let hiding;

/** An open dialog makes all outside it inert: who speaks then must stand in it. */
function bringForward(speaker) {
  const place = document.querySelector("dialog[open]") ?? document.querySelector("main");
  if (speaker.parentElement !== place) place.append(speaker);
}

/** @param {string} words for a screen reader, after what it is saying now */
export function announce(words) {
  bringForward(byId("status"));
  // The same words again are news only if the place was empty.
  byId("status").textContent = "";
  requestAnimationFrame(() => (byId("status").textContent = words));
}

/**
 * A message that anyone sees, for a while.
 * @param {string} words
 * @param {{label: string, act: () => void}} [action]
 */
export function show(words, action) {
  const [toast, button] = [byId("toast"), byId("toast-action")];
  bringForward(toast);
  announce(words);
  byId("toast-words").textContent = words;
  button.hidden = !action;
  button.textContent = action?.label ?? "";
  button.onclick = () => {
    hide();
    action.act();
  };
  toast.hidden = false;
  clearTimeout(hiding);
  hiding = setTimeout(hideUnlessUsed, STAYS);
}

/** Nothing vanishes under a finger or a focus. */
function hideUnlessUsed() {
  if (byId("toast").matches(":hover, :focus-within")) hiding = setTimeout(hideUnlessUsed, STAYS);
  else hide();
}

export function hide() {
  clearTimeout(hiding);
  byId("toast").hidden = true;
}
