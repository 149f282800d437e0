// SPDX-License-Identifier: Apache-2.0
// The page's own logic: who is signed in, what they ask, and what is shown of it.

import { Login, LoginError } from './login.js';
import { Path } from './path.js';
import { Places } from './places.js';
import { ask, Refused } from './query.js';
import { announce, clear, find, notice, show, showAnswer, showDenied, showPeople, unanswered } from './view.js';

const ENDED = 'Your session has ended. Sign in again.';
const LONGEST_TIMER_MS = 2 ** 31 - 1;

const path = new Path(find('path'), announce);
const places = new Places(document.getElementById('places'));

// The token lives here, in this module of this tab, and nowhere else.
let session = null;
let timer;
let login;

function enter(person) {
  session = person;
  show(session);
  clear();
  path.reset();
  places.reset();
  clearTimeout(timer);
  if (session && session.endsAt < Infinity) {
    timer = setTimeout(end, Math.min(session.endsAt - Date.now(), LONGEST_TIMER_MS));
  }
}

function end() {
  enter(null);
  notice(ENDED, 'warn');
  find('sign-in').focus();
}

async function run() {
  const asked = session;
  const button = find('run');
  button.setAttribute('aria-disabled', 'true');
  notice();
  clear();
  unanswered('Asking …');
  places.reset();
  path.begin();
  try {
    for await (const line of ask(asked.accessToken)) {
      if (session !== asked) break;
      path.tell(line);
      places.tell(line);
      if (line.ok && line.step === 'rows') answered(line.detail);
      if (!line.ok) broken(line.message);
    }
  } catch (problem) {
    if (session === asked) failed(problem);
  } finally {
    path.stop();
    button.removeAttribute('aria-disabled');
    if (session === asked) document.getElementById('total').textContent = path.total();
  }
}

function answered(found) {
  showAnswer(found);
  announce(`The answer is there: ${found.rows ? `${found.rows.length} rows` : 'text'}.`);
}

function failed(problem) {
  if (problem instanceof Refused && problem.status === 401) {
    end();
  } else if (problem instanceof Refused && problem.status === 403) {
    path.done('caller', undefined, []);
    path.failed('role', problem.message);
    places.denied();
    showDenied(problem.message);
  } else {
    const message = problem instanceof Refused ? problem.message : 'This page cannot show the answer.';
    path.breakOff(message);
    broken(message);
  }
}

function broken(message) {
  clear();
  notice(message, 'bad');
  unanswered('No answer this time.');
}

async function guarded(action) {
  notice();
  try {
    await action();
  } catch (problem) {
    // Another's words may quote what must not be on the page.
    notice(problem instanceof LoginError ? problem.message : 'That did not work. Please try again.', 'bad');
  }
}

async function leave(next) {
  const leaving = session;
  enter(null);
  if (await login.leave(leaving, next)) return;
  if (next) await login.begin({ fresh: true });
  else notice('You are signed out here. The identity provider has no sign-out, and may still know you.', 'warn');
}

function wire(config) {
  document.getElementById('question').textContent = config.question;
  showPeople(config.standIn, (username) => guarded(() => login.begin({ hint: username, fresh: true })));
  find('sign-in').addEventListener('click', () => guarded(() => login.begin()));
  find('switch-user').addEventListener('click', () => guarded(() => leave('sign-in')));
  find('sign-out').addEventListener('click', () => guarded(() => leave()));
  find('run').addEventListener('click', (event) => {
    if (event.currentTarget.getAttribute('aria-disabled') !== 'true') run();
  });
}

async function start() {
  const reply = await fetch('/config.json', { credentials: 'omit' }).catch(() => null);
  const config = reply?.ok ? await reply.json().catch(() => null) : null;
  if (!config) return notice('The application cannot be reached. Reload the page.', 'bad');
  login = new Login(config);
  wire(config);
  await guarded(async () => {
    const back = await login.complete();
    if (back.next === 'sign-in') return login.begin({ fresh: true });
    if (back.left) notice('You are signed out.');
    enter(back.session ?? null);
  });
  if (!session) show(null);
}

start();
