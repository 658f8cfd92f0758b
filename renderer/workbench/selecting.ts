/**
 * What is selected and what is hidden, as the workbench's actions: what is hidden is not selected, and what is selected
 * or used is shown again.
 */
import type { Annotation, AnnotationId, LabelId } from '../../common/model.ts'
import { isHidden } from '../tools/stage-view.ts'
import { t } from '../texts/t.ts'
import { pickedAt, stepPick } from './pick.ts'
import { isSameSelection, keptOf, noSelection, selectionOf, toggled, type Selected } from './selection.ts'
import type { WorkbenchPorts, WorkbenchStore } from './store.ts'

type Hiding = Pick<WorkbenchStore, 'hiddenLabels' | 'hiddenObjects'>

interface SelectingPorts extends Pick<WorkbenchPorts, 'notify' | 'getLabels'> {
  readonly read: () => WorkbenchStore
  readonly set: (change: Partial<WorkbenchStore>) => void
  /** What is selected or hidden has changed: all that follows from it is to be worked out anew. */
  onChange(): void
}

type Actions = Pick<
  WorkbenchStore,
  | 'select'
  | 'toggleSelected'
  | 'selectAll'
  | 'toggleHidden'
  | 'toggleLabelHidden'
  | 'showAll'
  | 'hideOnly'
  | 'pickWith'
  | 'openMenu'
  | 'closeMenu'
>

export interface Selecting {
  readonly actions: Actions
  /** A class that is used is not hidden any more: what was done to an object must be seen. */
  readonly showLabels: (labelIds: readonly LabelId[]) => void
  /** As for classes. */
  showObjects(annotations: readonly Annotation[]): void
}

export const createSelecting = (ports: SelectingPorts): Selecting => {
  const { read, set } = ports
  const visible = () => read().annotations.filter((annotation) => !isHidden(read(), annotation))

  const showLabels = (labelIds: readonly LabelId[]) => {
    const hidden = read().hiddenLabels
    const shown = ports.getLabels().filter(({ id }) => hidden.has(id) && labelIds.includes(id))
    if (shown.length === 0) return
    const ids = new Set(shown.map(({ id }) => id))
    set({ hiddenLabels: new Set([...hidden].filter((id) => !ids.has(id))) })
    ports.onChange()
    const names = shown.map(({ name }) => name).join(', ')
    ports.notify('info', t('{names} was hidden, and is shown again.', { names }))
  }
  const unhide = (ids: ReadonlySet<AnnotationId>) => {
    const hidden = read().hiddenObjects
    const left = [...hidden].filter((id) => !ids.has(id))
    if (left.length < hidden.size) set({ hiddenObjects: new Set(left) })
  }

  const choose = (chosen: Selected) => {
    if (isSameSelection(read(), chosen)) return
    const { selection, selected } = chosen
    set({ selection, selected })
    unhide(selection)
    const labelIds = read().annotations.flatMap(({ id, labelId }) => (selection.has(id) ? labelId : []))
    showLabels([...new Set(labelIds)])
    ports.onChange()
  }
  const hide = (change: Partial<Hiding>) => {
    set(change)
    const seen = new Set(visible().map(({ id }) => id))
    const { selection, selected } = keptOf(read(), (id) => seen.has(id))
    set({ selection, selected })
    ports.onChange()
  }

  return {
    showLabels,
    showObjects(annotations) {
      unhide(new Set(annotations.map(({ id }) => id)))
      showLabels(annotations.map(({ labelId }) => labelId))
    },
    actions: {
      select: (id) => choose(id === null ? noSelection : selectionOf([id])),
      toggleSelected: (id) => choose(toggled(read(), id)),
      selectAll: (ids) => choose(selectionOf(ids)),
      toggleHidden(annotationIds) {
        const { hiddenObjects } = read()
        const ids = new Set(annotationIds)
        const others = [...hiddenObjects].filter((id) => !ids.has(id))
        const allHidden = others.length + ids.size === hiddenObjects.size
        hide({ hiddenObjects: new Set(allHidden ? others : [...others, ...ids]) })
      },
      toggleLabelHidden(labelId) {
        const hiddenLabels = new Set(read().hiddenLabels)
        if (!hiddenLabels.delete(labelId)) hiddenLabels.add(labelId)
        hide({ hiddenLabels })
      },
      showAll: () => hide({ hiddenLabels: new Set(), hiddenObjects: new Set() }),
      hideOnly: ({ hiddenLabels, hiddenObjects }) => hide({ hiddenLabels, hiddenObjects }),
      openMenu(place, point) {
        const { selection, selected, view } = read()
        const seen = { selection, selected, visible: visible(), scale: view.scale }
        const under = point ? pickedAt(seen, point).map(({ id }) => id) : selected === null ? [] : [selected]
        const [first] = under
        if (first !== undefined && !under.some((id) => selection.has(id))) choose(selectionOf([first]))
        set({ menu: { ...place, under } })
      },
      closeMenu: () => set({ menu: null }),
      pickWith(step) {
        const { pick, selection, selected, view } = read()
        const seen = { selection, selected, visible: visible(), scale: view.scale }
        const next = stepPick(pick, step, seen)
        set({ pick: next.pick })
        if (isSameSelection(seen, next.selected)) ports.onChange()
        else choose(next.selected)
      },
    },
  }
}
