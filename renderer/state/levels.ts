/**
 * How the photos of a folder are shown: brightness, contrast, gamma and channel of the view, for a folder or for one image
 * alone. What the model, the list and exports get does not change. Kept over restarts.
 */
import { createStore, type StoreApi } from 'zustand/vanilla'

export interface ViewLevels {
  /** -100 to 100, in hundredths of half the range. */
  readonly brightness: number
  /** -100 to 100: an eighth to eight times. */
  readonly contrast: number
  /** -100 to 100: the exponent is a tenth to ten. */
  readonly gamma: number
  readonly channel: Channel
}

/** One of them alone is shown as greys. */
export const channels = ['all', 'red', 'green', 'blue', 'grey'] as const
export type Channel = (typeof channels)[number]

export const plainView: ViewLevels = { brightness: 0, contrast: 0, gamma: 0, channel: 'all' }

export const isPlainView = ({ brightness, contrast, gamma, channel }: ViewLevels): boolean =>
  brightness === 0 && contrast === 0 && gamma === 0 && channel === 'all'

/** Red, green and blue of what each channel is; grey is the luma of BT.709. */
const weights: Readonly<Record<Exclude<Channel, 'all'>, string>> = {
  red: '1 0 0',
  green: '0 1 0',
  blue: '0 0 1',
  grey: '0.2126 0.7152 0.0722',
}

/** Values of an SVG feColorMatrix; null where all channels are shown as they are. */
export const matrixOf = ({ channel }: Pick<ViewLevels, 'channel'>): string | null => {
  if (channel === 'all') return null
  const row = `${weights[channel]} 0 0`
  return `${row} ${row} ${row} 0 0 0 1 0`
}

/** The value of gamma as it is written: 1 changes nothing, 2 makes dark parts brighter. */
export const gammaOf = ({ gamma }: Pick<ViewLevels, 'gamma'>): number => 10 ** (gamma / 100)

const ENTRIES = 64

/** What is shown for 0, 1/64, ... 1 of a channel, each 0..1: contrast around the middle, then brightness, then gamma. */
export const tableOf = (levels: Omit<ViewLevels, 'channel'>): number[] => {
  const slope = 8 ** (levels.contrast / 100)
  const exponent = 1 / gammaOf(levels)
  return Array.from({ length: ENTRIES + 1 }, (_, index) => {
    const straight = (index / ENTRIES - 0.5) * slope + 0.5 + levels.brightness / 200
    return Math.min(1, Math.max(0, straight)) ** exponent
  })
}

interface FolderLevels {
  readonly all: ViewLevels
  /** By path; of those that have their own. */
  readonly images: Readonly<Record<string, ViewLevels>>
}

interface LevelsState {
  /** By project file, the one used last at the end. */
  readonly folders: Readonly<Record<string, FolderLevels>>
}

export interface Levels {
  readonly store: StoreApi<LevelsState>
  /** What the image is shown with, and whether that is its own. */
  of(folder: string, path: string): { levels: ViewLevels; isOwn: boolean }
  /** For the image alone when it has its own, else for the folder. */
  set(folder: string, path: string, change: Partial<ViewLevels>): void
  /** The image gets levels of its own, or those of the folder again. */
  setOwn(folder: string, path: string, isOwn: boolean): void
}

const KEY = 'maskwright.levels'
/** Of the browser's memory: older ones go. */
const MOST_FOLDERS = 50
const MOST_IMAGES = 200

const numberOf = (value: unknown) =>
  typeof value === 'number' && value >= -100 && value <= 100 ? Math.round(value) : 0

const levelsOf = (kept: unknown): ViewLevels => {
  const given = (typeof kept === 'object' && kept !== null ? kept : {}) as Record<string, unknown>
  return {
    brightness: numberOf(given.brightness),
    contrast: numberOf(given.contrast),
    gamma: numberOf(given.gamma),
    channel: channels.find((channel) => channel === given.channel) ?? 'all',
  }
}

const entriesOf = (value: unknown): [string, unknown][] =>
  typeof value === 'object' && value !== null ? Object.entries(value) : []

const remembered = (memory: Pick<Storage, 'getItem'>): LevelsState['folders'] => {
  try {
    const folders = entriesOf(JSON.parse(memory.getItem(KEY) ?? '{}'))
    return Object.fromEntries(
      folders.map(([folder, kept]) => {
        const { all, images } = kept as { all?: unknown; images?: unknown }
        const own = entriesOf(images).map(([path, one]): [string, ViewLevels] => [path, levelsOf(one)])
        return [folder, { all: levelsOf(all), images: Object.fromEntries(own) }]
      }),
    )
  } catch {
    return {}
  }
}

const none: FolderLevels = { all: plainView, images: {} }

/** The record with `key` at its end, and at most `most` entries. */
const withLast = <T>(record: Readonly<Record<string, T>>, key: string, value: T, most: number) =>
  Object.fromEntries(
    [...Object.entries(record).filter(([other]) => other !== key), [key, value] as const].slice(-most),
  )

export const createLevels = (memory: Pick<Storage, 'getItem' | 'setItem'>): Levels => {
  const store = createStore<LevelsState>(() => ({ folders: remembered(memory) }))
  const folderOf = (folder: string) => store.getState().folders[folder] ?? none
  const keep = (folder: string, value: FolderLevels) => {
    const folders = withLast(store.getState().folders, folder, value, MOST_FOLDERS)
    store.setState({ folders })
    memory.setItem(KEY, JSON.stringify(folders))
  }
  const of: Levels['of'] = (folder, path) => {
    const { all, images } = folderOf(folder)
    const own = images[path]
    return { levels: own ?? all, isOwn: own !== undefined }
  }
  return {
    store,
    of,
    set(folder, path, change) {
      const { levels, isOwn } = of(folder, path)
      const before = folderOf(folder)
      const next = { ...levels, ...change }
      if (isOwn) keep(folder, { ...before, images: withLast(before.images, path, next, MOST_IMAGES) })
      else keep(folder, { ...before, all: next })
    },
    setOwn(folder, path, isOwn) {
      const before = folderOf(folder)
      const { levels } = of(folder, path)
      const images = isOwn
        ? withLast(before.images, path, levels, MOST_IMAGES)
        : Object.fromEntries(Object.entries(before.images).filter(([other]) => other !== path))
      keep(folder, { ...before, images })
    },
  }
}
