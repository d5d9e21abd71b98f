// Runs before the first paint, so that a chosen theme never flashes. `src/util/preferences.ts` writes these keys.
;(() => {
  let theme = 'system'
  try {
    theme = localStorage.getItem('moziplus.theme') ?? theme
  } catch {
    // Storage is switched off: the system's theme applies.
  }
  const dark = theme === 'dark' || (theme !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches)
  document.documentElement.dataset.theme = dark ? 'dark' : 'light'
})()
