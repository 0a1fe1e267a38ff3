// Zoom, turn and leaf through the images; keys + - r n do the same while the image has the focus.
'use strict';
const view = document.querySelector('.vview');
const pictures = view ? [...view.querySelectorAll('img')] : [];
let at = 0, zoom = 0, turn = 0;
const draw = () => pictures.forEach((picture, index) => {
  picture.hidden = index !== at;
  picture.className = `${zoom ? `big${zoom}` : ''} ${turn ? `turn${turn}` : ''}`.trim();
});
const acts = {
  in: () => { zoom = Math.min(zoom + 1, 2); },
  out: () => { zoom = Math.max(zoom - 1, 0); },
  turn: () => { turn = (turn + 1) % 4; },
  next: () => { at = (at + 1) % pictures.length; zoom = turn = 0; },
};
if (pictures.length) {
  addEventListener('click', event => {
    const button = event.target.closest('[data-view]');
    if (button) { acts[button.dataset.view](); draw(); }
  });
  const keys = { '+': 'in', '=': 'in', '-': 'out', r: 'turn', n: 'next' };
  view.addEventListener('keydown', event => {
    if (keys[event.key] && !event.ctrlKey && !event.metaKey) { event.preventDefault(); acts[keys[event.key]](); draw(); }
  });
}
