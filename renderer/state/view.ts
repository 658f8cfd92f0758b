/** What of the window is open and how wide; nothing of the project. Kept over restarts where it is a preference. */
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { LabelId } from '../../common/model.ts'

type DialogName =
  | 'open-folder'
  | 'film'
  | 'export'
  | 'settings'
  | 'shortcuts'
  | 'keys'
  | 'palette'
  | 'boxes'
  | 'detect'
  | 'import'
  | 'merge'
  | 'mirror'
  | 'server'
  | 'save-copy'
  | 'runs'
  | 'checks'
  | 'updates'
  | 'licences'
  | 'statistics'
  | 'grid'
  | 'gallery'

export interface ViewState {
  readonly dialog: DialogName | null
  /** Where the labels lie that the dialog of imports opens with; empty when that is to be chosen. */
  readonly importPath: string
  /** The file that the dialog of detectors opens with; empty when it is to be chosen. */
  readonly detectPath: string
  /** The film that its dialog opens with; empty when it is to be chosen. */
  readonly filmPath: string
  /** The classes panel shows the field for a new class. */
  readonly addingLabel: boolean
  readonly renamingLabel: LabelId | null
  /** What is said of this class is being changed. */
  readonly editingLabel: LabelId | null
  /** The objects of this class are to become another's. */
  readonly mergingLabel: LabelId | null
  /** What the list of classes is searched for; null while it shows all. */
  readonly classSearch: string | null
  /** The first of two digits that pick a class was pressed. */
  readonly classDigit: string | null
  readonly leftWidth: number
  readonly rightWidth: number
  /** CSS pixels; null until the user sets it: as much as it needs, up to half. */
  readonly classesHeight: number | null
  readonly leftOpen: boolean
  readonly rightOpen: boolean
  /** The list's head has the field for the number of an image. */
  readonly jumping: boolean
  /** What is being said of the image on screen: why it is flagged, or its tags. */
  readonly marking: 'flag' | 'tags' | null
  /** The panel of brightness, contrast and gamma. */
  readonly levelsOpen: boolean
  /** The panel of how objects are shown. */
  readonly lookOpen: boolean
  /** The slider of detail is to have the focus. */
  readonly detailAsked: boolean
  /** What the selected objects are told is shown under their list. */
  readonly attributesOpen: boolean
  /** The first field of it is to have the focus. */
  readonly attributesAsked: boolean
  /** The list of steps that can be taken back. */
  readonly historyOpen: boolean
}

export interface View {
  readonly store: StoreApi<ViewState>
  show(dialog: DialogName | null): void
  /** The dialog of imports, with this path in it. */
  showImport(path: string): void
  /** The dialog of detectors, with this file in it. */
  showDetect(path: string): void
  /** The dialog of films, with this file in it. */
  showFilm(path: string): void
  set(change: Partial<ViewState>): void
}

const KEY = 'maskwright.view'
const initial: ViewState = {
  dialog: null,
  importPath: '',
  detectPath: '',
  filmPath: '',
  addingLabel: false,
  renamingLabel: null,
  editingLabel: null,
  mergingLabel: null,
  classSearch: null,
  classDigit: null,
  leftWidth: 232,
  rightWidth: 256,
  classesHeight: null,
  leftOpen: true,
  rightOpen: true,
  jumping: false,
  marking: null,
  levelsOpen: false,
  lookOpen: false,
  detailAsked: false,
  attributesOpen: true,
  attributesAsked: false,
  historyOpen: false,
}

const remembered = (memory: Pick<Storage, 'getItem'>): Partial<ViewState> => {
  try {
    const kept = JSON.parse(memory.getItem(KEY) ?? '{}') as Partial<ViewState>
    const width = (value: unknown, fallback: number) =>
      typeof value === 'number' && value >= 160 && value <= 480 ? value : fallback
    return {
      leftWidth: width(kept.leftWidth, initial.leftWidth),
      rightWidth: width(kept.rightWidth, initial.rightWidth),
      classesHeight: typeof kept.classesHeight === 'number' ? kept.classesHeight : null,
      leftOpen: kept.leftOpen !== false,
      rightOpen: kept.rightOpen !== false,
      attributesOpen: kept.attributesOpen !== false,
    }
  } catch {
    return {}
  }
}

export const createView = (memory: Pick<Storage, 'getItem' | 'setItem'>): View => {
  const store = createStore<ViewState>(() => ({ ...initial, ...remembered(memory) }))
  store.subscribe(({ leftWidth, rightWidth, classesHeight, leftOpen, rightOpen, attributesOpen }) =>
    memory.setItem(
      KEY,
      JSON.stringify({ leftWidth, rightWidth, classesHeight, leftOpen, rightOpen, attributesOpen }),
    ),
  )
  return {
    store,
    show: (dialog) => store.setState({ dialog, importPath: '', detectPath: '', filmPath: '' }),
    showImport: (importPath) => store.setState({ dialog: 'import', importPath }),
    showDetect: (detectPath) => store.setState({ dialog: 'detect', detectPath }),
    showFilm: (filmPath) => store.setState({ dialog: 'film', filmPath }),
    set: (change) => store.setState(change),
  }
}
