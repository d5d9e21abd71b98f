import { Bookmark, ChevronDown, X } from 'lucide-react'
import { useState } from 'react'

import type { View } from '@/components/board'
import { dropView, sameView, saveView, viewStore } from '@/components/views'
import { Button } from '@/ui/Button'
import { Field, Input } from '@/ui/Field'
import { FormDialog } from '@/ui/FormDialog'
import { Menu, MenuChoice, MenuItem, MenuLine } from '@/ui/Menu'
import { sayDone } from '@/ui/toast'
import { useT } from '@/util/i18n'
import { useStore } from '@/util/store'

interface Props {
  project: string
  view: View
  onChoose: (view: View) => void
}

/** Views that were saved in this browser: to go to one, save what is shown, or let one go. */
export function SavedViews({ project, view, onChoose }: Props) {
  const t = useT()
  const [naming, setNaming] = useState(false)
  const saved = useStore(viewStore)[project] ?? []
  const current = saved.find(one => sameView(one.view, view))
  return (
    <>
      <Menu
        align="end"
        trigger={
          <Button
            size="sm"
            look={current ? 'secondary' : 'ghost'}
            icon={<Bookmark className="size-3.5" />}
            className="max-w-40"
          >
            <span className="truncate max-md:sr-only">{current?.name ?? t('board.views')}</span>
            <ChevronDown className="size-3" />
          </Button>
        }
      >
        {saved.map(one => (
          <MenuChoice key={one.name} checked={one === current} onCheckedChange={() => onChoose(one.view)}>
            {one.name}
          </MenuChoice>
        ))}
        {saved.length === 0 && (
          <p className="max-w-56 px-2 py-1.5 text-xs text-pretty text-ink-3">{t('board.viewsNone')}</p>
        )}
        <MenuLine />
        <MenuItem onSelect={() => setNaming(true)}>{t('board.saveView')}</MenuItem>
        {current && (
          <MenuItem icon={<X className="size-3.5" />} onSelect={() => dropView(project, current.name)}>
            {t('board.viewDrop', { name: current.name })}
          </MenuItem>
        )}
      </Menu>
      {naming && <NameDialog project={project} view={view} onClose={() => setNaming(false)} />}
    </>
  )
}

function NameDialog({ project, view, onClose }: { project: string; view: View; onClose: () => void }) {
  const t = useT()
  const [text, setText] = useState('')
  const name = text.trim()
  const save = () => {
    saveView(project, { name, view })
    sayDone(t('board.viewSaved', { name }))
    onClose()
  }
  return (
    <FormDialog
      title={t('board.viewSave')}
      verb={t('board.viewSave')}
      reason={name ? undefined : t('board.viewNeedsName')}
      error={null}
      onSubmit={save}
      onClose={onClose}
    >
      <Field label={t('board.viewName')}>
        {ids => (
          <Input {...ids} maxLength={40} value={text} onChange={event => setText(event.target.value)} />
        )}
      </Field>
    </FormDialog>
  )
}
