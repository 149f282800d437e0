// SPDX-License-Identifier: Apache-2.0
// The five components at a glance, and the last thing each did for this request. The path says the same in full, so this
// picture is hidden from those who hear the page.

import { element } from './view.js';

const PLACES = [
  ['browser', 'Browser'],
  ['idp', 'Identity provider'],
  ['backend', 'Backend'],
  ['databricks', 'Databricks'],
  ['mcp', 'MCP server'],
];

const DID = {
  caller: () => ({ browser: 'sent an access token', idp: 'had signed it', backend: 'verified it' }),
  role: (found) => ({ backend: `found role ${found.role}` }),
  principal: () => ({}),
  token: (found) => (found.source === 'cache'
    ? { backend: 'had the token in its cache' }
    : { ...(found.jwt === 'new' ? { idp: 'gave the backend its JWT' } : {}), databricks: 'exchanged the backend’s JWT' }),
  groups: (found) => ({ databricks: `knows ${found.name}` }),
  mcp: (found) => ({ mcp: `ran the tool ${found.tool}` }),
  rows: (found) => ({ databricks: found.rows ? `let ${found.rows.length} rows through` : 'answered' }),
};

/** Where a step that failed, failed. */
const AT = { principal: 'backend', token: 'databricks', groups: 'databricks', mcp: 'mcp', rows: 'databricks' };

export class Places {
  #places = new Map();

  constructor(list) {
    for (const [name, title] of PLACES) {
      this.#places.set(name, element('li', { data: { state: 'idle' } },
        element('strong', {}, title), element('span', { className: 'did' }, '')));
    }
    list.replaceChildren(...this.#places.values());
  }

  reset() {
    for (const name of this.#places.keys()) this.#mark(name, 'idle', '');
  }

  tell(line) {
    if (!line.ok) {
      if (AT[line.step]) this.#mark(AT[line.step], 'failed', 'did not do its part');
      return;
    }
    for (const [name, did] of Object.entries(DID[line.step]?.(line.detail) ?? {})) this.#mark(name, 'done', did);
  }

  denied() {
    for (const [name, did] of Object.entries(DID.caller())) this.#mark(name, 'done', did);
    this.#mark('backend', 'failed', 'found no role');
  }

  #mark(name, state, did) {
    const place = this.#places.get(name);
    place.dataset.state = state;
    place.querySelector('.did').textContent = did;
  }
}
