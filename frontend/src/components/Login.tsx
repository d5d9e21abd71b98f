import { KeyRound } from 'lucide-react'
import { useState } from 'react'

import { Button } from '@/ui/Button'
import { Field, Input } from '@/ui/Field'
import { Box } from '@/ui/Panel'
import { useT } from '@/util/i18n'
import { serverLinks } from '@/util/links'

/** The server answers only to those who have its key: asks for it. The server keeps it in a cookie that no script reads. */
export function Login() {
  const t = useT()
  const [key, setKey] = useState('')
  const [wrong, setWrong] = useState(false)
  const [busy, setBusy] = useState(false)
  const send = async () => {
    setBusy(true)
    try {
      const answer = await fetch(serverLinks.login(key.trim()), { redirect: 'manual' })
      if (answer.type === 'opaqueredirect') location.reload()
      else setWrong(true)
    } catch {
      setWrong(true)
    }
    setBusy(false)
  }
  return (
    <div className="flex h-full items-center justify-center p-6">
      <Box className="w-full max-w-sm p-6">
        <KeyRound className="mb-3 size-5 text-ink-3" />
        <h1 className="text-base font-semibold">{t('login.title')}</h1>
        <p className="mt-1 mb-4 text-xs text-pretty text-ink-3">{t('login.explain')}</p>
        <form
          className="flex flex-col gap-3"
          onSubmit={event => {
            event.preventDefault()
            if (key.trim() && !busy) void send()
          }}
        >
          <Field label={t('login.key')} error={wrong ? t('login.wrong') : undefined}>
            {ids => (
              <Input
                {...ids}
                type="password"
                autoComplete="current-password"
                value={key}
                onChange={event => {
                  setKey(event.target.value)
                  setWrong(false)
                }}
              />
            )}
          </Field>
          <Button
            look="primary"
            type="submit"
            busy={busy}
            reason={key.trim() ? undefined : t('login.needsKey')}
          >
            {t('login.enter')}
          </Button>
        </form>
      </Box>
    </div>
  )
}
