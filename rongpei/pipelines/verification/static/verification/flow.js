// The flow: an image chosen is sent at once; the page of success goes on by itself and can be told to stay.
'use strict';
document.querySelector('[data-upload-now]')?.addEventListener('change', event => {
  if (event.target.files.length) event.target.form.requestSubmit();
});
const going = document.querySelector('[data-goes-on]');
if (going) {
  let left = Number(going.dataset.seconds);
  const number = going.querySelector('b');
  const tick = setInterval(() => {
    left -= 1;
    number.textContent = Math.max(left, 0);
    if (left <= 0) { clearInterval(tick); location.assign(going.dataset.goesOn); }
  }, 1000);
  document.querySelector('[data-stay]')?.addEventListener('click', event => {
    event.preventDefault();
    clearInterval(tick);
    going.querySelector('.vcount').hidden = true;
    going.querySelector('[role="status"]').textContent = event.target.dataset.stayed;
    event.target.hidden = true;
  });
}
