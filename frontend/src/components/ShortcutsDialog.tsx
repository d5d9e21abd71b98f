import { Dialog, DialogBody } from '@/ui/Dialog'
import { Kbd } from '@/ui/Panel'
import { useT } from '@/util/i18n'

const list = [
  ['Ctrl K', 'shortcut.palette'],
  ['C', 'shortcut.create'],
  ['G O', 'shortcut.overview'],
  ['G B', 'shortcut.board'],
  ['G A', 'shortcut.agents'],
  ['G M', 'shortcut.mail'],
  ['G E', 'shortcut.events'],
  ['G P', 'shortcut.policies'],
  ['G K', 'shortcut.knowledge'],
  ['G U', 'shortcut.spend'],
  ['G S', 'shortcut.operations'],
  ['/', 'shortcut.filter'],
  ['← ↑ ↓ →', 'shortcut.move'],
  ['↵', 'shortcut.open'],
  ['M', 'shortcut.moveMenu'],
  ['⇧ → ←', 'shortcut.moveCard'],
  ['?', 'shortcut.help'],
] as const

export function ShortcutsDialog({
  open,
  onOpenChange,
}: {
  open: boolean
  onOpenChange: (open: boolean) => void
}) {
  const t = useT()
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={t('shortcut.title')}
      closeLabel={t('action.close')}
    >
      <DialogBody>
        <dl className="flex flex-col">
          {list.map(([pressed, key]) => (
            <div
              key={key}
              className="flex items-center justify-between border-b border-line py-2 last:border-0"
            >
              <dt className="text-sm">{t(key)}</dt>
              <dd className="flex gap-1">
                {pressed.split(' ').map(one => (
                  <Kbd key={one}>{one}</Kbd>
                ))}
              </dd>
            </div>
          ))}
        </dl>
      </DialogBody>
    </Dialog>
  )
}
