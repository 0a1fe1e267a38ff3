// The drawer of an organiser's phone: lists taken along, and ticks until the server has them.
// { owner, lists: { meeting: { title, day, url, until, people: [[id, name, here]], marks: { id: [mark, reason] }, sealed: { key, marks } | null } } }
// Names leave with the day (`until`); ticks that were never handed over wait a week more, as bare numbers.
const PLACE = 'rongpei.phone', WEEK = 7 * 24 * 3600 * 1000, PATIENCE = 15000;

export const read = () => {
  let all = null;
  try { all = JSON.parse(localStorage.getItem(PLACE)); } catch { /* a damaged drawer is begun anew */ }
  all ??= { owner: null, lists: {} };
  for (const [meeting, list] of Object.entries(all.lists)) {
    const over = Date.now() - Date.parse(list.until);
    if (over < 0) continue;
    list.people = [];
    if (over > WEEK || !waiting(list)) delete all.lists[meeting];
  }
  return all;
};

const change = edit => {
  const all = read();
  edit(all);
  if (Object.keys(all.lists).length) localStorage.setItem(PLACE, JSON.stringify(all)); else localStorage.removeItem(PLACE);
};
addEventListener('pageshow', () => change(() => {}));  // what has expired goes

// How many people's ticks the server may not have yet
export const waiting = list => new Set([...Object.keys(list.marks), ...Object.keys(list.sealed?.marks || {})]).size;
export const waitingInAll = () => Object.values(read().lists).reduce((sum, list) => sum + waiting(list), 0);

// Another account on this phone finds nothing of the last one's
export const belongTo = owner => { if (read().owner !== owner) change(all => { all.owner = owner; all.lists = {}; }); };
export const take = ({ owner, meeting, ...list }) => {
  belongTo(owner);
  change(all => {
    all.owner = owner;
    all.lists[meeting] = { marks: {}, sealed: null, ...all.lists[meeting], ...list };
  });
};
export const tick = (meeting, person, mark, reason = '') => change(all => {
  const list = all.lists[meeting];
  if (list) list.marks[person] = [mark, reason];
});
export const forget = () => localStorage.removeItem(PLACE);

// randomUUID needs https; a ward's network may have none
const uuid = () => '10000000-1000-4000-8000-100000000000'.replace(/[018]/g, digit =>
  (digit ^ crypto.getRandomValues(new Uint8Array(1))[0] & 15 >> digit / 4).toString(16));

// What leaves the phone is sealed under one key first. Until the server has answered it is sent again as it is, and the
// server counts a key once; what is ticked meanwhile goes under the next key.
const seal = meeting => {
  change(all => {
    const list = all.lists[meeting];
    if (!list || list.sealed || !Object.keys(list.marks).length) return;
    list.sealed = { key: uuid(), marks: list.marks };
    list.marks = {};
  });
  return read().lists[meeting]?.sealed;
};
const unseal = (meeting, key) => change(all => {
  const list = all.lists[meeting];
  if (list?.sealed?.key === key) list.sealed = null;
});

class Stopped extends Error {
  constructor(kind, said = '') { super(kind); this.kind = kind; this.said = said; }
}
const ask = async (url, options = {}) => {
  let answer;
  try { answer = await fetch(url, { signal: AbortSignal.timeout(PATIENCE), ...options }); } catch { throw new Stopped('away'); }
  if (answer.redirected) throw new Stopped('signin');
  if (answer.status >= 500) throw new Stopped('away');
  let told = {};
  try { told = await answer.json(); } catch { /* a page of refusal */ }
  if (!answer.ok) throw new Stopped('refused', told.said);
  return told;
};

// Hand over what waits of one meeting: { kind: ok | none | away | signin | refused, said }
const deliver = async meeting => {
  let outcome = { kind: 'none', said: '' };
  try {
    for (let sealed = seal(meeting); sealed; sealed = seal(meeting)) {
      const { url } = read().lists[meeting];
      const { token } = await ask(url);
      const headers = { 'Content-Type': 'application/json', 'X-CSRFToken': token };
      const { said, list } = await ask(url, { method: 'POST', headers, body: JSON.stringify(sealed) });
      unseal(meeting, sealed.key);
      take(list);
      outcome = { kind: 'ok', said };
    }
  } catch (error) {
    if (!(error instanceof Stopped)) throw error;
    outcome = { kind: error.kind, said: error.said };
  }
  return outcome;
};
// Asked for again while it runs (the network came back meanwhile), it is tried once more unless it got through
const running = {}, again = {};
const untilAsked = async meeting => {
  let outcome;
  do {
    again[meeting] = false;
    outcome = await deliver(meeting);
  } while (outcome.kind === 'away' && again[meeting]);
  return outcome;
};
export const send = meeting => {
  again[meeting] = true;
  return running[meeting] ??= untilAsked(meeting).finally(() => { delete running[meeting]; });
};
