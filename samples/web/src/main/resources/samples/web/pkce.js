// SPDX-License-Identifier: Apache-2.0
// What RFC 7636 and OpenID Connect need of cryptography: the browser has it all.

const encode = (bytes) =>
  btoa(String.fromCharCode(...bytes)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');

/** 256 random bits in base64url: 43 characters, what a verifier must have at least. */
export const random = () => encode(crypto.getRandomValues(new Uint8Array(32)));

/** The S256 challenge of a verifier. */
export async function challenge(verifier) {
  const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier));
  return encode(new Uint8Array(hash));
}

/** The claims of a JWT, unverified. */
export function claims(jwt) {
  const part = jwt.split('.')[1].replaceAll('-', '+').replaceAll('_', '/');
  const bytes = Uint8Array.from(atob(part), (character) => character.charCodeAt(0));
  return JSON.parse(new TextDecoder().decode(bytes));
}
