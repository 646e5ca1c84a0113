// This tablet's key: made here, kept by the browser, never readable, only usable to sign.

const DATABASE = "kiosk-tablet";
const STORE = "identity";
const KEY = { name: "ECDSA", namedCurve: "P-256" };
const SIGNING = { name: "ECDSA", hash: "SHA-256" };
const encoder = new TextEncoder();

function base64url(bytes) {
  const text = btoa(String.fromCharCode(...new Uint8Array(bytes)));
  return text.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

function database() {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open(DATABASE, 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore(STORE);
    opening.onsuccess = () => resolve(opening.result);
    opening.onerror = () => reject(opening.error);
  });
}

async function inStore(mode, act) {
  const opened = await database();
  try {
    return await new Promise((resolve, reject) => {
      const transaction = opened.transaction(STORE, mode);
      const request = act(transaction.objectStore(STORE));
      transaction.oncomplete = () => resolve(request.result);
      transaction.onerror = () => reject(transaction.error);
      transaction.onabort = () => reject(transaction.error);
    });
  } finally {
    opened.close();
  }
}

// The saved identity {key, device, name}, or null before pairing.
export async function loadIdentity() {
  return (await inStore("readonly", (store) => store.get("me"))) ?? null;
}

export function saveIdentity(identity) {
  return inStore("readwrite", (store) => store.put(identity, "me"));
}

export function forgetIdentity() {
  return inStore("readwrite", (store) => store.delete("me"));
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
