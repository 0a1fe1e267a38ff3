// Signing out empties the drawer of lists taken along, and says before when ticks would be lost.
import { forget, waitingInAll } from './drawer.js';

const form = document.querySelector('form[data-forget]'), note = document.getElementById('phone-left'), left = waitingInAll();
if (left) { note.querySelector('strong').textContent = note.dataset.left.replace('%n', left); note.hidden = false; }
form.addEventListener('submit', forget);
