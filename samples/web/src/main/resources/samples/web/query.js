// SPDX-License-Identifier: Apache-2.0

/** The application answered something else than rows on their way. */
export class Refused extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

/** Asks; calls `told` with each step as its line arrives. Sends who asks, and nothing else that could matter. */
export async function ask(accessToken, told) {
  const reply = await fetch('/api/query', {
    method: 'POST',
    headers: { Authorization: `Bearer ${accessToken}`, 'Content-Type': 'application/json' },
    body: '{}',
    credentials: 'omit',
    redirect: 'error',
    cache: 'no-store',
  });
  if (!reply.ok) {
    const said = await reply.json().catch(() => ({}));
    throw new Refused(reply.status, said.message ?? 'The application did not answer as it should.');
  }
  let rest = '';
  const reader = reply.body.pipeThrough(new TextDecoderStream()).getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    const lines = (rest + value).split('\n');
    rest = lines.pop();
    lines.forEach((line) => told(JSON.parse(line)));
  }
}
