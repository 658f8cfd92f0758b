/** Classes by one digit or two, and what is done with the list of them. */
import { labelOfKey } from '../../common/class-keys.ts'
import { showNotice } from '../state/report.ts'
import type { Session } from '../state/session.ts'
import { hasProject, type Action } from './action.ts'
import { msg } from '../../common/said.ts'
import { t } from '../texts/t.ts'

const CODE_KEY = msg('Part of a code of two digits, which the class has.')

const digits = [1, 2, 3, 4, 5, 6, 7, 8, 9]

const pickClass = (digit: number): Action => ({
  id: `class-${digit}`,
  label: msg('Class {digit}'),
  values: { digit },
  group: 'Classes',
  shortcuts: [String(digit)],
  ...(digit === 1
    ? { keys: '1-9', summary: msg('Keep the object with that class, or give it to the selected objects') }
    : { listed: false }),
  enabled: (state) => labelOfKey(state.labels, String(digit)) !== null,
  run({ labels, workbench }) {
    const label = labelOfKey(labels.store.getState().labels, String(digit))
    if (label) workbench.getState().pickLabel(label.id)
  },
})

/** Longer than it takes to find the second key, shorter than it takes to forget the first, ms. */
const SECOND_DIGIT_MS = 3000

const endCode = (digit: string, { view, labels, workbench }: Session): void => {
  const code = `${view.store.getState().classDigit ?? ''}${digit}`
  view.set({ classDigit: null })
  const label = labelOfKey(labels.store.getState().labels, code)
  if (label) workbench.getState().pickLabel(label.id)
  else showNotice({ level: 'info', message: t('No class has the digits {code}.', { code }) })
}

/** With Alt still held, it is the second one. */
const startCode =
  (digit: string) =>
  (session: Session): void => {
    const { view } = session
    if (view.store.getState().classDigit !== null) {
      endCode(digit, session)
      return
    }
    view.set({ classDigit: digit })
    setTimeout(() => {
      if (view.store.getState().classDigit === digit) view.set({ classDigit: null })
    }, SECOND_DIGIT_MS)
  }

/** The second digit, before it means anything else. */
const secondDigit = (digit: number): Action => ({
  id: `class-second-${digit}`,
  label: msg('Second digit {digit} of a class'),
  values: { digit },
  group: 'Classes',
  shortcuts: [String(digit)],
  listed: false,
  fixed: CODE_KEY,
  enabled: (state) => state.classDigit !== null,
  run: (session) => endCode(String(digit), session),
})

const firstDigit = (digit: number): Action => ({
  id: `class-code-${digit}`,
  label: msg('Class {digit}0 to {digit}9'),
  values: { digit },
  group: 'Classes',
  shortcuts: [`Alt+${digit}`],
  ...(digit === 1
    ? { keys: 'Alt+1-9 0-9', summary: msg('Classes 10 to 99, by two digits: the first with Alt') }
    : { listed: false }),
  enabled: (state) => state.labels.length > 9 || state.labels.some(({ key }) => key?.length === 2),
  run: startCode(String(digit)),
})

/** Before whatever else a digit or Esc does. */
export const secondDigitActions: readonly Action[] = [
  ...[0, ...digits].map(secondDigit),
  {
    id: 'class-code-drop',
    label: msg('Forget the first digit of a class'),
    group: 'Classes',
    shortcuts: ['Escape'],
    listed: false,
    fixed: CODE_KEY,
    enabled: (state) => state.classDigit !== null,
    run: ({ view }) => view.set({ classDigit: null }),
  },
]

export const classActions: readonly Action[] = [
  ...digits.map(firstDigit),
  ...digits.map(pickClass),
  {
    id: 'add-class',
    label: msg('New class'),
    group: 'Classes',
    shortcuts: ['N'],
    enabled: hasProject,
    run: (session) => session.view.set({ addingLabel: true, rightOpen: true }),
  },
  {
    id: 'rename-class',
    label: msg('Rename the current class'),
    group: 'Classes',
    shortcuts: ['F2'],
    enabled: (state) => state.workbench.currentLabelId !== null,
    run: ({ view, workbench }) =>
      view.set({ renamingLabel: workbench.getState().currentLabelId, rightOpen: true }),
  },
  {
    id: 'find-class',
    label: msg('Find a class by its name'),
    group: 'Classes',
    shortcuts: ['/'],
    enabled: hasProject,
    run: ({ view }) => view.set({ classSearch: '', rightOpen: true }),
  },
  {
    id: 'edit-class',
    label: msg('Digits, description and attributes of the current class…'),
    group: 'Classes',
    shortcuts: ['Shift+F2'],
    enabled: (state) => state.workbench.currentLabelId !== null,
    run: ({ view, workbench }) =>
      view.set({ editingLabel: workbench.getState().currentLabelId, rightOpen: true }),
  },
  {
    id: 'gallery',
    label: msg('All objects of the current class side by side, across images'),
    short: msg('All objects of the class side by side'),
    group: 'Classes',
    shortcuts: ['Alt+K'],
    enabled: (state) => state.workbench.currentLabelId !== null,
    run: ({ view }) => view.show('gallery'),
  },
  {
    id: 'merge-class',
    label: msg('Merge the current class, or move its objects…'),
    group: 'Classes',
    shortcuts: [],
    enabled: (state) => state.workbench.currentLabelId !== null && state.labels.length > 1,
    run: ({ view, workbench }) =>
      view.set({ mergingLabel: workbench.getState().currentLabelId, rightOpen: true }),
  },
  {
    id: 'lock-class',
    label: msg('Lock or unlock the current class and its objects'),
    group: 'Classes',
    shortcuts: ['Shift+L'],
    enabled: (state) => state.workbench.currentLabelId !== null,
    async run({ labels, workbench }) {
      const label = labels.get(workbench.getState().currentLabelId)
      if (label) await labels.setLocked(label.id, !label.locked)
    },
  },
]
