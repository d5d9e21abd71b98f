import { useQuery } from '@tanstack/react-query'

import type { ScriptList } from '@/api/client'
import { scriptsQuery, shippedJobs, shippedScripts, type Place } from '@/api/scripts'
import { dropDraft } from '@/components/policies/drafts'
import { useDropScript } from '@/hooks/writes'
import { ConfirmDialog } from '@/ui/FormDialog'
import { sayDone, sayFailed } from '@/ui/toast'
import { useT, type Translate } from '@/util/i18n'

/** Whether a script comes with moziplus too. */
const isShipped = (name: string): boolean =>
  [...shippedScripts, ...shippedJobs.map(job => `jobs.${job}`)].some(known => known === name)

/** What is in force after a place's own version of a script is gone; nothing while that is not known. */
function nextLevel(
  place: Place,
  name: string,
  root: ScriptList | undefined,
  t: Translate,
): string | undefined {
  if (place !== undefined) {
    if (!root) return undefined
    const next = root.items.find(script => script.name === name)?.level
    if (next === undefined) return t('policy.removeGone')
    return t('policy.removeNext', { level: t(`policy.level.${next === 'root' ? 'root' : 'built-in'}`) })
  }
  return isShipped(name)
    ? t('policy.removeNext', { level: t('policy.level.built-in') })
    : t('policy.removeMaybe')
}

/** Asks before an override is taken away, and says what follows. */
export function RemoveDialog({ place, name, onClose }: { place: Place; name: string; onClose: () => void }) {
  const t = useT()
  const { data: root } = useQuery(scriptsQuery(undefined))
  const drop = useDropScript(place, name)
  const confirm = () =>
    drop.mutate(undefined, {
      onSuccess: () => {
        dropDraft(place, name)
        sayDone(t('policy.removeDone', { name }))
        onClose()
      },
      onError: sayFailed,
    })
  return (
    <ConfirmDialog
      title={t('policy.removeTitle', { name })}
      description={nextLevel(place, name, root, t)}
      verb={t('policy.remove')}
      look="danger"
      busy={drop.isPending}
      onConfirm={confirm}
      onClose={onClose}
    />
  )
}
