import { describe, expect, it } from 'vitest'

import { translator } from '@/util/i18n'
import { en as firstEn } from '@/util/i18n/en'
import type { Message } from '@/util/i18n/message'
import { pagesEn } from '@/util/i18n/pages.en'
import { pagesZh } from '@/util/i18n/pages.zh'
import { zh as firstZh } from '@/util/i18n/zh'

const en = { ...firstEn, ...pagesEn }
const zh = { ...firstZh, ...pagesZh }

const holes = (text: string) => [...new Set(text.match(/\{\w+\}/g))].sort()
const allHoles = (message: Message) => (typeof message === 'string' ? holes(message) : holes(message.other))

describe('the dictionaries', () => {
  it('share no key', () => {
    expect(Object.keys(firstEn).filter(key => key in pagesEn)).toEqual([])
  })
  it('have the same keys in the same order', () => {
    expect(Object.keys(zh)).toEqual(Object.keys(en))
  })

  it.each(Object.entries(en))('leave the same gaps to fill in: %s', (key, message) => {
    expect(allHoles(zh[key as keyof typeof en])).toEqual(allHoles(message))
  })

  it('are translated: Chinese texts hold Chinese characters', () => {
    const same = Object.entries(zh).filter(
      ([, message]) =>
        typeof message === 'string' &&
        /[a-z]/i.test(message.replace(/\{\w+\}/g, '')) &&
        !/[一-鿿]/.test(message),
    )
    expect(same).toEqual([])
  })
})

describe('the translator', () => {
  const t = translator(en)

  it('fills in values', () => expect(t('task.priorityOf', { priority: 9 })).toBe('Priority 9'))

  it('has a form for one and a form for more', () => {
    expect(t('task.retriesOf', { count: 1 })).toBe('1 retry')
    expect(t('task.retriesOf', { count: 0 })).toBe('0 retries')
  })
})
