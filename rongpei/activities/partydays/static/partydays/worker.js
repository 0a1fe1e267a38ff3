// Keeps the page of lists taken along and its few files, so that it opens without a network. It keeps no name: those lie in
// the page's drawer and leave with the day. PAGE and FILES stand before these lines.
'use strict';
const SHELF = 'rongpei-phone', WAIT = 4000;

self.addEventListener('install', event => event.waitUntil(
  caches.open(SHELF).then(shelf => shelf.addAll([PAGE, ...FILES])).then(() => self.skipWaiting())));
self.addEventListener('activate', event => event.waitUntil(self.clients.claim()));

// The network first, for four seconds; then what was kept
const soon = async request => {
  const late = new Promise((_, stop) => { setTimeout(() => stop(new Error('late')), WAIT); });
  const answer = await Promise.race([fetch(request), late]);
  if (answer.status >= 500) throw new Error(String(answer.status));
  return answer;
};
const keep = async (request, answer) => {
  if (answer.ok && !answer.redirected) await (await caches.open(SHELF)).put(request, answer);
};
const page = async event => {
  try {
    const answer = await soon(event.request);
    event.waitUntil(fetch(PAGE).then(fresh => keep(PAGE, fresh)).catch(() => {}));
    return answer;
  } catch { return await caches.match(PAGE) || Response.error(); }
};
const file = async event => {
  try {
    const answer = await soon(event.request);
    event.waitUntil(keep(event.request, answer.clone()));
    return answer;
  } catch { return await caches.match(event.request) || Response.error(); }
};

self.addEventListener('fetch', event => {
  const { request } = event;
  if (request.mode === 'navigate') event.respondWith(page(event));
  else if (request.method === 'GET' && FILES.includes(new URL(request.url).pathname)) event.respondWith(file(event));
});
