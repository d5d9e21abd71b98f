import { useQuery } from '@tanstack/react-query'
import { KeyRound, RefreshCw, X } from 'lucide-react'
import { useState } from 'react'

import { apiKeysQuery } from '@/api/access'
import type { ApiKey } from '@/api/client'
import { CreateKeyDialog, SecretDialog } from '@/components/operations/KeyDialogs'
import { useRevokeKey, useRotateKey } from '@/hooks/access-writes'
import { useNow } from '@/hooks/useNow'
import { Button, IconButton } from '@/ui/Button'
import { ConfirmDialog } from '@/ui/FormDialog'
import { Box, Panel, Tag } from '@/ui/Panel'
import { Empty, Failure, SkeletonRows } from '@/ui/states'
import { Ago } from '@/ui/time'
import { sayDone, sayFailed } from '@/ui/toast'
import { cx } from '@/util/cx'
import { dateOnly } from '@/util/format'
import { useLanguage, useT } from '@/util/i18n'

/** A secret that the server has just told, and will not tell again. */
interface Told {
  name: string
  secret: string
}

/** Keys to the API: made, renewed and ended here. */
export function KeysSection() {
  const t = useT()
  const { data: all, error, refetch } = useQuery(apiKeysQuery)
  const [creating, setCreating] = useState(false)
  const [told, setTold] = useState<Told>()
  const now = useNow('minute')
  const isOver = (key: ApiKey) =>
    key.revoked_at !== null || (key.expires_at !== null && new Date(key.expires_at).getTime() <= now)
  const create = (
    <Button size="sm" icon={<KeyRound className="size-3.5" />} onClick={() => setCreating(true)}>
      {t('keys.create')}
    </Button>
  )
  return (
    <>
      <Panel title={t('keys.title')} count={all?.filter(key => !isOver(key)).length} action={create}>
        <p className="mb-3 max-w-2xl text-xs text-pretty text-ink-3">{t('keys.explain')}</p>
        {error && !all ? (
          <Failure error={error} retry={() => void refetch()} />
        ) : !all ? (
          <SkeletonRows rows={3} height="h-14" />
        ) : (
          <Box>
            {all.length === 0 ? (
              <Empty icon={<KeyRound className="size-5" />} title={t('keys.none')}>
                {t('keys.noneHint')}
              </Empty>
            ) : (
              <ul>
                {all
                  .toSorted((a, b) => Number(isOver(a)) - Number(isOver(b)))
                  .map(key => (
                    <KeyRow key={key.id} apiKey={key} over={isOver(key)} onTold={setTold} />
                  ))}
              </ul>
            )}
          </Box>
        )}
      </Panel>
      {creating && (
        <CreateKeyDialog
          onClose={() => setCreating(false)}
          onMade={({ key, secret }) => {
            setCreating(false)
            setTold({ name: key.name, secret })
          }}
        />
      )}
      {told && <SecretDialog {...told} onClose={() => setTold(undefined)} />}
    </>
  )
}

interface RowProps {
  apiKey: ApiKey
  /** It opens nothing any more. */
  over: boolean
  onTold: (told: Told) => void
}

function KeyRow({ apiKey, over, onTold }: RowProps) {
  const { t, locale } = useLanguage()
  const [asking, setAsking] = useState<'rotate' | 'revoke'>()
  const rotate = useRotateKey()
  const revoke = useRevokeKey()
  const { id, name } = apiKey
  const carryOut = {
    rotate: () =>
      rotate.mutate(id, {
        onSuccess: ({ secret }) => {
          setAsking(undefined)
          onTold({ name, secret })
        },
        onError: sayFailed,
      }),
    revoke: () =>
      revoke.mutate(id, {
        onSuccess: () => {
          setAsking(undefined)
          sayDone(t('keys.revoked', { name }))
        },
        onError: sayFailed,
      }),
  }
  const reach = [apiKey.agent, apiKey.project, apiKey.task].filter(Boolean).join(' · ')
  return (
    <li className="flex items-center gap-3 border-b border-line px-4 py-2.5 last:border-0">
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <span className={cx('text-sm font-medium wrap-anywhere', over && 'text-ink-3')}>{name}</span>
          <Tag className={apiKey.scope === 'human' ? 'text-amber!' : ''}>
            {t(`keys.scope.${apiKey.scope}`)}
          </Tag>
          {reach && <span className="text-xs text-ink-3">{reach}</span>}
          {apiKey.revoked_at ? (
            <Tag className="text-red!">{t('keys.isRevoked')}</Tag>
          ) : (
            over && <Tag className="text-red!">{t('keys.expired')}</Tag>
          )}
        </p>
        <p className="flex flex-wrap gap-x-3 text-xs text-ink-3">
          <code className="font-mono">{apiKey.prefix}…</code>
          <span>
            {apiKey.last_used_at ? (
              <>
                {t('keys.used')} <Ago at={apiKey.last_used_at} />
              </>
            ) : (
              t('keys.unused')
            )}
          </span>
          {!over && (
            <span>
              {apiKey.expires_at
                ? t('keys.until', { at: dateOnly(apiKey.expires_at, locale) })
                : t('keys.forever')}
            </span>
          )}
          <span>
            {t('keys.madeBy', { who: apiKey.created_by })} <Ago at={apiKey.created_at} />
          </span>
        </p>
      </div>
      {!over && (
        <span className="flex gap-1">
          <IconButton
            label={t('keys.rotateOf', { name })}
            icon={<RefreshCw className="size-3.5" />}
            onClick={() => setAsking('rotate')}
          />
          <IconButton
            label={t('keys.revokeOf', { name })}
            icon={<X className="size-3.5" />}
            onClick={() => setAsking('revoke')}
          />
        </span>
      )}
      {asking && (
        <ConfirmDialog
          title={t(`keys.${asking}Of`, { name })}
          description={t(`keys.${asking}Hint`)}
          verb={t(`keys.${asking}`)}
          look={asking === 'revoke' ? 'danger' : 'primary'}
          busy={rotate.isPending || revoke.isPending}
          onConfirm={carryOut[asking]}
          onClose={() => setAsking(undefined)}
        />
      )}
    </li>
  )
}
