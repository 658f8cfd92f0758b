/** What the user has set, kept in the data folder. */
import { said } from '../said.ts'
import { z } from 'zod'
import { call, nothing } from './call.ts'
import { languages } from '../languages.ts'
import { qualitySchema } from '../segmentation.ts'
import { parseServerUrl } from '../server-url.ts'
import { text } from '../text.ts'

/** A key with its modifiers, as `renderer/actions/shortcut.ts` reads it: 'Mod+Shift+Z', '+', 'Alt+F2'. */
const shortcutSchema = z.string().regex(/^(?:Mod\+)?(?:Alt\+)?(?:Shift\+)?(?:[^\s]|[A-Z][A-Za-z0-9]{1,20})$/u)

/** The interface scale, in steps of this. */
export const scaleLimits = { least: 0.8, most: 2, step: 0.1 } as const

export const settingsSchema = z.object({
  theme: z.enum(['system', 'light', 'dark']),
  /** Of the window; 'system' is the first of the system's languages that it speaks. */
  language: z.enum(['system', ...languages]),
  /** How large the window shows everything but the photo's own pixels; a browser has a zoom of its own. */
  scale: z.number().min(scaleLimits.least).max(scaleLimits.most),
  /** Simplification tolerance of mask polygons, image pixels. */
  tolerance: z.number().min(0).max(20),
  /** Parts and holes of a mask with a smaller area are dropped, image pixels squared. */
  minArea: z.number().min(0).max(10_000),
  /** Small parts: those with less than this share of their object's area are dropped, 0..1. */
  minShare: z.number().min(0).max(0.5),
  /** How hard boxes to masks looks at each box; Prepare folder readies what that needs. */
  quality: qualitySchema,
  modelId: text(),
  /** onnxruntime execution provider; 'cpu' always works, 'auto' is the fastest that was measured here. */
  provider: text(),
  /** Threads of the inference process; 0 = one per physical core. */
  threads: z.int().min(0).max(64),
  /** Of a server that encodes and detects in place of this computer (docs/server.md); empty: nothing leaves it. */
  serverUrl: text('path').refine(
    (url) => url === '' || 'url' in parseServerUrl(url),
    said('{field} is no address of a server'),
  ),
  /** What the encoder is called there; empty: as the chosen model's id. */
  serverModel: text(),
  /** Budget of embeddings kept on disk, bytes; 0 keeps none. */
  embeddingBytes: z.number().min(0),
  hoverPreview: z.boolean(),
  /** The mask of an object that the model made stays with it in the project file, for changing its detail later. */
  keepMasks: z.boolean(),
  /** Of objects that are followed: those less sure are marked for a look, and are not followed further, 0..1. */
  followDoubt: z.number().min(0).max(1),
  followStop: z.number().min(0).max(1),
  /** The statistics tell seconds and inputs an object, from the times of the user's own steps in the project. */
  measurePace: z.boolean(),
  /** The name that the user's edits are kept under. */
  author: z.string().trim().max(100),
  /** The keys of commands that are not the default ones, by the id of the command; none is an empty list. */
  shortcuts: z.record(z.string().min(1).max(60), z.array(shortcutSchema).max(6)),
})
export type Settings = z.infer<typeof settingsSchema>

export const settingsCalls = {
  'settings.get': call(nothing, settingsSchema),
  'settings.set': call(settingsSchema.partial(), settingsSchema),
} as const

export const settingsEvents = {
  'settings.changed': settingsSchema,
} as const
