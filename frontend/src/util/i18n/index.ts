/** The words of the interface: one typed dictionary per language, loaded on demand, so that a page carries only one. */
import { createStore, useStore } from '@/util/store'
import { preferredLocale, saveLocale, type Locale } from '@/util/preferences'

import type { Dictionary, Key } from '@/util/i18n/en'
import type { Message } from '@/util/i18n/message'

export type Values = Record<string, string | number>
export type Translate = (key: Key, values?: Values) => string

const loaders: Record<Locale, () => Promise<Dictionary>> = {
  en: () => import('@/util/i18n/en').then(module => module.en),
  zh: () => import('@/util/i18n/zh').then(module => module.zh),
}

interface Language {
  locale: Locale
  t: Translate
}

const plural = new Intl.PluralRules('en')

const choose = (message: Message, count: unknown): string => {
  if (typeof message === 'string') return message
  return typeof count === 'number' && plural.select(count) === 'one' ? message.one : message.other
}

/** Makes the function that looks words up; `{name}` in a text is filled in from the values. */
export const translator =
  (dictionary: Dictionary): Translate =>
  (key, values = {}) =>
    choose(dictionary[key], values.count).replace(/\{(\w+)\}/g, (hole, name: string) =>
      String(values[name] ?? hole),
    )

const language = createStore<Language>({ locale: 'en', t: key => key })

async function change(locale: Locale) {
  const dictionary = await loaders[locale]()
  document.documentElement.lang = locale === 'zh' ? 'zh-CN' : 'en'
  language.set({ locale, t: translator(dictionary) })
}

/** Loads the language of first choice; call once before the first paint. */
export const startLanguage = () => change(preferredLocale())

export function setLocale(locale: Locale) {
  saveLocale(locale)
  void change(locale)
}

/** The words, and the language that they are in. */
export const useLanguage = (): Language => useStore(language)
export const useT = (): Translate => useLanguage().t
