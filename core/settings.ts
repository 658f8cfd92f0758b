/** The user's settings: a JSON file in the data folder, checked when it is read. */
import { existsSync, renameSync } from 'node:fs'
import { userInfo } from 'node:os'
import { join } from 'node:path'
import { settingsSchema, type Settings } from '../common/contract/settings.ts'
import type { CallInput } from '../common/contract.ts'
import { parseServerUrl } from '../common/server-url.ts'
import { messageOf } from '../common/errors.ts'
import { said } from '../common/said.ts'
import { freeName, writeFileAtomic } from './files/atomic.ts'
import { readSmallTextSync } from './files/small-file.ts'
import type { InferenceOptions } from './inference/client/inference.ts'

/** The name of the system's user; empty when the system has none for this process. */
const systemUser = (): string => {
  try {
    return userInfo().username.trim().slice(0, 100)
  } catch {
    // Node throws where the user has no entry, as in some containers.
    return ''
  }
}

export const defaultSettings: Settings = {
  theme: 'system',
  language: 'system',
  scale: 1,
  // Half a pixel: below what a person can place, and the polygon keeps .99 of the mask at a radius of 10 px.
  tolerance: 0.5,
  // One of the decoder's 256 x 256 cells covers 4 x 4 px of a 1024-px image: what is smaller is interpolation, not
  // something that the model saw.
  minArea: 16,
  // Measured on 209 COCO objects: 1.31 rings an object after a click instead of 2.64, at the same IoU (docs/performance.md).
  minShare: 0.01,
  quality: 'good',
  modelId: 'mobile-sam',
  provider: 'auto',
  threads: 0,
  serverUrl: '',
  serverModel: '',
  // Some 2,000 images at 2 MB each.
  embeddingBytes: 4e9,
  hoverPreview: false,
  keepMasks: true,
  // Below .7 are a fifth of the frames, and J of the rest is .86 (docs/follow.md).
  followDoubt: 0.7,
  followStop: 0.5,
  measurePace: true,
  author: systemUser(),
  shortcuts: {},
}

export interface SettingsFile {
  get(): Settings
  /** Saves and returns what holds now; an empty author stands for the system's user. @throws CodedError disk-full, not-writable */
  set(change: CallInput<'settings.set'>): Settings
}

/** Ours has a few hundred bytes. */
const LONGEST_FILE = 1_000_000

/** The file's JSON object; null when it holds none. */
const readObject = (file: string): object | null => {
  try {
    const value: unknown = JSON.parse(readSmallTextSync(file, { limit: LONGEST_FILE }))
    return typeof value === 'object' && !Array.isArray(value) ? value : null
  } catch {
    return null
  }
}

/** Each setting that is there and valid; the others stay at their defaults. */
const salvage = (value: object | null): { settings: Settings; bad: string[] } => {
  if (value === null) return { settings: defaultSettings, bad: [said('all of it')] }
  const settings: Record<string, unknown> = { ...defaultSettings }
  const bad: string[] = []
  for (const [key, schema] of Object.entries(settingsSchema.shape)) {
    if (!(key in value)) continue
    const parsed = schema.safeParse((value as Record<string, unknown>)[key])
    if (parsed.success) settings[key] = parsed.data
    else bad.push(key)
  }
  return { settings: settingsSchema.parse(settings), bad }
}

const textOf = (settings: Settings) => `${JSON.stringify(settings, null, 2)}\n`

/** Puts the file under a name of its own and in its place what could be saved of it; says where it is now. */
const setAside = (file: string, settings: Settings): string => {
  const day = new Date().toISOString().slice(0, 10)
  const aside = freeName(`${file}.damaged-${day}`)
  try {
    renameSync(file, aside)
    writeFileAtomic(file, textOf(settings))
    return said('The damaged file is kept as {aside}.', { aside })
  } catch (thrown) {
    return existsSync(aside)
      ? said('The damaged file is kept as {aside}.', { aside })
      : said('It could not be set aside: {why}', { why: messageOf(thrown) })
  }
}

/** Reads the file; a damaged one is set aside under another name, and `warn` is called with a message. */
const load = (file: string, warn: (message: string) => void): Settings => {
  if (!existsSync(file)) return defaultSettings
  const { settings, bad } = salvage(readObject(file))
  if (bad.length === 0) return settings
  const kept = setAside(file, settings)
  warn(
    said('The settings file was damaged ({bad}); the defaults are used for that. {kept}', {
      bad: bad.join(', '),
      kept,
    }),
  )
  return settings
}

export const openSettings = (dataFolder: string, warn: (message: string) => void): SettingsFile => {
  const file = join(dataFolder, 'settings.json')
  let settings = load(file, warn)
  return {
    get: () => settings,
    set(change) {
      const given = Object.entries(change).filter(([, value]) => value !== undefined)
      const wanted = settingsSchema.parse({ ...settings, ...Object.fromEntries(given) })
      const next = { ...wanted, author: wanted.author || defaultSettings.author }
      writeFileAtomic(file, textOf(next))
      settings = next
      return settings
    },
  }
}

export const inferenceOptionsOf = ({
  modelId,
  provider,
  threads,
  embeddingBytes,
  serverUrl,
  serverModel,
}: Settings): InferenceOptions => {
  const parsed = parseServerUrl(serverUrl)
  return {
    modelId,
    provider,
    threads,
    embeddingBytes,
    server: 'url' in parsed ? { url: parsed.url, model: serverModel.trim() } : null,
  }
}
