/** Classes by digit, and new ones. */
import { hasProject, type Action } from './action.ts'

const digits = [1, 2, 3, 4, 5, 6, 7, 8, 9]

const pickClass = (digit: number): Action => ({
  id: `class-${digit}`,
  label: `Class ${digit}`,
  group: 'Classes',
  shortcuts: [String(digit)],
  ...(digit === 1
    ? { keys: '1-9', summary: 'Keep the object with that class, or give it to the selected objects' }
    : { listed: false }),
  enabled: (state) => state.labels.length >= digit,
  run({ labels, workbench }) {
    const label = labels.store.getState().labels[digit - 1]
    if (label) workbench.getState().pickLabel(label.id)
  },
})

export const classActions: readonly Action[] = [
  ...digits.map(pickClass),
  {
    id: 'add-class',
    label: 'New class',
    group: 'Classes',
    shortcuts: ['N'],
    enabled: hasProject,
    run: (session) => session.view.set({ addingLabel: true, rightOpen: true }),
  },
  {
    id: 'rename-class',
    label: 'Rename the current class',
    group: 'Classes',
    shortcuts: ['F2'],
    enabled: (state) => state.workbench.currentLabelId !== null,
    run: ({ view, workbench }) =>
      view.set({ renamingLabel: workbench.getState().currentLabelId, rightOpen: true }),
  },
  {
    id: 'lock-class',
    label: 'Lock or unlock the current class and its objects',
    group: 'Classes',
    shortcuts: ['Shift+L'],
    enabled: (state) => state.workbench.currentLabelId !== null,
    async run({ labels, workbench }) {
      const label = labels.get(workbench.getState().currentLabelId)
      if (label) await labels.setLocked(label.id, !label.locked)
    },
  },
]
