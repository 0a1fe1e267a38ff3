// Passing an article on with the phone's own sheet, where there is one.
'use strict';
for (const button of document.querySelectorAll('[data-share]')) {
  if (!navigator.share) continue;
  button.hidden = false;
  button.addEventListener('click', () => navigator.share({ title: document.title, url: location.href.split('#')[0] }).catch(() => {}));
}
// A piece for WeChat's editor, copied with its look; without this the file is downloaded.
for (const button of document.querySelectorAll('[data-copy]')) {
  if (!navigator.clipboard?.write || !window.ClipboardItem) continue;
  button.hidden = false;
  button.addEventListener('click', async () => {
    const answer = await fetch(button.dataset.copy);
    const html = await answer.text();
    const plain = new DOMParser().parseFromString(html.replace(/\sstyle="[^"]*"/g, ''), 'text/html').body.textContent;
    await navigator.clipboard.write([new ClipboardItem({ 'text/html': new Blob([html], { type: 'text/html' }), 'text/plain': new Blob([plain], { type: 'text/plain' }) })]);
    button.lastChild.textContent = button.dataset.copied;
  });
}
