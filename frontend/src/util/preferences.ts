/** What a person chose for this browser: theme and language. `public/preferences.js` reads the theme before paint. */
import { createStore } from '@/util/store'

export const themes = ['system', 'light', 'dark'] as const
export type Theme = (typeof themes)[number]

export const locales = ['en', 'zh'] as const
export type Locale = (typeof locales)[number]

const read = (key: string): string | null => {
  try {
    return localStorage.getItem(`moziplus.${key}`)
  } catch {
    return null // Storage is switched off: defaults apply.
  }
}

const write = (key: string, value: string) => {
  try {
    localStorage.setItem(`moziplus.${key}`, value)
  } catch {
    // Storage is switched off: the choice lasts until the page is closed.
  }
}

const oneOf = <T extends string>(words: readonly T[], given: string | null): T | undefined =>
  words.find(word => word === given)

export const themeStore = createStore<Theme>(oneOf(themes, read('theme')) ?? 'system')

/** The language of first choice: what was saved, else Chinese where the browser asks for it, else English. */
export const preferredLocale = (): Locale =>
  oneOf(locales, read('locale')) ?? (navigator.language.toLowerCase().startsWith('zh') ? 'zh' : 'en')

export const saveLocale = (locale: Locale) => write('locale', locale)

const systemDark = () => matchMedia('(prefers-color-scheme: dark)')

const paint = () => {
  const theme = themeStore.get()
  const dark = theme === 'system' ? systemDark().matches : theme === 'dark'
  document.documentElement.dataset.theme = dark ? 'dark' : 'light'
}

export function setTheme(theme: Theme) {
  write('theme', theme)
  themeStore.set(theme)
  paint()
}

/** Follows the system's theme from now on, while the person has chosen nothing else. */
export function watchTheme() {
  paint()
  systemDark().addEventListener('change', paint)
}
