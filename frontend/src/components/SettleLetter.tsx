import { useSettleLetter } from '@/hooks/writes'
import { Button } from '@/ui/Button'
import { sayDone, sayFailed } from '@/ui/toast'
import { useT } from '@/util/i18n'

/** What a person may do with a late write: carry it out after all, or drop it. */
export function SettleLetter({ project, letter }: { project: string; letter: number }) {
  const t = useT()
  const settle = useSettleLetter(project)
  const act = (how: 'apply' | 'discard') =>
    settle.mutate(
      { id: letter, how },
      { onSuccess: () => sayDone(t(`letter.${how}Done`)), onError: sayFailed },
    )
  return (
    <span className="flex gap-1.5">
      <Button size="sm" busy={settle.isPending} onClick={() => act('apply')}>
        {t('letter.apply')}
      </Button>
      <Button size="sm" look="ghost" busy={settle.isPending} onClick={() => act('discard')}>
        {t('letter.discard')}
      </Button>
    </span>
  )
}
