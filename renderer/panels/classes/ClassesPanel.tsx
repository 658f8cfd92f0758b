/** The classes of the project, in the order of their digits. */
import { Plus, Search } from 'lucide-react'
import { useEffect, useMemo, useRef, useState } from 'react'
import { toast } from 'sonner'
import { keysOfLabels } from '../../../common/class-keys.ts'
import type { Label, LabelId } from '../../../common/model.ts'
import { namesOfLines } from '../../../common/label-name.ts'
import { attempt } from '../../state/report.ts'
import {
  useApp,
  useLabels,
  useSession,
  useView,
  useWorkbench,
  useWorkbenchActions,
} from '../../state/session-context.ts'
import { namesToAdd } from '../../state/labels.ts'
import { ActionButton } from '../controls/IconButton.tsx'
import { ActionKeys } from '../controls/Keys.tsx'
import { useShortcut } from '../controls/use-keys.ts'
import { onRowKeys } from '../controls/row-keys.ts'
import { ClassMenu } from './ClassMenu.tsx'
import { ClassRow } from './ClassRow.tsx'
import { ClassSearch, findClasses } from './ClassSearch.tsx'
import { DeleteClass } from './DeleteClass.tsx'
import { EditClass } from './EditClass.tsx'
import { MergeClass } from './MergeClass.tsx'
import { NameField } from './NameField.tsx'
import { knownText } from './known-text.ts'
import { rich, t } from '../../texts/t.ts'

/** Classes that have the name of an earlier one in another case: mostly a slip of somebody's list. */
const twinsOf = (labels: readonly Label[]): ReadonlyMap<LabelId, string> => {
  const first = new Map<string, string>()
  const twins = new Map<LabelId, string>()
  for (const { id, name } of labels) {
    const key = name.toLocaleLowerCase()
    const known = first.get(key)
    if (known === undefined) first.set(key, name)
    else twins.set(id, known)
  }
  return twins
}

/** classes.txt is looked at when the folder is opened and when the user comes back to the window. */
const useClassOffer = () => {
  const { classOffer } = useSession()
  const folder = useApp((state) => state.project?.folder ?? null)
  const isLoaded = useLabels().length > 0
  useEffect(() => {
    if (folder === null || !isLoaded) return
    const look = () => attempt(classOffer.look(folder))
    look()
    window.addEventListener('focus', look)
    return () => window.removeEventListener('focus', look)
  }, [classOffer, folder, isLoaded])
}

export const ClassesPanel = () => {
  useClassOffer()
  const { labels, view } = useSession()
  const actions = useWorkbenchActions()
  const list = useLabels()
  const height = useView((state) => state.classesHeight)
  const adding = useView((state) => state.addingLabel)
  const annotations = useWorkbench((state) => state.annotations)
  const currentId = useWorkbench((state) => state.currentLabelId)
  const stopId = list.some(({ id }) => id === currentId) ? currentId : list[0]?.id
  const scroller = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const row = scroller.current?.querySelector('[role="row"][aria-selected="true"]')
    row?.scrollIntoView({ block: 'nearest' })
  }, [currentId])
  const addKey = useShortcut('add-class')
  const [deleting, setDeleting] = useState<Label | null>(null)
  const search = useView((state) => state.classSearch)
  const digit = useView((state) => state.classDigit)
  const editingId = useView((state) => state.editingLabel)
  const mergingId = useView((state) => state.mergingLabel)
  const edited = labels.get(editingId)
  const merged = labels.get(mergingId)
  const shown = useMemo(() => (search === null ? list : findClasses(list, search)), [list, search])
  const keys = useMemo(() => keysOfLabels(list), [list])
  const twins = useMemo(() => twinsOf(list), [list])

  const addLines = async (text: string) => {
    const names = namesOfLines(text)
    const added = await labels.addAll(names)
    const known = namesToAdd(names, []).length - added.length
    const said = t('{count, plural, one {# class} other {# classes}} added.', { count: added.length })
    toast(known > 0 ? `${said} ${knownText(known)}` : said)
  }

  const objects = new Map<string, number>()
  for (const { labelId, proposed } of annotations)
    if (!proposed) objects.set(labelId, (objects.get(labelId) ?? 0) + 1)

  return (
    <section
      className="panel classes-panel"
      aria-label={t('Classes')}
      data-testid="classes-panel"
      style={height === null ? undefined : { height, maxHeight: '80%' }}
    >
      <header className="panel-head">
        <h2>{t('Classes')}</h2>
        {digit !== null && (
          <span className="panel-note" role="status" data-testid="class-digit">
            {t('Class {digit}_', { digit })}
          </span>
        )}
        <span className="panel-tools">
          <ActionButton id="find-class" icon={Search} small side="left" />
          <ActionButton id="add-class" icon={Plus} small side="left" />
          <ClassMenu />
        </span>
      </header>
      {search !== null && <ClassSearch found={shown} />}
      <div className="scroll rows" ref={scroller}>
        <div role="grid" aria-label={t('Classes')} onKeyDown={onRowKeys}>
          {shown.map((label) => (
            <ClassRow
              key={label.id}
              label={label}
              index={list.indexOf(label)}
              digits={keys.get(label.id)}
              twin={twins.get(label.id) ?? null}
              objects={objects.get(label.id) ?? 0}
              stop={label.id === stopId}
              onDelete={setDeleting}
            />
          ))}
        </div>
        {adding && (
          <NameField
            initial=""
            label={t('Name of the new class')}
            placeholder={t('Name, then Enter')}
            onKeep={async (name) => {
              const label = await labels.add(name)
              actions.pickLabel(label.id)
            }}
            onLeave={() => view.set({ addingLabel: false })}
            onPasteLines={(text) => attempt(addLines(text))}
          />
        )}
        {list.length === 0 && !adding && (
          <p className="empty-line">
            {addKey === undefined
              ? t('No class yet. Use the + above to add the first, such as “cup”.')
              : rich('No class yet. Press {key} to add the first, such as “cup”.', {
                  key: <ActionKeys id="add-class" />,
                })}
          </p>
        )}
      </div>
      {search !== null && shown.length === 0 && (
        <p className="empty-line">{t('No class has that in its name.')}</p>
      )}
      {edited && (
        <EditClass key={edited.id} label={edited} onClose={() => view.set({ editingLabel: null })} />
      )}
      {merged && (
        <MergeClass key={merged.id} label={merged} onClose={() => view.set({ mergingLabel: null })} />
      )}
      {deleting !== null && <DeleteClass label={deleting} onClose={() => setDeleting(null)} />}
    </section>
  )
}
