import { useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { Mails, PenLine } from 'lucide-react'
import { useState } from 'react'

import { mailboxes, mailListQuery, mailWants } from '@/api/mail'
import { ComposeDialog } from '@/components/mail/ComposeDialog'
import { Conversation } from '@/components/mail/Conversation'
import { MailList } from '@/components/mail/MailList'
import { talksOf } from '@/components/mail/talks'
import { useMore } from '@/hooks/useMore'
import { useNearEnd } from '@/hooks/useNearEnd'
import { useTitle } from '@/hooks/useTitle'
import { Button } from '@/ui/Button'
import { Select } from '@/ui/Field'
import { Page } from '@/ui/Page'
import { Segments } from '@/ui/Segments'
import { Empty, Failure, SkeletonRows } from '@/ui/states'
import { cx } from '@/util/cx'
import { useT } from '@/util/i18n'

const route = getRouteApi('/mail')

/** What agents and people write to each other. */
export function MailPage() {
  const t = useT()
  const { box = 'inbox', mail: selected, want } = route.useSearch()
  const navigate = route.useNavigate()
  const [composing, setComposing] = useState(false)
  const list = useInfiniteQuery(mailListQuery(box, want))
  const { data, error, refetch } = list
  const end = useNearEnd(useMore(list))
  useTitle(t('nav.mail'))
  return (
    <Page
      bleed
      title={t('nav.mail')}
      actions={
        <div className="ml-auto flex flex-wrap items-center gap-2">
          <Segments
            label={t('mail.boxes')}
            value={box}
            options={mailboxes.map(key => ({ key, name: t(`mail.box.${key}`) }))}
            onChange={key => void navigate({ search: { box: key, want }, replace: true })}
          />
          <Select
            aria-label={t('mail.only')}
            value={want ?? ''}
            onChange={event =>
              void navigate({
                search: { box, want: mailWants.find(one => one === event.target.value) },
                replace: true,
              })
            }
            className="w-32! text-xs [&>select]:h-7"
          >
            <option value="">{t('mail.only.all')}</option>
            {mailWants.map(one => (
              <option key={one} value={one}>
                {t(`mail.only.${one}`)}
              </option>
            ))}
          </Select>
          <Button size="sm" icon={<PenLine className="size-3.5" />} onClick={() => setComposing(true)}>
            {t('mail.compose')}
          </Button>
        </div>
      }
    >
      <div className="md:grid md:h-full md:grid-cols-[320px_minmax(0,1fr)]">
        <nav
          aria-label={t('mail.conversations')}
          data-scroll
          className={cx(
            'border-line md:overflow-y-auto md:border-r',
            selected !== undefined && 'max-md:hidden',
          )}
        >
          {error && !data ? (
            <Failure error={error} retry={() => void refetch()} />
          ) : !data ? (
            <div className="p-4">
              <SkeletonRows rows={6} height="h-14" />
            </div>
          ) : (
            <MailList
              talks={talksOf(data.pages.flatMap(page => page.items))}
              box={box}
              want={want}
              selected={selected}
            />
          )}
          <div ref={end} />
        </nav>
        <div
          data-scroll
          className={cx('px-4 py-5 md:overflow-y-auto md:px-6', selected === undefined && 'max-md:hidden')}
        >
          {selected === undefined ? (
            <Empty icon={<Mails className="size-5" />} title={t('mail.choose')} className="pt-24">
              {t('mail.chooseHint')}
            </Empty>
          ) : (
            <Conversation key={selected} id={selected} box={box} want={want} />
          )}
        </div>
      </div>
      {composing && <ComposeDialog onClose={() => setComposing(false)} />}
    </Page>
  )
}
