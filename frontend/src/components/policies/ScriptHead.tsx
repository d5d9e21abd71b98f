import { Copy, RotateCcw, Save, Trash2 } from 'lucide-react'

import type { Script, ScriptProblem } from '@/api/client'
import { levelOf, type Place } from '@/api/scripts'
import { LevelTag } from '@/components/policies/ScriptList'
import type { ScriptText } from '@/components/policies/useScriptText'
import { Button } from '@/ui/Button'
import { useT } from '@/util/i18n'

interface HeadProps {
  place: Place
  found: Script
  script: ScriptText
  elsewhere: ScriptProblem | undefined
  onRemove: () => void
}

/** Which script it is, and what can be done with it. */
export function ScriptHead({ place, found, script, elsewhere, onRemove }: HeadProps) {
  const t = useT()
  const own = found.level === levelOf(place)
  const broken = script.isChecked && script.problems.length > 0
  const blocked = elsewhere && t('policy.mendOther', { file: elsewhere.file })
  return (
    <header className="flex flex-wrap items-center gap-x-3 gap-y-2">
      <div className="min-w-0">
        <h2 className="flex items-center gap-2 text-base font-semibold">
          {found.name}
          <LevelTag level={found.level} />
          {script.isDraft && <span className="text-xs font-normal text-amber">{t('policy.unsaved')}</span>}
        </h2>
        <p className="font-mono text-2xs wrap-anywhere text-ink-3">{found.path}</p>
      </div>
      <div className="ml-auto flex flex-wrap items-center gap-2">
        {script.editable ? (
          <>
            {own && (
              <Button size="sm" look="ghost" icon={<Trash2 className="size-3.5" />} onClick={onRemove}>
                {t('policy.remove')}
              </Button>
            )}
            <Button
              size="sm"
              icon={<RotateCcw className="size-3.5" />}
              reason={script.isDraft ? undefined : t('policy.nothingToSave')}
              onClick={script.discard}
            >
              {t('policy.discard')}
            </Button>
            <Button
              size="sm"
              look="primary"
              icon={<Save className="size-3.5" />}
              busy={script.isSaving}
              reason={!script.isDraft ? t('policy.nothingToSave') : broken ? t('policy.mendFirst') : blocked}
              onClick={script.save}
            >
              {t('policy.save')}
            </Button>
          </>
        ) : (
          <Button
            size="sm"
            look="primary"
            icon={<Copy className="size-3.5" />}
            busy={script.isSaving}
            reason={blocked}
            onClick={script.override}
          >
            {t('policy.override')}
          </Button>
        )}
      </div>
    </header>
  )
}
