// A question with a condition shows only while its answer is chosen; without this file all are shown and the server decides.
'use strict';
document.querySelectorAll('[data-questions]').forEach(box => {
  const conditional = [...box.querySelectorAll('[data-when]')];
  const draw = () => conditional.forEach(one => {
    const wanted = one.dataset.any.split(',');
    const chosen = [...box.querySelectorAll(`input[name="${one.dataset.when}"]:checked`)];
    // What is hidden itself was not asked, so nothing rests on it.
    one.hidden = !chosen.some(input => wanted.includes(input.value) && !input.closest('[data-when][hidden]'));
  });
  box.addEventListener('change', draw);
  draw();
});
