import { MessageCircleQuestion } from 'lucide-react'
import { useState } from 'react'

import type { Checkpoint, Project } from '@/api/client'
import { NeedRow, ofTask } from '@/components/needs/NeedRow'
import { useAnswerCheckpoint } from '@/hooks/writes'
import { Button } from '@/ui/Button'
import { Input } from '@/ui/Field'
import { sayDone, sayFailed } from '@/ui/toast'
import { useT } from '@/util/i18n'

/** A question to a person, answered where it stands. */
export function CheckpointRow({ project, checkpoint }: { project: Project; checkpoint: Checkpoint }) {
  const t = useT()
  const answer = useAnswerCheckpoint(project.id)
  const [text, setText] = useState('')
  const send = (words: string) =>
    answer.mutate(
      { id: checkpoint.id, answer: words },
      { onSuccess: () => sayDone(t('checkpoint.done')), onError: sayFailed },
    )
  return (
    <NeedRow
      icon={<MessageCircleQuestion className="size-3.5 text-amber" />}
      {...ofTask(project, checkpoint.task)}
      title={checkpoint.question}
      detail={checkpoint.asked_by}
      at={checkpoint.created_at}
    >
      {checkpoint.options.length > 0 ? (
        checkpoint.options.map(option => (
          <Button key={option} size="sm" busy={answer.isPending} onClick={() => send(option)}>
            {option}
          </Button>
        ))
      ) : (
        <form
          className="flex gap-1.5"
          onSubmit={event => {
            event.preventDefault()
            if (text.trim()) send(text.trim())
          }}
        >
          <Input
            aria-label={t('checkpoint.answer')}
            placeholder={t('checkpoint.answer')}
            value={text}
            onChange={event => setText(event.target.value)}
            className="h-7! w-44"
          />
          <Button
            size="sm"
            type="submit"
            busy={answer.isPending}
            reason={text.trim() ? undefined : t('checkpoint.empty')}
          >
            {t('checkpoint.send')}
          </Button>
        </form>
      )}
    </NeedRow>
  )
}
