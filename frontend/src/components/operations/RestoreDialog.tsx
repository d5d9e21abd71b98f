import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'

import type { Backup } from '@/api/client'
import { statusQuery } from '@/api/queries'
import { useRestoreBackup } from '@/hooks/writes'
import { Field, Input } from '@/ui/Field'
import { FormDialog } from '@/ui/FormDialog'
import { sayDone } from '@/ui/toast'
import { fullTime } from '@/util/format'
import { useLanguage } from '@/util/i18n'

/** Puts a copy in the place of a project's database, once its name was typed. */
export function RestoreDialog({ backup, onClose }: { backup: Backup; onClose: () => void }) {
  const { t, locale } = useLanguage()
  const restore = useRestoreBackup()
  const { data: status } = useQuery(statusQuery)
  const [typed, setTyped] = useState('')
  const project = backup.project ?? ''
  const live = status?.projects[project]?.active_agents ?? 0
  const submit = () =>
    restore.mutate(
      { backup: backup.id, project },
      {
        onSuccess: () => {
          sayDone(t('restore.done', { project }))
          onClose()
        },
      },
    )
  return (
    <FormDialog
      title={t('restore.title', { project })}
      description={t('restore.explain', { at: fullTime(backup.created_at, locale) })}
      verb={t('backups.restore')}
      look="danger"
      busy={restore.isPending}
      reason={typed === project ? undefined : t('restore.type', { project })}
      error={restore.error}
      onSubmit={submit}
      onClose={onClose}
    >
      {live > 0 && <p className="text-sm text-amber">{t('restore.live', { count: live })}</p>}
      <Field label={t('restore.type', { project })}>
        {ids => (
          <Input
            {...ids}
            autoComplete="off"
            spellCheck={false}
            value={typed}
            onChange={event => setTyped(event.target.value)}
            className="font-mono"
          />
        )}
      </Field>
    </FormDialog>
  )
}
