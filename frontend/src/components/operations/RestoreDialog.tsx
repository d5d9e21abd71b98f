import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'

import { ApiError, type Backup } from '@/api/client'
import { statusQuery } from '@/api/queries'
import { useRestoreBackup } from '@/hooks/writes'
import { Button } from '@/ui/Button'
import { Dialog, DialogBody, DialogFooter } from '@/ui/Dialog'
import { Field, Input } from '@/ui/Field'
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
  const problem = restore.error instanceof ApiError ? restore.error.problem : undefined
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t('restore.title', { project })}
      description={t('restore.explain', { at: fullTime(backup.created_at, locale) })}
      closeLabel={t('action.close')}
    >
      <form
        onSubmit={event => {
          event.preventDefault()
          if (typed !== project || restore.isPending) return
          restore.mutate(
            { backup: backup.id, project },
            {
              onSuccess: () => {
                sayDone(t('restore.done', { project }))
                onClose()
              },
            },
          )
        }}
      >
        <DialogBody>
          {live > 0 && <p className="mb-3 text-sm text-amber">{t('restore.live', { count: live })}</p>}
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
          {restore.error && (
            <div role="alert" className="mt-3 text-sm text-red">
              {restore.error.message}
              {problem?.hint && <p className="text-xs text-ink-3">{problem.hint}</p>}
            </div>
          )}
        </DialogBody>
        <DialogFooter>
          <Button look="ghost" onClick={onClose}>
            {t('action.back')}
          </Button>
          <Button
            look="danger"
            type="submit"
            busy={restore.isPending}
            reason={typed === project ? undefined : t('restore.type', { project })}
          >
            {t('backups.restore')}
          </Button>
        </DialogFooter>
      </form>
    </Dialog>
  )
}
