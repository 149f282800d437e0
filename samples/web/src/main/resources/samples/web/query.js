// SPDX-License-Identifier: Apache-2.0

const BROKEN_OFF = 'The answer broke off. Try again.';

/** The application answered something else than rows on their way, or nothing, or not to the end. */
export class Refused extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

/** Asks; gives each step as its line arrives, up to rows or a failure. Sends who asks, nothing else that could matter. */
export async function* ask(accessToken) {
  const reply = await fetch('/api/query', {
    method: 'POST',
    headers: { Authorization: `Bearer ${accessToken}`, 'Content-Type': 'application/json' },
    body: '{}',
    credentials: 'omit',
    redirect: 'error',
    cache: 'no-store',
  }).catch(() => {
    throw new Refused(0, 'The application cannot be reached. Try again.');
  });
  if (!reply.ok) {
    const said = await reply.json().catch(() => null);
    throw new Refused(reply.status, said?.message ?? 'The application did not answer as it should.');
  }
  let ended = false;
  for await (const text of linesOf(reply)) {
    const line = parsed(text);
    ended = !line.ok || line.step === 'rows';
    yield line;
  }
  if (!ended) throw new Refused(reply.status, BROKEN_OFF);
}

/** The lines that came whole. */
async function* linesOf(reply) {
  let rest = '';
  const reader = reply.body.pipeThrough(new TextDecoderStream()).getReader();
  for (;;) {
    const { done, value } = await reader.read().catch(() => {
      throw new Refused(reply.status, BROKEN_OFF);
    });
    if (done) break;
    const lines = (rest + value).split('\n');
    rest = lines.pop();
    yield* lines;
  }
  if (rest) throw new Refused(reply.status, BROKEN_OFF);
}

function parsed(text) {
  try {
    const line = JSON.parse(text);
    if (line?.step) return line;
  } catch {
    // Told below.
  }
  throw new Refused(200, BROKEN_OFF);
}
