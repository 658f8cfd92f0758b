/** The classes of the project, in the order of their digits. */
import { Plus } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import type { Label } from '../../../common/model.ts'
import {
  useLabels,
  useSession,
  useView,
  useWorkbench,
  useWorkbenchActions,
} from '../../state/session-context.ts'
import { ActionButton } from '../controls/IconButton.tsx'
import { Key } from '../controls/Keys.tsx'
import { onRowKeys } from '../controls/row-keys.ts'
import { ClassRow } from './ClassRow.tsx'
import { DeleteClass } from './DeleteClass.tsx'
import { NameField } from './NameField.tsx'

export const ClassesPanel = () => {
  const { labels, view } = useSession()
  const actions = useWorkbenchActions()
  const list = useLabels()
  const adding = useView((state) => state.addingLabel)
  const annotations = useWorkbench((state) => state.annotations)
  const currentId = useWorkbench((state) => state.currentLabelId)
  const stopId = list.some(({ id }) => id === currentId) ? currentId : list[0]?.id
  const scroller = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const row = scroller.current?.querySelector('[role="option"][aria-selected="true"]')
    row?.scrollIntoView({ block: 'nearest' })
  }, [currentId])
  const [deleting, setDeleting] = useState<Label | null>(null)

  const objects = new Map<string, number>()
  for (const { labelId } of annotations) objects.set(labelId, (objects.get(labelId) ?? 0) + 1)

  return (
    <section className="panel classes-panel" aria-label="Classes" data-testid="classes-panel">
      <header className="panel-head">
        <h2>Classes</h2>
        <ActionButton id="add-class" icon={Plus} small side="left" />
      </header>
      <div className="scroll rows" ref={scroller} role="listbox" aria-label="Classes" onKeyDown={onRowKeys}>
        {list.map((label, index) => (
          <ClassRow
            key={label.id}
            label={label}
            index={index}
            objects={objects.get(label.id) ?? 0}
            stop={label.id === stopId}
            onDelete={setDeleting}
          />
        ))}
        {adding && (
          <NameField
            initial=""
            label="Name of the new class"
            placeholder="Name, then Enter"
            onKeep={async (name) => {
              const label = await labels.add(name)
              actions.pickLabel(label.id)
            }}
            onLeave={() => view.set({ addingLabel: false })}
          />
        )}
        {list.length === 0 && !adding && (
          <p className="empty-line">
            No class yet. Press <Key name="N" /> to add the first, such as “cup”.
          </p>
        )}
      </div>
      {deleting !== null && <DeleteClass label={deleting} onClose={() => setDeleting(null)} />}
    </section>
  )
}
