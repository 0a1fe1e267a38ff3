// The editor over the plain textarea: Squire for typing, a bar of buttons, pictures, keeping what is typed.
'use strict';
(() => {
  const field = document.querySelector('textarea[data-editor]'), form = document.getElementById('writing');
  if (!field || !window.Squire || !form) return;
  const { fragment, taken } = window.rongpeiPasting, words = form.dataset;
  const token = form.querySelector('[name=csrfmiddlewaretoken]').value;

  const area = document.createElement('div');
  area.className = 'ped-area prose';
  area.setAttribute('role', 'textbox');
  area.setAttribute('aria-multiline', 'true');
  area.setAttribute('aria-label', document.querySelector(`label[for=${field.id}]`).textContent);
  const bar = document.createElement('div');
  bar.className = 'ped-bar';
  bar.setAttribute('role', 'toolbar');
  bar.setAttribute('aria-label', area.getAttribute('aria-label'));
  const said = document.createElement('span');
  said.className = 'said';
  said.setAttribute('role', 'status');
  // What went wrong stays until the next try; a phone shows it too, where the bar has no room for `said`.
  const trouble = document.createElement('p');
  trouble.className = 'ped-trouble';
  trouble.setAttribute('role', 'alert');
  field.before(bar, trouble, area);
  field.hidden = true;

  const squire = new window.Squire(area, { blockTag: 'P', addLinks: false, sanitizeToDOMFragment: html => fragment(html), didError: error => console.warn(error) });
  area.addEventListener('click', event => { if (event.target.nodeName === 'IMG') event.stopPropagation(); });
  squire.setHTML(field.value);

  const heading = tag => squire.modifyBlocks(made => {
    for (const block of [...made.querySelectorAll('p,h2,h3')]) {
      const next = document.createElement(block.nodeName === tag ? 'P' : tag);
      next.append(...block.childNodes);
      block.replaceWith(next);
    }
    return made;
  });
  const toggle = (tag, on, off) => () => (squire.hasFormat(tag) ? squire[off]() : squire[on]());
  const [h2, h3, bold, italic, list, numbers, quote, linked, photo, undo, redo, plain] = words.saidButtons.split('|');
  const acts = [
    ['h-2', h2, () => heading('H2'), 'H2'], ['h-3', h3, () => heading('H3'), 'H3'], null,
    ['bold', bold, toggle('STRONG', 'bold', 'removeBold'), 'STRONG'], ['italic', italic, toggle('EM', 'italic', 'removeItalic'), 'EM'], null,
    ['list', list, () => (/>UL/.test(squire.getPath()) || /^UL/.test(squire.getPath()) ? squire.removeList() : squire.makeUnorderedList()), 'UL'],
    ['list-numbers', numbers, () => (/OL/.test(squire.getPath()) ? squire.removeList() : squire.makeOrderedList()), 'OL'],
    ['quote', quote, () => (/BLOCKQUOTE/.test(squire.getPath()) ? squire.decreaseQuoteLevel() : squire.increaseQuoteLevel()), 'BLOCKQUOTE'], null,
    ['link', linked, link, 'A'], ['photo', photo, () => chooser.click(), ''], null,
    ['arrow-back-up', undo, () => squire.undo(), ''], ['arrow-forward-up', redo, () => squire.redo(), ''], ['clear-formatting', plain, () => squire.removeAllFormatting(), ''],
  ];
  const buttons = [];
  for (const act of acts) {
    if (!act) { const gap = document.createElement('span'); gap.className = 'gap'; bar.append(gap); continue; }
    const [icon, title, run, tag] = act, button = document.createElement('button');
    button.type = 'button';
    button.title = title;
    button.setAttribute('aria-label', title);
    const sign = document.createElement('i');
    sign.className = `ti ti-${icon}`;
    sign.setAttribute('aria-hidden', 'true');
    button.append(sign);
    button.addEventListener('mousedown', event => event.preventDefault());
    button.addEventListener('click', () => { run(); squire.focus(); });
    bar.append(button);
    if (tag) buttons.push([button, tag]);
  }
  bar.append(said);
  squire.addEventListener('pathChange', () => {
    const path = squire.getPath().split('>').map(part => part.split('.')[0]);
    const inside = tag => path.includes(tag) || (tag === 'STRONG' && squire.hasFormat('B')) || (tag === 'EM' && squire.hasFormat('I'));
    for (const [button, tag] of buttons) button.setAttribute('aria-pressed', String(inside(tag)));
  });

  function link() {
    if (squire.hasFormat('A')) { squire.removeLink(); return; }
    const href = window.prompt(words.saidLink, 'https://');
    if (href === null) return;
    const whole = /^(https?:\/\/|mailto:|\/)./.test(href) && href !== 'https://';
    trouble.textContent = whole ? '' : words.saidAddress;
    if (whole) squire.makeLink(href);
  }

  // Pictures: checked and redrawn by the server, then shown by their own address
  const chooser = document.createElement('input');
  chooser.type = 'file';
  chooser.accept = 'image/*';
  chooser.hidden = true;
  chooser.addEventListener('change', () => { if (chooser.files[0]) send(chooser.files[0]); chooser.value = ''; });
  form.append(chooser);
  async function send(file) {
    said.textContent = words.saidUpload;
    trouble.textContent = '';
    const body = new FormData();
    body.append('file', file, file.name || 'picture.png');
    body.append('part', 'picture');
    try {
      const answer = await fetch(words.upload, { method: 'POST', body, headers: { 'X-CSRFToken': token, Accept: 'application/json' } });
      const made = await answer.json();
      if (!answer.ok) { said.textContent = ''; trouble.textContent = made.why; return; }
      const figure = document.createElement('figure'), image = document.createElement('img'), caption = document.createElement('figcaption');
      image.src = made.url;
      image.alt = '';
      caption.textContent = words.saidCaption;
      figure.append(image, caption);
      squire.insertElement(figure);
      said.textContent = '';
      changed();
    } catch { said.textContent = ''; trouble.textContent = words.saidUnsent; }
  }
  const asFile = data => {
    const [head, body] = data.split(','), bytes = Uint8Array.from(atob(body), letter => letter.charCodeAt(0)), type = head.slice(5).split(';')[0];
    return new File([bytes], `pasted.${type.split('/')[1]}`, { type });
  };
  squire.addEventListener('pasteImage', event => { for (const item of event.detail.clipboardData.items) if (item.kind === 'file') send(item.getAsFile()); });
  squire.addEventListener('willPaste', () => {
    const { lost, pictures } = taken();
    for (const data of pictures.slice(0, 20)) send(asFile(data));
    trouble.textContent = lost ? `${words.saidPictures}${lost}` : '';
  });

  // What is typed goes into the field at once, and to the server after a pause
  let timer = 0, dirty = false;
  const fill = () => { field.value = squire.getHTML(); };
  const keep = async () => {
    if (!dirty) return;
    dirty = false;
    fill();
    const body = new URLSearchParams({ base: form.elements.base.value, title: form.elements.title.value, html: field.value });
    try {
      const answer = await fetch(words.keep, { method: 'POST', body, headers: { 'X-CSRFToken': token } });
      const made = await answer.json();
      said.textContent = made.kept ? `${words.saidKept} ${new Date().toTimeString().slice(0, 5)}` : '';
      if (!made.kept) trouble.textContent = made.why;
    } catch { dirty = true; said.textContent = words.saidLost; }
  };
  let before = squire.getHTML() + form.elements.title.value;
  const changed = () => {
    const now = squire.getHTML() + form.elements.title.value;
    if (now === before) return; // opening the page is no typing
    before = now;
    dirty = true;
    clearTimeout(timer);
    timer = setTimeout(keep, 2500);
  };
  squire.addEventListener('input', changed);
  form.elements.title.addEventListener('input', changed);
  form.addEventListener('submit', () => { fill(); dirty = false; clearTimeout(timer); });
  addEventListener('visibilitychange', () => { if (document.visibilityState === 'hidden') keep(); });
  addEventListener('beforeunload', event => { if (dirty) { event.preventDefault(); keep(); } });
})();
