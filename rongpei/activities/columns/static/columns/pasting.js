// What was pasted, as a clean fragment: Word, WeChat and web pages become the few tags an article has.
// The server cleans again by the same rules; this only makes the editor show at once what will be kept.
'use strict';
window.rongpeiPasting = (() => {
  const NAMES = { H1: 'H2', H4: 'H3', H5: 'H3', H6: 'H3', B: 'STRONG', I: 'EM', STRIKE: 'S', DEL: 'S', INS: 'U', DT: 'P', DD: 'P', PRE: 'P' };
  const KEPT = new Set(['P', 'H2', 'H3', 'UL', 'OL', 'LI', 'BLOCKQUOTE', 'STRONG', 'EM', 'U', 'S', 'SUP', 'SUB', 'A', 'BR', 'HR', 'FIGURE', 'FIGCAPTION', 'IMG', 'TABLE', 'THEAD', 'TBODY', 'TR', 'TH', 'TD', 'INPUT']);
  const DROPPED = new Set(['SCRIPT', 'STYLE', 'HEAD', 'TITLE', 'META', 'LINK', 'XML', 'NOSCRIPT', 'TEMPLATE', 'IFRAME', 'OBJECT', 'EMBED', 'SVG', 'MATH', 'VIDEO', 'AUDIO', 'CANVAS', 'FORM', 'BUTTON', 'SELECT', 'TEXTAREA']);
  const BLOCK = 'p,h1,h2,h3,h4,h5,h6,ul,ol,blockquote,figure,table,hr,div,section,img';
  const OURS = /\/read\/\d+\/files\/\d+\/$/;
  const BULLET = /^[\s\u00a0]*(?:[·•●○■◆▪§Øüo\-–]|[（(]?(?:\d{1,3}|[a-zA-Z]|[一二三四五六七八九十]{1,3})[.)、．）])[\s\u00a0]+/;
  const NUMBER = /^[\s\u00a0]*[（(]?(?:\d|[a-zA-Z][.)]|[一二三四五六七八九十])/;
  let lost = 0, sent = [];

  const listed = node => /mso-?listparagraph/i.test(node.className || '') || /mso-list/i.test(node.dataset?.style || '');
  const into = (from, to) => { for (const child of from.childNodes) take(child, to); };

  function take(node, to) {
    if (node.nodeType === Node.TEXT_NODE) { to.append(node.data.replace(/[ \t\r\n\u00a0\u2002\u2003\u3000]+/g, ' ')); return; }
    if (node.nodeType !== Node.ELEMENT_NODE) return;
    const tag = node.nodeName.toUpperCase();
    if (DROPPED.has(tag) || tag.startsWith('O:')) return;
    if (tag === 'INPUT') { if (/^squire-selection-(start|end)$/.test(node.id)) to.append(node.cloneNode()); return; }
    if (tag === 'IMG') { picture(node, to); return; }
    if (tag === 'P' && listed(node)) { item(node, to); return; }
    const name = NAMES[tag] || tag;
    if ((name === 'P' || /^H[23]$/.test(name)) && node.querySelector(BLOCK)) { into(node, to); return; }
    if (!KEPT.has(name)) {
      if (tag === 'SPAN' && /font-weight:\s*(bold|[6-9]00)/i.test(node.dataset.style || '')) { const strong = document.createElement('strong'); into(node, strong); to.append(strong); return; }
      if (/^(DIV|SECTION|ARTICLE|CENTER)$/.test(tag) && !node.querySelector(BLOCK)) { const p = document.createElement('p'); into(node, p); if (p.textContent.trim() || p.querySelector('input')) to.append(p); return; }
      into(node, to);
      return;
    }
    const made = document.createElement(name);
    if (name === 'A') { const href = node.getAttribute('href') || ''; if (/^(https?:|mailto:|\/)/i.test(href)) made.setAttribute('href', href); else { into(node, to); return; } }
    if (/^T[HD]$/.test(name)) for (const span of ['colspan', 'rowspan']) if (/^\d{1,2}$/.test(node.getAttribute(span) || '')) made.setAttribute(span, node.getAttribute(span));
    into(node, made);
    if (/^(P|H2|H3|LI|BLOCKQUOTE)$/.test(name) && !made.textContent.trim() && !made.querySelector('img,input,br')) return;
    to.append(made);
  }

  function picture(node, to) {
    const src = node.getAttribute('src') || '';
    if (OURS.test(src)) {
      const img = document.createElement('img');
      img.setAttribute('src', src.replace(/^https?:\/\/[^/]+/, ''));
      img.setAttribute('alt', node.getAttribute('alt') || '');
      to.append(img);
    } else if (/^data:image\/(png|jpe?g|gif|webp);base64,/.test(src)) sent.push(src);
    else lost += 1;
  }

  function item(node, to) {
    const holder = document.createElement('li');
    into(node, holder);
    const text = holder.textContent, bullet = text.match(BULLET), tag = bullet && NUMBER.test(text) ? 'OL' : 'UL';
    let left = bullet ? bullet[0].length : 0;
    const walk = document.createTreeWalker(holder, NodeFilter.SHOW_TEXT);
    while (left > 0 && walk.nextNode()) { const cut = Math.min(left, walk.currentNode.data.length); walk.currentNode.data = walk.currentNode.data.slice(cut); left -= cut; }
    const last = to.lastChild;
    if (last && last.nodeName === tag && last.pasted) last.append(holder);
    else { const list = document.createElement(tag); list.pasted = true; list.append(holder); to.append(list); }
  }

  // Inline styles would break the page's policy while being parsed, so they are carried as data.
  function fragment(html) {
    lost = 0; sent = [];
    const inert = html.replace(/<!--[\s\S]*?-->/g, '').replace(/<(style|script|xml)\b[\s\S]*?<\/\1>/gi, '').replace(/\sstyle\s*=/gi, ' data-style=').replace(/\son\w+\s*=/gi, ' data-on=');
    const parsed = new DOMParser().parseFromString(inert, 'text/html');
    const made = document.createDocumentFragment();
    into(parsed.body, made);
    return made;
  }
  return { fragment, taken: () => ({ lost, pictures: sent }) };
})();
