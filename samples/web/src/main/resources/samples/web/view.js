// SPDX-License-Identifier: Apache-2.0
// What is on the page. Text is only ever set as text, never as markup.

export const find = (testid) => document.querySelector(`[data-testid="${testid}"]`);

/** An element with its children; `testid` and `data` become attributes. */
export function element(name, { testid, data, ...properties } = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  if (testid) made.dataset.testid = testid;
  Object.assign(made.dataset, data);
  made.append(...children.filter((child) => child !== ''));
  return made;
}

/** Says something important, or nothing. */
export function notice(text, tone = 'info') {
  const place = find('notice');
  place.hidden = !text;
  place.dataset.tone = tone;
  place.textContent = text ?? '';
}

export function announce(text) {
  find('announcer').textContent = text;
}

/** Shows what somebody sees who is signed in, or who is not. */
export function show(session) {
  document.getElementById('welcome').hidden = Boolean(session);
  document.getElementById('desk').hidden = !session;
  document.getElementById('session').hidden = !session;
  find('who').textContent = session?.name ?? '';
}

/** Takes the last answer off the page: the next person must not see it. */
export function clear() {
  document.getElementById('sheet').hidden = true;
  document.getElementById('why').hidden = true;
  document.getElementById('sheet').replaceChildren();
  document.getElementById('count').textContent = '';
  document.getElementById('total').textContent = '';
  find('denied').hidden = true;
  unanswered('Nobody has asked yet.');
}

/** Why there is no answer, where it would be. */
export function unanswered(text) {
  document.getElementById('empty').textContent = text;
  document.getElementById('empty').hidden = false;
}

export function showDenied(message) {
  document.getElementById('empty').hidden = true;
  find('denied').querySelector('.denied-message').textContent = message;
  find('denied').hidden = false;
}

/** The answer: a table where it is one, else text. */
export function showAnswer(found) {
  const sheet = document.getElementById('sheet');
  document.getElementById('empty').hidden = true;
  document.getElementById('count').textContent = found.rows ? count(found.rows.length) : '';
  sheet.replaceChildren(found.rows ? table(found) : element('pre', { testid: 'text' }, found.text));
  sheet.hidden = false;
  document.getElementById('why').hidden = false;
}

/** The values as they came, to the last digit; a column of amounts is only set to the right. */
function table({ columns, rows }) {
  const isAmount = (value) => value === null || /^-?\d+\.\d+$/.test(text(value));
  const look = columns.map((_, at) => (rows.every((row) => isAmount(row[at] ?? null)) ? 'number' : ''));
  const cells = (row) => row.map((value, at) => element('td', { className: look[at] ?? '' }, text(value)));
  return element('table', { testid: 'rows' },
    element('caption', { className: 'unseen' }, 'The rows you may see'),
    element('thead', {}, element('tr', {}, ...columns.map((name, at) =>
      element('th', { scope: 'col', className: look[at] }, text(name))))),
    element('tbody', {}, ...rows.map((row) => element('tr', {}, ...cells(row)))));
}

function text(value) {
  if (value === null || value === undefined) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

const count = (number) => (number === 1 ? '1 row' : `${number} rows`);

/** The people of a stand-in, as buttons that begin a sign-in as them. */
export function showPeople(standIn, chosen) {
  if (!standIn) return;
  find('password').textContent = standIn.password;
  document.querySelector('.people').replaceChildren(...standIn.people.map((person) => {
    const button = element('button', { type: 'button', testid: `person-${person.name.toLowerCase()}` },
      element('strong', {}, person.name),
      element('span', {}, person.username),
      element('span', { className: 'role' }, person.role));
    button.addEventListener('click', () => chosen(person.username));
    return element('li', {}, button);
  }));
  document.getElementById('people').hidden = false;
}
