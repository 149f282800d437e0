// SPDX-License-Identifier: Apache-2.0
// The way of a request as a list: what each step is, and what came of it.

import { element } from './view.js';

const STEPS = [
  {
    name: 'caller',
    title: 'Who asks',
    where: 'backend',
    plan: 'Verifies the access token: issuer, signature, audience, time.',
  },
  {
    name: 'role',
    title: 'Which role',
    where: 'backend',
    plan: 'Reads the role from the verified token, and from nowhere else.',
  },
  {
    name: 'principal',
    title: 'Which service principal',
    where: 'backend',
    plan: 'Looks up the one that belongs to the role.',
  },
  {
    name: 'token',
    title: 'Its Databricks token',
    where: 'identity provider, Databricks',
    plan: 'Exchanges the backend’s own JWT for it, or takes the one it keeps.',
  },
  {
    name: 'groups',
    title: 'Which groups',
    where: 'Databricks',
    plan: 'Asks Databricks whom it takes the token for.',
  },
  {
    name: 'mcp',
    title: 'The tool',
    where: 'MCP server',
    plan: 'Calls the tool with that token.',
  },
  {
    name: 'rows',
    title: 'Which rows',
    where: 'warehouse',
    plan: 'Row filters let through what those groups may see.',
  },
];

const WORDS = { waiting: 'not yet', active: 'under way', done: 'done', failed: 'failed' };

const SAID = {
  caller: (found) => [
    ['Person', found.email ?? found.subject],
    ['Subject', found.subject],
    ['Issuer', found.issuer],
  ],
  role: (found) => [['Claim', found.claim], ['Says', found.idpRole], ['Here called', found.role]],
  principal: (found) => [['Acts as', found.servicePrincipal]],
  token: (found) => [
    ['From', badge(found)],
    ...(found.jwt ? [['JWT', found.jwt === 'new' ? 'fetched just now' : 'kept, still good']] : []),
    ['Fingerprint', found.hash],
    ['Good for', life(found.expiresAt)],
  ],
  groups: (found) => [
    // The token of the step before was refused here.
    ...(found.newHash ? [['Only with another token', found.newHash]] : []),
    ['Known as', found.name],
    ['Member of', found.groups.join(', ') || 'no group'],
  ],
  mcp: (found) => [['Tool', found.tool], ['At', found.server]],
  rows: (found) => [['Found', found.rows ? `${found.rows.length} rows` : 'text']],
};

function badge(found) {
  const kept = found.source === 'cache';
  const text = kept ? 'the cache' : 'an exchange';
  const look = kept ? 'badge kept' : 'badge';
  return element('strong', { className: look, testid: 'source', data: { source: found.source } }, text);
}

function life(expiresAt) {
  const minutes = Math.round((new Date(expiresAt) - Date.now()) / 60_000);
  return minutes < 120 ? `${minutes} minutes` : `${Math.round(minutes / 60)} hours`;
}

export class Path {
  #list;
  #announce;
  #items = new Map();

  constructor(list, announce) {
    this.#list = list;
    this.#announce = announce;
    this.reset();
  }

  reset() {
    this.#items = new Map(STEPS.map((step) => [step.name, item(step)]));
    this.#list.replaceChildren(...this.#items.values());
  }

  begin() {
    this.reset();
    this.#state('caller', 'active');
    this.#announce('Asking.');
  }

  /** A line of the answer. */
  tell(line) {
    if (line.ok) {
      this.done(line.step, line.ms, SAID[line.step]?.(line.detail) ?? []);
    } else {
      this.failed(line.step, line.message, line.ms);
    }
  }

  done(name, ms, facts) {
    const found = this.#items.get(name);
    if (!found) return;
    this.#state(name, 'done', ms);
    found.querySelector('.facts').replaceChildren(...facts.flatMap(([term, fact]) => [
      element('dt', {}, term),
      element('dd', {}, fact),
    ]));
    const names = [...this.#items.keys()];
    const next = names[names.indexOf(name) + 1];
    if (next) this.#state(next, 'active');
    const told = facts.map(([, fact]) => fact.textContent ?? fact).join(', ');
    this.#announce(`${found.querySelector('h3').textContent}: ${told}`);
  }

  failed(name, message, ms) {
    const found = this.#items.get(name);
    if (!found) return;
    this.#state(name, 'failed', ms);
    found.querySelector('.plan').textContent = message;
    this.#announce(`${found.querySelector('h3').textContent}: ${message}`);
  }

  /** Nothing more is told: what was under way has failed. */
  breakOff(message) {
    for (const [name, found] of this.#items) if (found.dataset.state === 'active') this.failed(name, message);
  }

  /** Nothing is under way any more. */
  stop() {
    for (const [name, found] of this.#items) if (found.dataset.state === 'active') this.#state(name, 'waiting');
  }

  /** The time of all steps together, in words; nothing if none was measured. */
  total() {
    const sum = [...this.#items.values()].reduce((all, found) => all + Number(found.dataset.ms || 0), 0);
    return sum > 0 ? `${sum} ms` : '';
  }

  #state(name, state, ms) {
    const found = this.#items.get(name);
    found.dataset.state = state;
    found.querySelector('.state').textContent = WORDS[state];
    if (ms !== undefined) {
      found.dataset.ms = ms;
      found.querySelector('.ms').textContent = ms < 1 ? '<1 ms' : `${ms} ms`;
    }
  }
}

function item(step) {
  return element('li', { testid: `step-${step.name}`, data: { state: 'waiting', ms: '' } },
    element('div', { className: 'head' },
      element('h3', {}, step.title),
      element('span', { className: 'where' }, step.where),
      element('span', { className: 'ms' }, ''),
      element('span', { className: 'state unseen' }, 'not yet')),
    element('p', { className: 'plan' }, step.plan),
    element('dl', { className: 'facts' }));
}
