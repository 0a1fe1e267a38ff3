// A question with a condition shows only while its answer is chosen; without this file all are shown and the server decides.
'use strict';
document.querySelectorAll('[data-questions]').forEach(box => {
  const conditional = [...box.querySelectorAll('[data-when]')];
  const draw = () => conditional.forEach(one => {
    const name = `${one.dataset.prefix.replace(/^id_/, '')}${one.dataset.when}`;
    const wanted = one.dataset.any.split(',');
    const chosen = [...box.querySelectorAll(`input[name="${name}"]:checked`)].map(input => input.value);
    one.hidden = !chosen.some(value => wanted.includes(value));
  });
  box.addEventListener('change', draw);
  draw();
});
