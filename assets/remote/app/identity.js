// This tablet's key: made here, kept by the browser, never readable, only usable to sign.

import { forgetAll, load, save } from "./store.js";

const KEY = { name: "ECDSA", namedCurve: "P-256" };
const SIGNING = { name: "ECDSA", hash: "SHA-256" };
const encoder = new TextEncoder();

function base64url(bytes) {
  const text = btoa(String.fromCharCode(...new Uint8Array(bytes)));
  return text.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

// The saved identity {key, device, name}, or null before pairing.
export function loadIdentity() {
  return load("me");
}

export function saveIdentity(identity) {
  return save("me", identity);
}

export function forgetIdentity() {
  return forgetAll();
}

export async function makeKey() {
  return crypto.subtle.generateKey(KEY, false, ["sign", "verify"]);
}

export async function publicKey(key) {
  const { crv, kty, x, y } = await crypto.subtle.exportKey("jwk", key.publicKey);
  return { crv, kty, x, y };
}

async function sign(key, statement) {
  return base64url(await crypto.subtle.sign(SIGNING, key.privateKey, encoder.encode(statement)));
}

export function signConnect(key, nonce, device) {
  return sign(key, `city-kiosk connect 1\n${nonce}\n${location.origin}\n${device}`);
}

export function signPair(key, nonce, code) {
  return sign(key, `city-kiosk pair 1\n${nonce}\n${location.origin}\n${code}`);
}

// Six digits worked out here and, separately, by the wall: from the QR's code, this connection's
// nonce and this tablet's key. They agree only when nobody stands in between.
export async function checkCode(code, nonce, jwk) {
  const canonical = `{"crv":"${jwk.crv}","kty":"${jwk.kty}","x":"${jwk.x}","y":"${jwk.y}"}`;
  const thumbprint = new Uint8Array(await crypto.subtle.digest("SHA-256", encoder.encode(canonical)));
  const secret = await crypto.subtle.digest("SHA-256", encoder.encode(code));
  const hmac = { name: "HMAC", hash: "SHA-256" };
  const key = await crypto.subtle.importKey("raw", secret, hmac, false, ["sign"]);
  const start = encoder.encode(nonce);
  const statement = new Uint8Array(start.length + thumbprint.length);
  statement.set(start);
  statement.set(thumbprint, start.length);
  const digest = new DataView(await crypto.subtle.sign("HMAC", key, statement));
  return (digest.getBigUint64(0) % 1000000n).toString().padStart(6, "0");
}
