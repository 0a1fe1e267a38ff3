// The few behaviours of every page. Pages work without this file; it only makes them quicker.
'use strict';
const words = document.body.dataset;
const all = (selector, root = document) => [...root.querySelectorAll(selector)];

// Ctrl-K and "/" go to the search field
addEventListener('keydown', event => {
  const typing = /^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement?.tagName) || document.activeElement?.isContentEditable;
  const wanted = ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k') || (event.key === '/' && !typing);
  if (!wanted || event.altKey) return;
  const field = document.querySelector('[data-search]');
  if (!field) return;
  event.preventDefault();
  if (field.offsetParent) { field.focus(); field.select(); } else location.href = field.form.action;
});

// Menus: one open at a time, closed by Escape and by a click elsewhere
const closeMenus = except => all('details[data-menu][open]').forEach(menu => { if (menu !== except) menu.open = false; });
addEventListener('click', event => closeMenus(event.target.closest('details[data-menu]')));
addEventListener('keydown', event => {
  if (event.key !== 'Escape') return;
  const menu = document.querySelector('details[data-menu][open]');
  if (menu) { menu.open = false; menu.querySelector('summary').focus(); }
  if (document.querySelector('.rp-side.shown')) drawer(false);
});

// The sidebar as a drawer on a phone
const side = document.getElementById('menu'), burger = document.querySelector('.rp-burger');
const drawer = open => {
  side.classList.toggle('shown', open);
  burger.setAttribute('aria-expanded', open);
  if (open) side.querySelector('.rp-close').focus(); else burger.focus();
};
if (side && burger) {
  burger.setAttribute('role', 'button');
  burger.setAttribute('aria-expanded', false);
  burger.addEventListener('click', event => { event.preventDefault(); drawer(!side.classList.contains('shown')); });
  all('.rp-close, .rp-veil').forEach(link => link.addEventListener('click', event => { event.preventDefault(); drawer(false); }));
}

// Row selection with its bar
const boxes = form => all('input[name="ids"]', form);
const counted = form => {
  const bar = form.querySelector('.selbar');
  if (!bar) return;
  const chosen = boxes(form).filter(box => box.checked);
  boxes(form).forEach(box => box.closest('tr').classList.toggle('sel', box.checked));
  bar.classList.toggle('on', chosen.length > 0);
  bar.querySelector('[data-selected]').textContent = chosen.length;
  const every = form.querySelector('[data-select-all]');
  every.checked = chosen.length > 0 && chosen.length === boxes(form).length;
  every.indeterminate = chosen.length > 0 && !every.checked;
};
addEventListener('change', event => {
  const form = event.target.closest('form[data-select]');
  if (!form) return;
  if (event.target.matches('[data-select-all]')) boxes(form).forEach(box => { box.checked = event.target.checked; });
  counted(form);
});
addEventListener('reset', event => { if (event.target.matches('form[data-select]')) setTimeout(() => counted(event.target)); });
addEventListener('pageshow', () => all('form[data-select]').forEach(counted));

// Acts that cannot be taken back ask first: data-confirm holds the sentence
const dialog = document.createElement('dialog');
dialog.className = 'rp-dialog';
dialog.innerHTML = '<h2 id="rp-ask"></h2><p></p><form method="dialog" class="rp-foot"><button class="btn btn-primary" value="yes"></button><button class="btn btn-outline" value="no"></button></form>';
dialog.setAttribute('aria-labelledby', 'rp-ask');
document.body.append(dialog);
let confirmed = null;
addEventListener('submit', event => {
  const by = event.submitter, asking = by?.dataset.confirm ? by : event.target.dataset.confirm ? event.target : null;
  if (asking && confirmed !== asking) {
    event.preventDefault();
    event.stopImmediatePropagation();
    dialog.querySelector('h2').textContent = asking.dataset.confirm;
    dialog.querySelector('p').textContent = asking.dataset.consequence || '';
    const [yes, no] = all('button', dialog);
    yes.textContent = asking.dataset.yes || by?.textContent.trim() || words.yes;
    no.textContent = words.no;
    dialog.returnValue = '';
    dialog.onclose = () => {
      if (dialog.returnValue !== 'yes') return;
      confirmed = asking;
      event.target.requestSubmit(by || undefined);
      confirmed = null;
    };
    dialog.showModal();
    return;
  }
  // A form that must not be sent twice
  if (event.target.matches('[data-once]')) {
    if (event.target.dataset.sent) { event.preventDefault(); return; }
    event.target.dataset.sent = '1';
    setTimeout(() => { delete event.target.dataset.sent; }, 8000);
  }
}, true);
addEventListener('pageshow', () => all('[data-once]').forEach(form => { delete form.dataset.sent; }));

// The export link follows the filters in the address
addEventListener('click', event => {
  const link = event.target.closest('a[data-export]');
  if (link) {
    const query = new URLSearchParams(location.search);
    query.delete('page');
    query.set('export', 'xlsx');
    link.href = `${location.pathname}?${query}`;
  }
  if (event.target.closest('[data-print]')) print();
  if (event.target.closest('[data-back]') && history.length > 1) { event.preventDefault(); history.back(); }
});

// Typing in a search field already asks; leaving it must not ask again
addEventListener('change', event => { if (event.target.matches('.filters [type="search"]')) event.stopImmediatePropagation(); }, true);

// htmx: no empty parameters in the address; a failed request says so
addEventListener('htmx:configRequest', event => {
  if (event.detail.verb !== 'get') return;
  const given = event.detail.parameters;
  for (const name of Object.keys(given)) if (given[name] === '') delete given[name];
});
const failed = () => {
  let note = document.getElementById('rp-failed');
  if (!note) {
    note = document.createElement('div');
    note.id = 'rp-failed';
    note.className = 'note bad mb-3';
    note.setAttribute('role', 'alert');
    note.innerHTML = '<i class="ti ti-alert-circle" aria-hidden="true"></i><strong></strong><span></span>';
    document.getElementById('main').prepend(note);
  }
  note.querySelector('strong').textContent = words.failed;
  note.querySelector('span').textContent = words.failedWhy;
};
addEventListener('htmx:sendError', failed);
addEventListener('htmx:responseError', failed);
addEventListener('htmx:afterSwap', () => document.getElementById('rp-failed')?.remove());

// The summary of a refused form takes the focus, so that it is read first
document.getElementById('errors')?.focus();

// A page that is one button (a scan) presses it itself; the button stays for those without this file
const scan = document.querySelector('form[data-submit-now]');
if (scan) scan.requestSubmit();

// Tick everybody in a list of choices at once
addEventListener('click', event => {
  const button = event.target.closest('[data-check-all]');
  if (!button) return;
  all(`input[type="radio"][value="${button.dataset.checkAll}"]`, button.form || document).forEach(box => { box.checked = true; });
});
