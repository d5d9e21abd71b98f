/**
 * The words of the interface: per language one typed dictionary for the frame and the first page, and one for all other
 * pages, loaded with the first of them. A visit carries one language only.
 */
import { createStore, useStore } from '@/util/store'
import { preferredLocale, saveLocale, type Locale } from '@/util/preferences'
import type { FirstKey } from '@/util/i18n/en'
import type { Message } from '@/util/i18n/message'
import type { PageKey } from '@/util/i18n/pages.en'

export type Key = FirstKey | PageKey
export type Values = Record<string, string | number>
export type Translate = (key: Key, values?: Values) => string
type Words = Partial<Record<Key, Message>>

const firstWords: Record<Locale, () => Promise<Words>> = {
  en: () => import('@/util/i18n/en').then(module => module.en),
  zh: () => import('@/util/i18n/zh').then(module => module.zh),
}
const pageWords: Record<Locale, () => Promise<Words>> = {
  en: () => import('@/util/i18n/pages.en').then(module => module.pagesEn),
  zh: () => import('@/util/i18n/pages.zh').then(module => module.pagesZh),
}

type Say = (text: string, t: Translate) => string

const serverWords: Record<Locale, () => Promise<Say>> = {
  en: () => Promise.resolve(text => text),
  zh: () => import('@/util/i18n/server.zh').then(module => module.saidInChinese),
}

interface Language {
  locale: Locale
  t: Translate
  /** What the server said in English, in the language of the interface as far as its sentence is known. */
  said: (text: string) => string
}

const plural = new Intl.PluralRules('en')

const choose = (message: Message, count: unknown): string => {
  if (typeof message === 'string') return message
  return typeof count === 'number' && plural.select(count) === 'one' ? message.one : message.other
}

/** Makes the function that looks words up; `{name}` in a text is filled in from the values. */
export const translator =
  (words: Words): Translate =>
  (key, values = {}) =>
    choose(words[key] ?? key, values.count).replace(/\{(\w+)\}/g, (hole, name: string) =>
      String(values[name] ?? hole),
    )

const language = createStore<Language>({ locale: 'en', t: key => key, said: text => text })
let wanted: Locale = 'en'
let beyondFirst = false

/** Loads what is wanted by now; a later wish that was quicker wins. */
async function load(): Promise<void> {
  const locale = wanted
  const all = beyondFirst
  const [sayIn, ...parts] = await Promise.all([
    serverWords[locale](),
    firstWords[locale](),
    ...(all ? [pageWords[locale]()] : []),
  ])
  if (locale !== wanted || all !== beyondFirst) return
  document.documentElement.lang = locale === 'zh' ? 'zh-CN' : 'en'
  const t = translator(Object.assign({}, ...parts) as Words)
  language.set({ locale, t, said: text => sayIn(text, t) })
}

/** Loads the language of first choice; call once before the first paint. */
export function startLanguage(): Promise<void> {
  wanted = preferredLocale()
  return load()
}

let pagesLoad: Promise<void> | undefined

/** Loads the words of all pages but the first, once. */
export function loadPageWords(): Promise<void> {
  beyondFirst = true
  pagesLoad ??= load().catch((error: unknown) => {
    pagesLoad = undefined // The next one tries again.
    throw error
  })
  return pagesLoad
}

/** Loads a part of the interface together with its words. */
export const withWords =
  <T>(part: () => Promise<T>): (() => Promise<T>) =>
  async () =>
    (await Promise.all([part(), loadPageWords()]))[0]

export function setLocale(locale: Locale) {
  saveLocale(locale)
  wanted = locale
  void load()
}

/** The words, and the language that they are in. */
export const useLanguage = (): Language => useStore(language)
export const useT = (): Translate => useLanguage().t

/** `Language.said` for code outside of components; who calls it renders with the language anyway. */
export const said = (text: string): string => language.get().said(text)
