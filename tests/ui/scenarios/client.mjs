/** One request of the page to an API that behaves well or badly. */

import { secondsToWait, translate } from "../../../ui/app/translation/client.js";
import { BODY, Event, against, answer, begin, collected, left, told } from "./api.mjs";

const run = (apiUrl, more = {}) => collected(translate({ apiUrl, body: BODY, ...more }));

/** A translation in three pieces, and what the API was sent. */
export async function complete() {
  let sent;
  const handle = (call, response) => {
    sent = call;
    answer(response, ["Guten ", "", "Tag"]);
  };
  const came = await against(handle, (apiUrl) => run(apiUrl));
  return { ...came, sent: { ...sent, body: JSON.parse(sent.body) } };
}

/** @param {{status: number, headers: object, text: string}} reply what the API answers */
export const answered = ({ status, headers, text }) =>
  against(
    (_, response) => response.writeHead(status, headers).end(text),
    async (apiUrl) => (await run(apiUrl)).failure,
  );

/** An error's answer that never ends, and how many megabytes of it were sent. */
export async function endlessError() {
  let sent = 0;
  const handle = (_, response) => {
    response.writeHead(500);
    const more = () => {
      while (!response.destroyed && response.write("x".repeat(1024)));
      sent = response.socket?.bytesWritten ?? sent;
    };
    response.on("drain", more);
    more();
  };
  const { failure } = await against(handle, (apiUrl) => run(apiUrl));
  return { failure, megabytes: Math.floor(sent / 1024 / 1024) };
}

/** @param {{lines: string}} bytes what the API sends after its 200, before it closes */
export const streamed = ({ lines }) =>
  against((_, response) => response.end(lines), (apiUrl) => run(apiUrl));

/** The connection is cut in the middle of a line. */
export const cut = () =>
  against(
    (_, response) => {
      begin(response, ["Guten "]);
      response.write('{"respo', () => response.socket.destroy());
    },
    (apiUrl) => run(apiUrl),
  );

/** A byte at a time, with pauses longer than the page's patience with silence. */
export const dribble = () =>
  against(
    async ({ path }, response) => {
      if (path === "/api/version") return response.end("{}");
      const line = Buffer.from('{"response":"ü","done":true}\n');
      response.writeHead(200);
      for (const byte of line) {
        response.write(Buffer.of(byte));
        await new Promise((resolve) => setTimeout(resolve, 2));
      }
      return response.end();
    },
    (apiUrl) => run(apiUrl, { silence: 1 }),
  );

/** @param {{when: "before" | "within"}} stop the abort comes before the answer, or within it */
export async function aborted({ when }) {
  const arrived = new Event();
  const closed = new Event();
  const handle = (_, response) => {
    left(response).then(closed.now);
    if (when === "within") begin(response, ["Guten ", "Tag"]);
    arrived.now();
  };
  return against(handle, async (apiUrl) => {
    const stop = new AbortController();
    if (when === "before") arrived.happened.then(() => stop.abort());
    const pieces = [];
    let failure = null;
    try {
      for await (const piece of translate({ apiUrl, body: BODY, signal: stop.signal })) {
        pieces.push(piece);
        stop.abort();
      }
    } catch (error) {
      failure = told(error);
    }
    return { pieces, failure, serverSawIt: await closed.seen() };
  });
}

/** The loop over the pieces is left after the first. */
export async function abandoned() {
  const closed = new Event();
  const handle = (_, response) => {
    left(response).then(closed.now);
    begin(response, ["Guten ", "Tag"]);
  };
  return against(handle, async (apiUrl) => {
    for await (const piece of translate({ apiUrl, body: BODY })) {
      if (piece) break;
    }
    return { serverSawIt: await closed.seen() };
  });
}

/** A signal that is aborted already. */
export async function abortedBefore() {
  let calls = 0;
  const count = (_, response) => {
    calls += 1;
    response.end();
  };
  const came = await against(count, (apiUrl) => run(apiUrl, { signal: AbortSignal.abort() }));
  return { ...came, calls };
}

/** The model says nothing until the API was asked twice whether it is still there. */
export async function slowToBegin() {
  let asked = 0;
  const twice = new Event();
  const handle = ({ path }, response) => {
    if (path !== "/api/version") {
      twice.happened.then(() => answer(response, ["Tag"]));
      return;
    }
    asked += 1;
    if (asked === 2) twice.now();
    response.end("{}");
  };
  return against(handle, (apiUrl) => run(apiUrl, { silence: 5 }));
}

/** How often the API is asked whether it is there once a translation has come to its end. */
export async function quietAfterwards() {
  let asked = 0;
  const handle = ({ path }, response) => {
    if (path === "/api/version") asked += 1;
    answer(response, ["Tag"]);
  };
  const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
  return against(handle, async (apiUrl) => {
    await run(apiUrl, { silence: 20 });
    // One question may have been on its way.
    await wait(40);
    const before = asked;
    await wait(120);
    return asked - before;
  });
}

/** @param {{pieces: string[]}} before pieces that came before packets were dropped */
export async function silenced({ pieces }) {
  const closed = new Event();
  const handle = ({ path }, response) => {
    if (path === "/api/version") return;
    left(response).then(closed.now);
    if (pieces.length > 0) begin(response, pieces);
  };
  return against(handle, async (apiUrl) => {
    const came = await run(apiUrl, { silence: 100, patience: 50 });
    return { ...came, serverSawIt: await closed.seen() };
  });
}

/** Nobody listens at the API's address. */
export async function nobody() {
  const gone = await against(() => {}, async (apiUrl) => apiUrl);
  return (await run(gone)).failure;
}

/** The API sends the text on to somebody else. */
export async function redirected() {
  let seen = 0;
  const other = (_, response) => {
    seen += 1;
    answer(response, ["stolen"]);
  };
  return against(other, (elsewhere) =>
    against(
      ({ path }, response) =>
        path === "/api/version"
          ? response.end("{}")
          : response.writeHead(307, { Location: `${elsewhere}/api/generate` }).end(),
      async (apiUrl) => ({ ...(await run(apiUrl)), seen }),
    ),
  );
}

/** @param {{headers: (string | null)[], now: number}} written values of Retry-After */
export const waits = ({ headers, now }) => headers.map((header) => secondsToWait(header, now));
