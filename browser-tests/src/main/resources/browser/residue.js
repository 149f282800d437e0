// SPDX-License-Identifier: Apache-2.0
// All that a page leaves where another script, another page or a look at the disk could find it: [place, text] pairs.
async () => {
  const found = [];
  const put = (place, value) => found.push([place, String(value)]);
  const entries = (place, storage) => {
    for (let i = 0; i < storage.length; i++) {
      put(place, storage.key(i) + "=" + storage.getItem(storage.key(i)));
    }
  };
  entries("localStorage", localStorage);
  entries("sessionStorage", sessionStorage);
  put("document.cookie", document.cookie);
  put("address", location.href);
  put("history.state", JSON.stringify(history.state));
  put("window.name", window.name);
  put("DOM", document.documentElement.outerHTML);
  for (const field of document.querySelectorAll("input, textarea, select, output")) {
    put("field", field.value);
  }
  for (const name of Object.getOwnPropertyNames(window)) {
    if (typeof window[name] === "string") {
      put("window." + name, window[name]);
    }
  }
  const done = (request) =>
    new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  for (const { name } of await indexedDB.databases()) {
    const database = await done(indexedDB.open(name));
    for (const store of database.objectStoreNames) {
      const all = await done(database.transaction(store).objectStore(store).getAll());
      const keys = await done(database.transaction(store).objectStore(store).getAllKeys());
      put("indexedDB", JSON.stringify([name, store, keys, all]));
    }
    database.close();
  }
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      put("caches", request.url + " " + (await (await cache.match(request)).text()));
    }
  }
  for (const worker of await navigator.serviceWorker.getRegistrations()) {
    put("service worker", worker.scope);
  }
  return found;
};
