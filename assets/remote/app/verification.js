// The tablet's owner says yes by fingerprint, face or PIN. The browser asks; the wall checks.

// Whether this browser can do it here: under a name, and with a way to tell its user.
export async function canVerify() {
  const kind = window.PublicKeyCredential;
  if (!kind?.parseRequestOptionsFromJSON || /^[\d.]+$|:/.test(location.hostname)) return false;
  return kind.isUserVerifyingPlatformAuthenticatorAvailable();
}

// The answers to the wall's options as the wall reads them; null when the user did not do it.
export async function enrolled(options) {
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(options);
  const made = await navigator.credentials.create({ publicKey }).catch(() => null);
  return made?.toJSON() ?? null;
}

export async function verified(options) {
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(options);
  const made = await navigator.credentials.get({ publicKey }).catch(() => null);
  return made?.toJSON() ?? null;
}
