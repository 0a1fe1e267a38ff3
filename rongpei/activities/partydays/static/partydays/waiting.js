// On the pages of a meeting: what this phone ticked without a network is handed over before anybody confirms the list.
import { belongTo, read, send, waiting } from './drawer.js';

const note = document.getElementById('phone-waiting'), { meeting, owner, waits, done } = note.dataset;
belongTo(Number(owner));
const list = read().lists[meeting];
if (list && waiting(list)) {
  const say = (kind, text) => { note.className = `note ${kind} mb-3`; note.querySelector('strong').textContent = text; note.hidden = false; };
  say('warn', waits.replace('%n', waiting(list)));
  const outcome = await send(meeting);
  if (outcome.kind === 'ok') { say('ok', outcome.said); note.querySelector('a').textContent = done; note.querySelector('a').href = location.href; }
  if (outcome.kind === 'refused' && outcome.said) say('bad', outcome.said);
}
