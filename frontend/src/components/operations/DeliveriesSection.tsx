import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { CircleAlert, CircleCheck, Clock3, RotateCw, Send, Webhook } from 'lucide-react'
import { useState } from 'react'

import { deliveryStateValues } from '@/api/__generated__/schema'
import { channelsIn, deliveriesQuery, webhooksQuery } from '@/api/access'
import type { Delivery, DeliveryState } from '@/api/client'
import { configQuery } from '@/api/queries'
import { ProjectSelect } from '@/components/ProjectSelect'
import { useRetryDelivery, useTestChannel } from '@/hooks/access-writes'
import { Button } from '@/ui/Button'
import { Disclosure } from '@/ui/Disclosure'
import { Select } from '@/ui/Field'
import { Box, Fact, Panel, Tag } from '@/ui/Panel'
import { Segments } from '@/ui/Segments'
import { Empty, Failure, SkeletonRows } from '@/ui/states'
import { Ago } from '@/ui/time'
import { sayDone, sayFailed } from '@/ui/toast'
import { cx } from '@/util/cx'
import { fullTime } from '@/util/format'
import { useLanguage, useT } from '@/util/i18n'

const states = ['all', ...deliveryStateValues] as const

/** What was sent out and what came in, and whether it arrived. */
export function DeliveriesSection() {
  return (
    <div className="flex flex-col gap-7">
      <ChannelTest />
      <Outgoing />
      <Incoming />
    </div>
  )
}

/** Sends a message by a channel, so that a person sees whether it works. */
function ChannelTest() {
  const t = useT()
  const [project, setProject] = useState<string>()
  const [chosen, setChannel] = useState('')
  const { data: config } = useQuery(configQuery(project))
  const test = useTestChannel()
  const channels = channelsIn(config?.settings)
  const channel = channels.includes(chosen) ? chosen : channels[0]
  const send = () => {
    if (channel === undefined) return
    test.mutate(
      { channel, project },
      { onSuccess: () => sayDone(t('deliveries.tested', { channel })), onError: sayFailed },
    )
  }
  return (
    <Box className="flex flex-wrap items-center gap-x-3 gap-y-2 px-4 py-3">
      <p className="min-w-0 flex-1 basis-64 text-xs text-pretty text-ink-2">
        {t(channels.length > 0 ? 'deliveries.testHint' : 'deliveries.noChannels')}
      </p>
      <ProjectSelect
        label={t('config.view')}
        none={t('deliveries.daemon')}
        value={project}
        onChange={setProject}
      />
      <Select
        aria-label={t('deliveries.channel')}
        value={channel ?? ''}
        onChange={event => setChannel(event.target.value)}
        className="w-36! text-xs [&>select]:h-7"
      >
        {channels.length === 0 && <option value="">–</option>}
        {channels.map(name => (
          <option key={name}>{name}</option>
        ))}
      </Select>
      <Button
        size="sm"
        icon={<Send className="size-3.5" />}
        busy={test.isPending}
        reason={channel === undefined ? t('deliveries.noChannels') : undefined}
        onClick={send}
      >
        {t('deliveries.test')}
      </Button>
    </Box>
  )
}

function Outgoing() {
  const t = useT()
  const [state, setState] = useState<(typeof states)[number]>('all')
  const { data, error, refetch, hasNextPage, isFetching, fetchNextPage } = useInfiniteQuery(
    deliveriesQuery(state === 'all' ? undefined : state),
  )
  const deliveries = data?.pages.flatMap(page => page.items)
  return (
    <Panel
      title={t('deliveries.out')}
      action={
        <Segments
          label={t('deliveries.state')}
          value={state}
          options={states.map(key => ({ key, name: t(`deliveries.${key}`) }))}
          onChange={setState}
        />
      }
    >
      {error && !data ? (
        <Failure error={error} retry={() => void refetch()} />
      ) : !deliveries ? (
        <SkeletonRows rows={4} />
      ) : (
        <Box>
          {deliveries.length === 0 ? (
            <Empty icon={<Send className="size-5" />} title={t('deliveries.none')}>
              {t('deliveries.noneHint')}
            </Empty>
          ) : (
            <ul>
              {deliveries.map(delivery => (
                <li key={delivery.id} className="border-b border-line last:border-0">
                  <DeliveryRow delivery={delivery} />
                </li>
              ))}
            </ul>
          )}
        </Box>
      )}
      {hasNextPage && (
        <Button size="sm" className="mt-3 self-center" busy={isFetching} onClick={() => void fetchNextPage()}>
          {t('board.more')}
        </Button>
      )}
    </Panel>
  )
}

const stateSigns: Record<DeliveryState, { icon: typeof Clock3; color: string }> = {
  waiting: { icon: Clock3, color: 'text-amber' },
  delivered: { icon: CircleCheck, color: 'text-green' },
  failed: { icon: CircleAlert, color: 'text-red' },
}

function DeliveryRow({ delivery }: { delivery: Delivery }) {
  const { t, locale, said } = useLanguage()
  const retry = useRetryDelivery()
  const { icon: Icon, color } = stateSigns[delivery.state]
  return (
    <Disclosure
      className="flex flex-wrap items-center gap-x-3 gap-y-1"
      beside={
        delivery.state === 'failed' && (
          <Button
            size="sm"
            icon={<RotateCw className="size-3.5" />}
            busy={retry.isPending}
            aria-label={t('deliveries.retryOf', { title: delivery.title })}
            onClick={() => retry.mutate(delivery.id, { onError: sayFailed })}
          >
            {t('deliveries.retry')}
          </Button>
        )
      }
      head={
        <>
          <span className={cx('flex w-24 items-center gap-1.5 text-xs font-medium', color)}>
            <Icon className="size-3.5" />
            {t(`deliveries.${delivery.state}`)}
          </span>
          <span className="min-w-16">
            <Tag>{delivery.channel}</Tag>
          </span>
          <span className="min-w-0 flex-1 basis-48 truncate text-sm">{delivery.title}</span>
          <span className="flex items-center gap-3 text-xs text-ink-3 tabular-nums">
            {delivery.attempts > 1 && t('deliveries.tries', { count: delivery.attempts })}
            <Ago at={delivery.created_at} className="sm:w-16 sm:text-right" />
          </span>
        </>
      }
    >
      <div className="flex flex-col gap-3 px-4 py-3">
        {delivery.error && <p className="text-xs wrap-anywhere text-red">{said(delivery.error)}</p>}
        <p className="text-sm wrap-anywhere whitespace-pre-line">{delivery.text}</p>
        <dl className="grid grid-cols-2 gap-x-4 gap-y-2 sm:grid-cols-4">
          <Fact label={t('task.project')}>{delivery.project ?? t('deliveries.daemon')}</Fact>
          <Fact label={t('deliveries.status')}>{delivery.status ?? '–'}</Fact>
          <Fact label={t('deliveries.attempts')}>{delivery.attempts}</Fact>
          <Fact label={t(delivery.ended_at ? 'deliveries.ended' : 'deliveries.next')}>
            {fullTime(delivery.ended_at ?? delivery.due_at, locale)}
          </Fact>
        </dl>
        <p className="font-mono text-2xs wrap-anywhere text-ink-3">{delivery.message}</p>
      </div>
    </Disclosure>
  )
}

function Incoming() {
  const t = useT()
  const { data: webhooks, error, refetch } = useQuery(webhooksQuery)
  if (error && !webhooks) return <Failure error={error} retry={() => void refetch()} />
  return (
    <Panel title={t('webhooks.title')} count={webhooks?.length || undefined}>
      {!webhooks ? (
        <SkeletonRows rows={2} />
      ) : (
        <Box>
          {webhooks.length === 0 ? (
            <Empty icon={<Webhook className="size-5" />} title={t('webhooks.none')}>
              {t('webhooks.noneHint')}
            </Empty>
          ) : (
            <ul>
              {webhooks.map(one => (
                <li
                  key={one.id}
                  className="flex flex-wrap items-center gap-x-3 gap-y-1 border-b border-line px-4 py-2 text-xs last:border-0"
                >
                  <Tag>{one.source}</Tag>
                  <span className="text-sm">{one.event}</span>
                  <span className={cx('tabular-nums', one.lines === 0 && 'text-ink-3')}>
                    {t('webhooks.lines', { count: one.lines })}
                  </span>
                  <span className="min-w-0 truncate font-mono text-2xs text-ink-3">{one.delivery}</span>
                  <Ago at={one.at} className="ml-auto text-ink-3" />
                </li>
              ))}
            </ul>
          )}
        </Box>
      )}
    </Panel>
  )
}
