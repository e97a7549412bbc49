/** Whole translations, by an API whose model gives each text back as a scenario says. */

import { Job, plan } from "../../../ui/app/translation/job.js";
import { Event, against, begin, left, told } from "./api.mjs";

const SETTINGS = { model: "m", contextLength: 512 };
const WANTED = { source: "en", target: "de" };

const line = (response, rest = { done: false }) => `${JSON.stringify({ response, ...rest })}\n`;
const textIn = (body) => JSON.parse(body).prompt.split(":\n\n\n").slice(1).join(":\n\n\n");

/** A translation in pieces of `size` UTF-16 units. */
function write(response, text, size) {
  response.writeHead(200);
  for (let i = 0; i < text.length; i += size) response.write(line(text.slice(i, i + size)));
  response.end(line("", { done: true, done_reason: "stop" }));
}

/** What the model makes of a text. */
const EDITS = {
  same: (text) => text,
  upper: (text) => text.toUpperCase(),
  spaced: (text) => `\n\n  ${text} \n`,
  empty: () => " \n",
};

/**
 * @param {{text: string, edit: keyof EDITS, size?: number, source?: string, target?: string}} wanted
 * @returns what came of it, and whether what was shown before was the beginning of it
 */
export async function translated({ text, edit, size = 7, ...languages }) {
  const sent = [];
  const steps = [];
  const shown = [];
  let [running, most] = [0, 0];
  const handle = ({ body }, response) => {
    running += 1;
    most = Math.max(most, running);
    response.on("finish", () => (running -= 1));
    sent.push(textIn(body));
    write(response, EDITS[edit](textIn(body)), size);
  };
  return against(handle, async (apiUrl) => {
    const job = new Job({
      ...WANTED,
      ...languages,
      text,
      settings: { ...SETTINGS, apiUrl },
      onText: (all) => shown.push(all),
      onProgress: (step) => steps.push(step),
    });
    const failure = await job.start().then(() => null, told);
    const { text: result, parts, isComplete } = job;
    const growing = shown.every((all) => result.startsWith(all.trimEnd()));
    return { result, parts, isComplete, failure, sent, steps, most, growing, last: shown.at(-1) };
  });
}

/** The number of a text's parts, as the page tells it before it translates. */
export const planned = ({ text }) => plan({ ...WANTED, text, settings: SETTINGS }).length;

/**
 * The second of several parts fails in its middle; the job is then taken up again.
 * @param {{text: string, by: "error" | "cut" | "stop"}} fault
 */
export async function takenUpAgain({ text, by }) {
  const sent = [];
  const closed = new Event();
  const handle = ({ path, body }, response) => {
    if (path === "/api/version") return response.end("{}");
    sent.push(textIn(body));
    if (sent.length !== 2) return write(response, EDITS.upper(textIn(body)), 50);
    left(response).then(closed.now);
    begin(response, ["PARTIAL"]);
    if (by === "error") response.end('{"error":"out of memory"}\n');
    if (by === "cut") response.write('{"re', () => response.socket.destroy());
    return undefined;
  };
  return against(handle, async (apiUrl) => {
    const stop = new AbortController();
    const settings = { ...SETTINGS, apiUrl };
    const steps = [];
    const onText = (all) => {
      if (all.endsWith("PARTIAL") && by === "stop") stop.abort();
    };
    const job = new Job({ ...WANTED, text, settings, onText, onProgress: (step) => steps.push(step.part) });
    const failure = await job.start(stop.signal).then(() => null, told);
    const kept = job.text;
    const wasComplete = job.isComplete;
    const serverSawIt = await closed.seen();
    const before = sent.length;
    // Nothing goes on by itself.
    await new Promise((resolve) => setTimeout(resolve, 50));
    const silently = sent.length - before;
    await job.resume();
    const { text: result, isComplete, parts } = job;
    return { failure, kept, wasComplete, serverSawIt, silently, result, isComplete, parts, sent, steps };
  });
}

/** Started twice: the second time anew. */
export async function startedTwice({ text }) {
  let calls = 0;
  const handle = ({ body }, response) => {
    calls += 1;
    write(response, `${calls}:${textIn(body)}`, 50);
  };
  return against(handle, async (apiUrl) => {
    const job = new Job({ ...WANTED, text, settings: { ...SETTINGS, apiUrl } });
    await job.start();
    const first = job.text;
    await job.start();
    return [first, job.text];
  });
}

/** A part breaks off, and then its first try anew does before a word: what there is after each. */
export async function failedTwice() {
  let calls = 0;
  const handle = (_, response) => {
    calls += 1;
    if (calls === 1) begin(response, ["PARTIAL"]);
    response.end('{"error":"out of memory"}\n');
  };
  return against(handle, async (apiUrl) => {
    const job = new Job({ ...WANTED, text: "partial", settings: { ...SETTINGS, apiUrl } });
    const kept = [];
    for (const step of ["start", "resume", "start"]) {
      await job[step]().catch(() => {});
      kept.push(job.text);
    }
    return kept;
  });
}
