// The page of lists taken along. It draws from the drawer alone, so that it is the same with and without a network.
import { belongTo, forget, read, send, take, tick, waiting } from './drawer.js';

const root = document.getElementById('phone'), words = root.dataset;
const part = name => document.getElementById(`phone-${name}`);
const meeting = location.pathname.match(/(\d+)\/$/)?.[1];
const given = document.getElementById('sheet');
const mine = () => read().lists[meeting];

const say = (kind, text, more = '') => {
  part('state').className = `note ${kind} mb-3`;
  part('state').querySelector('strong').textContent = text;
  part('state').querySelector('span').textContent = more;
};
const count = (text, number) => text.replace('%n', number);

const row = ([person, name, here], [mark, reason] = []) => {
  const line = part('row').content.cloneNode(true), item = line.querySelector('li');
  item.dataset.person = person;
  line.querySelector('[data-name]').textContent = name;
  line.querySelector('.st').hidden = !here;
  for (const box of line.querySelectorAll('input[type=radio]')) {
    box.name = `phone-${person}`;
    box.checked = box.value === mark;
  }
  const note = line.querySelector('[data-reason]');
  note.setAttribute('aria-label', note.getAttribute('aria-label').replace('%s', name));
  note.value = reason || '';
  note.hidden = mark !== 'leave';
  return line;
};

const drawList = () => {
  const list = mine();
  part('list').hidden = !list;
  if (!list) return;
  part('title').textContent = list.title;
  part('day').textContent = list.day;
  part('back').href = list.page;
  const marks = { ...list.sealed?.marks, ...list.marks };
  part('people').replaceChildren(...list.people.map(one => row(one, marks[one[0]])));
  part('gone').hidden = list.people.length > 0;
};

const drawShelf = () => {
  const others = Object.entries(read().lists).filter(([ident]) => ident !== meeting);
  part('shelf').hidden = meeting ? !others.length : false;
  part('none').hidden = others.length > 0;
  part('others').replaceChildren(...others.map(([ident, list]) => {
    const line = part('other').content.cloneNode(true), link = line.querySelector('a');
    link.href = `${words.home}${ident}/`;
    link.textContent = list.title;
    line.querySelector('[data-more]').textContent = `${list.day}${waiting(list) ? `，${count(words.waits, waiting(list))}` : ''}`;
    return line;
  }));
};

const tell = () => {
  const list = mine();
  if (list && waiting(list)) say('warn', count(words.kept, waiting(list)), words.later);
  else if (list) say('info', words.ready, kept ? words.reopen : words.stay);
  else say('info', meeting ? words.unknown : words.shelf);
};

const hand = async () => {
  const list = mine();
  if (!list) return;
  const outcome = await send(meeting);
  if (outcome.kind === 'ok') { drawList(); say('ok', outcome.said); }
  if (outcome.kind === 'away') say('warn', count(words.kept, waiting(mine())), words.away);
  if (outcome.kind === 'signin') say('warn', words.signin, words.safe);
  if (outcome.kind === 'refused') say('bad', outcome.said || words.refused, words.safe);
  part('signin').hidden = outcome.kind !== 'signin';
  if (outcome.kind === 'none' && !waiting(list)) tell();
};

root.addEventListener('change', event => {
  const item = event.target.closest('[data-person]');
  if (!item) return;
  const mark = item.querySelector('input[type=radio]:checked')?.value, note = item.querySelector('[data-reason]');
  note.hidden = mark !== 'leave';
  if (mark) tick(meeting, item.dataset.person, mark, mark === 'leave' ? note.value.trim() : '');
  tell();
});
part('all').addEventListener('click', () => {
  for (const item of part('people').children) {
    if (item.querySelector('input:checked')) continue;
    item.querySelector('input[value=present]').checked = true;
    tick(meeting, item.dataset.person, 'present');
  }
  tell();
});
part('send').addEventListener('click', hand);
part('clear').addEventListener('click', () => {
  const left = Object.values(read().lists).reduce((sum, list) => sum + waiting(list), 0);
  if (left && !confirm(count(words.sure, left))) return;
  forget();
  drawList();
  drawShelf();
  say('info', words.cleared);
});
addEventListener('online', hand);
addEventListener('pageshow', hand);
setInterval(() => { if (navigator.onLine && mine() && waiting(mine())) hand(); }, 30000);

let kept = false;
if (given) take(JSON.parse(given.textContent)); else if (words.owner) belongTo(Number(words.owner));
drawList();
drawShelf();
tell();
if ('serviceWorker' in navigator) {
  navigator.serviceWorker.register(words.worker, { updateViaCache: 'none' });
  navigator.serviceWorker.ready.then(() => {
    kept = true;
    root.dataset.lasts = 'yes';
    if (mine() && !waiting(mine()) && part('state').classList.contains('info')) tell();  // never over what was handed over
  });
}
