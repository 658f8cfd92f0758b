/** A project file that can't be opened: says why, offers what can be done, does it and opens the folder. */
import { ArchiveRestore, FilePlus2, FolderOpen, LifeBuoy } from 'lucide-react'
import { useState, type ComponentType } from 'react'
import { toast } from 'sonner'
import type { Damage, Repaired, RepairSource } from '../../../common/damage.ts'
import { attempt } from '../../state/report.ts'
import { useSession } from '../../state/session-context.ts'
import { Modal } from '../controls/Modal.tsx'
import { momentText } from '../../texts/numbers.ts'
import { errorText, heard } from '../../texts/heard.ts'
import { t } from '../../texts/t.ts'

interface Choice {
  readonly key: string
  readonly from: RepairSource
  readonly backup?: string
  readonly icon: ComponentType<{ size: number; strokeWidth: number; 'aria-hidden': boolean }>
  readonly title: string
  readonly detail: string
  /** What the button says. */
  readonly verb: string
}

/** How many backups are offered at once; the older ones when they are asked for. */
const SHOWN_BACKUPS = 2

const choicesOf = ({ backups, canSalvage }: Damage): Choice[] => [
  ...backups.map(({ file, madeAt, objects, labelledImages }): Choice => ({
    key: file,
    from: 'backup',
    backup: file,
    icon: ArchiveRestore,
    title: t('Open the backup of {time}', { time: momentText(madeAt) }),
    detail: t(
      '{objects, plural, one {# object} other {# objects}} on {images, plural, one {# image} other {# images}}. What was done later is not in it.',
      { objects, images: labelledImages },
    ),
    verb: t('Open the backup'),
  })),
  ...(canSalvage
    ? [
        {
          key: 'salvage',
          from: 'salvage' as const,
          icon: LifeBuoy,
          title: t('Save what can be read'),
          detail: t(
            'Images, classes and objects of the damaged file, as far as they are whole. Undo starts anew.',
          ),
          verb: t('Save what can be read'),
        },
      ]
    : []),
  {
    key: 'new',
    from: 'new',
    icon: FilePlus2,
    title: t('Start an empty project'),
    detail: t('Your images stay as they are; no object is in it.'),
    verb: t('Start empty'),
  },
]

/** What a repair has brought back, and where the damaged file is. */
const showRepaired = ({ from, objects, images, kept, notes }: Repaired): void => {
  const name = kept.replace(/^.*[\\/]/, '')
  toast.success(
    from === 'new'
      ? t('A new project was made')
      : t(
          'Repaired: {objects, plural, one {# object} other {# objects}}, {images, plural, one {# image} other {# images}}',
          { objects, images },
        ),
    {
      description: [...notes.map(heard), t('The damaged file is kept beside it as {name}.', { name })].join(
        ' ',
      ),
      duration: 20_000,
    },
  )
}

const ChoiceCard = ({
  choice: { icon: Icon, title, detail, from },
  chosen,
  disabled,
  onPick,
}: {
  choice: Choice
  chosen: boolean
  disabled: boolean
  onPick: () => void
}) => (
  <button
    type="button"
    role="radio"
    className="card repair-choice"
    aria-checked={chosen}
    disabled={disabled}
    data-testid={`repair-${from}`}
    onClick={onPick}
  >
    <Icon size={18} strokeWidth={1.75} aria-hidden />
    <b>{title}</b>
    <span>{detail}</span>
  </button>
)

export const RepairDialog = ({ damage }: { damage: Damage }) => {
  const session = useSession()
  const choices = choicesOf(damage)
  const [picked, setPicked] = useState(choices[0]?.key)
  const [all, setAll] = useState(false)
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const chosen = choices.find(({ key }) => key === picked)
  const isHidden = (index: number) => !all && index >= SHOWN_BACKUPS && index < damage.backups.length
  const hidden = choices.filter((_, index) => isHidden(index)).length

  const repair = async ({ from, backup }: Choice) => {
    setBusy(true)
    setProblem(null)
    try {
      const { folder } = damage
      const repaired = await session.client.call('project.repair', { folder, from, backup })
      session.forgetDamage()
      await session.openFolder(folder)
      showRepaired(repaired)
    } catch (thrown) {
      setProblem(errorText(thrown))
      setBusy(false)
    }
  }
  return (
    <Modal
      open
      onClose={() => !busy && session.forgetDamage()}
      title={t('This project can’t be opened')}
      description={heard(damage.reason)}
      testId="repair-dialog"
      width={560}
      footer={
        <>
          <span className="foot-note">{t('The damaged file is kept in each case.')}</span>
          <button type="button" className="button" disabled={busy} onClick={() => session.forgetDamage()}>
            {t('Not now')}
          </button>
          <button
            type="button"
            className="button primary"
            disabled={busy || !chosen}
            data-testid="repair-run"
            onClick={() => chosen && void repair(chosen)}
          >
            {busy ? t('Repairing…') : chosen?.verb}
          </button>
        </>
      }
    >
      <div className="repair-choices" role="radiogroup" aria-label={t('What to do')}>
        {choices.map(
          (choice, index) =>
            !isHidden(index) && (
              <ChoiceCard
                key={choice.key}
                choice={choice}
                chosen={choice.key === picked}
                disabled={busy}
                onPick={() => setPicked(choice.key)}
              />
            ),
        )}
      </div>
      <div className="repair-more">
        {hidden > 0 && (
          <button type="button" className="button ghost" onClick={() => setAll(true)}>
            {t('{count, plural, one {# older backup} other {# older backups}}…', { count: hidden })}
          </button>
        )}
        <button
          type="button"
          className="button ghost"
          onClick={() => attempt(session.client.call('folders.reveal', { folder: damage.folder }))}
        >
          <FolderOpen size={14} strokeWidth={1.75} aria-hidden />
          {t('Show folder')}
        </button>
      </div>
      {problem !== null && (
        <p className="error-line" role="alert">
          {problem}
        </p>
      )}
    </Modal>
  )
}
