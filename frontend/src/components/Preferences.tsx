import { Settings2 } from 'lucide-react'
import { useId, type ReactNode } from 'react'

import { IconButton } from '@/ui/Button'
import { cx } from '@/util/cx'
import { setLocale, useLanguage } from '@/util/i18n'
import { locales, setTheme, themes, themeStore } from '@/util/preferences'
import { useStore } from '@/util/store'

const names = { en: 'English', zh: '简体中文' }

/** Theme and language, in a panel that the browser itself opens and closes. */
export function Preferences() {
  const { t, locale } = useLanguage()
  const theme = useStore(themeStore)
  const id = useId()
  return (
    <>
      <IconButton label={t('preferences.title')} icon={<Settings2 className="size-4" />} popoverTarget={id} />
      <div
        id={id}
        popover="auto"
        role="group"
        aria-label={t('preferences.title')}
        className="fixed top-12 right-3 left-auto w-64 rounded-lg bg-raised p-3 text-ink shadow-pop md:right-auto md:left-3"
      >
        <Choices label={t('preferences.theme')}>
          {themes.map(choice => (
            <Choice key={choice} on={theme === choice} onClick={() => setTheme(choice)}>
              {t(`theme.${choice}`)}
            </Choice>
          ))}
        </Choices>
        <Choices label={t('preferences.language')}>
          {locales.map(choice => (
            <Choice key={choice} on={locale === choice} onClick={() => setLocale(choice)}>
              <span lang={choice === 'zh' ? 'zh-CN' : 'en'}>{names[choice]}</span>
            </Choice>
          ))}
        </Choices>
      </div>
    </>
  )
}

const Choices = ({ label, children }: { label: string; children: ReactNode }) => (
  <div role="group" aria-label={label} className="not-first:mt-3">
    <p aria-hidden className="mb-1 text-2xs font-medium text-ink-3">
      {label}
    </p>
    <div className="grid auto-cols-fr grid-flow-col gap-0.5 rounded-md bg-hover p-0.5">{children}</div>
  </div>
)

const Choice = ({ on, onClick, children }: { on: boolean; onClick: () => void; children: ReactNode }) => (
  <button
    type="button"
    aria-pressed={on}
    onClick={onClick}
    className={cx(
      'h-7 rounded-sm text-xs',
      on ? 'bg-surface font-medium shadow-card' : 'text-ink-2 hover:text-ink',
    )}
  >
    {children}
  </button>
)
