// The organiser's list without a network: ids and ticks stay on the phone until the server has them, then they go.
'use strict';
{
  const root = document.getElementById('offline'), line = document.getElementById('offline-state');
  const words = root.dataset, place = words.key;
  const fresh = () => ({ key: uuid(), marks: {} });
  // randomUUID needs https; a ward's network may have none
  const uuid = () => '10000000-1000-4000-8000-100000000000'.replace(/[018]/g, digit =>
    (digit ^ crypto.getRandomValues(new Uint8Array(1))[0] & 15 >> digit / 4).toString(16));
  let sheet = fresh(), sending = false;
  try { sheet = JSON.parse(localStorage.getItem(place)) || sheet; } catch { /* a damaged note is begun anew */ }
  const say = (kind, text) => { line.className = `note ${kind} mb-3`; line.querySelector('strong').textContent = text; };
  const waiting = () => Object.keys(sheet.marks).length;
  const keep = () => localStorage.setItem(place, JSON.stringify(sheet));
  const show = () => {
    for (const [person, mark] of Object.entries(sheet.marks)) {
      const box = root.querySelector(`[data-person="${person}"] input[value="${mark}"]`);
      if (box) box.checked = true;
    }
    if (waiting()) say('warn', `${words.kept}（${waiting()}）`);
  };
  const send = async () => {
    if (sending) return;
    if (!waiting()) { if (!line.matches('.ok')) say('info', words.none); return; }
    sending = true;
    const sent = JSON.stringify(sheet);
    try {
      const answer = await fetch(words.url, { method: 'POST', headers: { 'Content-Type': 'application/json', 'X-CSRFToken': words.token }, body: sent });
      if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
      const said = (await answer.json()).said;
      // What was ticked while the list was on its way is the beginning of the next one
      const before = JSON.parse(sent).marks, now = sheet.marks;
      sheet = fresh();
      for (const person of Object.keys(now)) if (now[person] !== before[person]) sheet.marks[person] = now[person];
      if (waiting()) keep(); else localStorage.removeItem(place);
      say('ok', said);
    } catch { say('warn', words.failed); }
    sending = false;
  };
  root.addEventListener('change', event => {
    const row = event.target.closest('[data-person]');
    if (!row) return;
    sheet.marks[row.dataset.person] = event.target.value;
    keep();
    say('warn', `${words.kept}（${waiting()}）`);
  });
  document.getElementById('offline-send').addEventListener('click', send);
  addEventListener('online', send);
  show();
}
