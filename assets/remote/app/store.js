// What this tablet keeps by itself: its key, and what waits to be sent. Nothing of the city.

const DATABASE = "kiosk-tablet";
const STORE = "identity";

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

export async function load(name) {
  return (await inStore("readonly", (store) => store.get(name))) ?? null;
}

export function save(name, value) {
  return inStore("readwrite", (store) => store.put(value, name));
}

export function forgetAll() {
  return inStore("readwrite", (store) => store.clear());
}
