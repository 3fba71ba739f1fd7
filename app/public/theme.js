// Before the first paint: the theme a person chose in this browser. Not inline, because the policy of the pages forbids that.
try {
  const chosen = localStorage.getItem('elido-theme');
  if (chosen === 'light' || chosen === 'dark') document.documentElement.dataset.theme = chosen;
} catch {
  // Storage is switched off: the theme of the system it is.
}
