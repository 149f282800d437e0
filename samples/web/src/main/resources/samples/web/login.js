// SPDX-License-Identifier: Apache-2.0
// Authorization code with PKCE (RFC 6749, RFC 7636, OpenID Connect Core). Tokens are returned to the caller and kept nowhere
// here. What must outlive the redirect is in sessionStorage, and taken out of it before anything else happens.

import { challenge, claims, random } from './pkce.js';

const STORED = 'sign-in';
const CLOCK_SKEW_SECONDS = 30;
const ENDPOINTS = ['authorization_endpoint', 'token_endpoint'];
const NOT_UNDERSTOOD = 'The identity provider’s answer cannot be understood. Please try again later.';

/** Something went wrong; the message is for the person. */
export class LoginError extends Error {}

export class Login {
  #config;
  #provider;

  constructor(config) {
    this.#config = config;
  }

  /** Sends the browser to the identity provider. With `fresh` it asks who is there, whoever was there before. */
  async begin({ hint, fresh = false } = {}) {
    const provider = await this.#discover();
    const attempt = { state: random(), verifier: random(), nonce: random() };
    const parameters = new URLSearchParams({
      ...this.#config.parameters,
      response_type: 'code',
      client_id: this.#config.clientId,
      redirect_uri: this.#redirectUri(),
      state: attempt.state,
      nonce: attempt.nonce,
      code_challenge: await challenge(attempt.verifier),
      code_challenge_method: 'S256',
    });
    if (fresh) parameters.set('prompt', 'login');
    if (hint) parameters.set('login_hint', hint);
    sessionStorage.setItem(STORED, JSON.stringify(attempt));
    location.assign(withQuery(provider.authorization_endpoint, parameters));
  }

  /** What the browser came back with: a session, that the person signed out, that they want to switch; else nothing. */
  async complete() {
    const stored = take();
    const query = new URLSearchParams(location.search);
    const returned = location.pathname === this.#config.redirectPath;
    if (returned || query.has('state')) history.replaceState(null, '', '/');
    if (!returned) {
      return stored?.leaving && query.get('state') === stored.state ? { left: true, next: stored.next } : {};
    }
    if (!stored?.verifier || query.get('state') !== stored.state) {
      throw new LoginError('This sign-in did not begin in this tab. Please sign in again.');
    }
    // RFC 9207: an answer of another provider must not be taken for one of this; a provider that says that it names itself
    // has to.
    const named = (await this.#discover()).authorization_response_iss_parameter_supported === true;
    if ((named || query.has('iss')) && query.get('iss') !== this.#config.issuer) {
      throw new LoginError('This answer is of another identity provider. Please sign in again.');
    }
    if (!query.get('code')) throw new LoginError(refused(query.get('error')));
    return { session: await this.#redeem(query.get('code'), stored) };
  }

  /** Signs out at the identity provider too, so that the next person is asked who they are. */
  async leave(session, next) {
    const provider = await this.#discover();
    if (!provider.end_session_endpoint) return false;
    const state = random();
    sessionStorage.setItem(STORED, JSON.stringify({ state, leaving: true, next }));
    // By POST: a token has no business in an address.
    const form = document.createElement('form');
    form.method = 'post';
    form.action = provider.end_session_endpoint;
    form.hidden = true;
    const fields = {
      id_token_hint: session.idToken,
      client_id: this.#config.clientId,
      post_logout_redirect_uri: `${location.origin}/`,
      state,
    };
    for (const [name, value] of Object.entries(fields)) {
      const input = document.createElement('input');
      Object.assign(input, { type: 'hidden', name, value });
      form.append(input);
    }
    document.body.append(form);
    form.submit();
    return true;
  }

  async #redeem(code, attempt) {
    const provider = await this.#discover();
    const reply = await request(provider.token_endpoint, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'authorization_code',
        code,
        redirect_uri: this.#redirectUri(),
        client_id: this.#config.clientId,
        code_verifier: attempt.verifier,
      }),
    });
    if (!reply.access_token || !reply.id_token || String(reply.token_type).toLowerCase() !== 'bearer') {
      throw new LoginError('The identity provider gave no token for this application.');
    }
    const person = this.#check(reply.id_token, attempt.nonce);
    return {
      accessToken: reply.access_token,
      idToken: reply.id_token,
      name: person.name ?? person.preferred_username ?? person.email ?? person.sub,
      endsAt: reply.expires_in ? Date.now() + reply.expires_in * 1000 : Infinity,
    };
  }

  /** OpenID Connect Core 3.1.3.7; not the signature, since it came from the token endpoint itself (item 6). */
  #check(idToken, nonce) {
    const person = read(idToken);
    const audiences = [person.aud].flat();
    const ours = audiences.includes(this.#config.clientId)
      && (audiences.length === 1 || person.azp === this.#config.clientId)
      && (person.azp === undefined || person.azp === this.#config.clientId);
    const inTime = person.exp > Date.now() / 1000 - CLOCK_SKEW_SECONDS;
    if (person.iss !== this.#config.issuer || !ours || !inTime || person.nonce !== nonce) {
      throw new LoginError('The identity provider’s answer is not for this sign-in. Please sign in again.');
    }
    return person;
  }

  async #discover() {
    if (!this.#provider) {
      const base = this.#config.issuer.replace(/\/$/, '');
      const found = await request(`${base}/.well-known/openid-configuration`);
      if (found.issuer !== this.#config.issuer) {
        throw new LoginError('The identity provider calls itself something else than this application was told.');
      }
      ENDPOINTS.forEach((name) => requireUrl(found[name]));
      if (found.end_session_endpoint) requireUrl(found.end_session_endpoint);
      this.#provider = found;
    }
    return this.#provider;
  }

  #redirectUri() {
    return location.origin + this.#config.redirectPath;
  }
}

function take() {
  const stored = sessionStorage.getItem(STORED);
  sessionStorage.removeItem(STORED);
  return stored ? JSON.parse(stored) : null;
}

async function request(url, options = {}) {
  let reply;
  try {
    reply = await fetch(url, { credentials: 'omit', redirect: 'error', cache: 'no-store', ...options });
  } catch {
    throw new LoginError('The identity provider cannot be reached. Please try again later.');
  }
  if (!reply.ok) throw new LoginError('The identity provider did not complete the sign-in. Please sign in again.');
  const answer = await reply.json().catch(() => null);
  if (answer === null || typeof answer !== 'object') throw new LoginError(NOT_UNDERSTOOD);
  return answer;
}

function requireUrl(address) {
  try {
    if (/^https?:$/.test(new URL(address).protocol)) return;
  } catch {
    // Told below.
  }
  throw new LoginError(NOT_UNDERSTOOD);
}

/** The claims of an ID token: it may be no JWT, and what is in it no object. */
function read(idToken) {
  try {
    const person = claims(idToken);
    if (person !== null && typeof person === 'object') return person;
  } catch {
    // Told below.
  }
  throw new LoginError(NOT_UNDERSTOOD);
}

function withQuery(address, parameters) {
  const url = new URL(address);
  parameters.forEach((value, name) => url.searchParams.set(name, value));
  return url.href;
}

/** The provider's word for it, if it is one. */
function refused(error) {
  const word = /^[a-z_]{1,40}$/.test(error ?? '') ? ` (${error})` : '';
  return `The identity provider did not sign you in${word}. Please try again.`;
}
