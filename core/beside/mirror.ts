/**
 * The mirror of a project: files beside its photos that are kept in step with each commit. It owns what waits to be
 * written. What the project asked for before it was ended is written after the next opening, when every photo is
 * looked at; so a kill loses nothing but time.
 */
import { randomUUID } from 'node:crypto'
import type { MirrorState } from '../../common/contract/mirror.ts'
import type { Problem } from '../../common/contract/work.ts'
import { isChanged } from '../../common/changed-picture.ts'
import { imagesOfDiff, type Diff } from '../../common/diff.ts'
import { CodedError, hasCode, messageOf } from '../../common/errors.ts'
import { attributesOption } from '../../common/formats/shared-options.ts'
import type { ImageId } from '../../common/model.ts'
import { said } from '../../common/said.ts'
import type { ExportSource, Writer } from '../export/export-project.ts'
import { besideOf } from '../export/names.ts'
import { readProblem } from '../import/objects.ts'
import type { Format } from '../formats/format.ts'
import type { Permits } from './permits.ts'
import { exportBeside } from './export-beside.ts'
import { removeBeside } from './output.ts'

export interface Mirror {
  state(): MirrorState
  /** @throws CodedError bad-input for a format that can't lie beside photos; what storing throws */
  set(format: string | null, takeOver?: boolean): MirrorState
  /** Tells the project's files from others; made when it is first asked for. @throws what storing throws */
  uid(): string
  /** Something was stored. */
  touch(diff: Diff): void
  /** Looks at every photo: what is not as it should be is written. */
  catchUp(): void
  /** Writes what commits have left waiting, for some seconds at most; afterwards nothing is written. */
  close(): Promise<void>
}

export interface MirrorOptions {
  readonly source: ExportSource
  readonly formats: readonly Format[]
  readonly version: string
  /** The project's own notes of it. */
  readonly notes: {
    get(key: 'uid' | 'mirror'): string | null
    set(key: 'uid' | 'mirror', value: string): void
  }
  /** Of this machine. */
  readonly permits: Permits
  readonly onChange: (state: MirrorState) => void
  /** After the last commit, ms. */
  readonly delay?: number
  /** What failed is tried again after this, ms. */
  readonly againAfter?: number
}

/** Photos of one portion: other calls are answered in between. */
const PORTION = 40
/** A row of commits is written at the latest after this, ms. */
const LATEST = 2000
/** The usual `againAfter`. */
const AGAIN_AFTER = 10_000
/** Closing waits for commits that are not written yet, ms; the next opening writes the rest. */
const PATIENCE = 10_000
const LISTED = 100

interface LeftPhoto {
  readonly problem: Problem
  readonly canTakeOver: boolean
}

type Besides = Writer & { readonly id: string; readonly ending: string }

export const createMirror = (options: MirrorOptions): Mirror => {
  const {
    source,
    formats,
    version,
    notes,
    permits,
    onChange,
    delay = 400,
    againAfter = AGAIN_AFTER,
  } = options
  /** Touched by commits, and the rest of a look at every photo. */
  const fresh = new Set<ImageId>()
  const rest = new Set<ImageId>()
  const left = new Map<ImageId, LeftPhoto>()
  const takeOver = new Set<ImageId>()
  let failure: string | null = null
  let timer: NodeJS.Timeout | null = null
  let firstAt = 0
  let running: Promise<void> | null = null
  let closing = false

  const writerOf = (id: string | null): Besides | null => {
    const format = formats.find(({ about }) => about.id === id)
    const { about, write } = format ?? {}
    return about?.liesBeside === undefined || !write
      ? null
      : { ...about, write, ending: about.liesBeside.ending }
  }
  const asked = () => writerOf(notes.get('mirror'))
  const isPermitted = () => permits.has(notes.get('uid') ?? '')
  const writer = () => (isPermitted() ? asked() : null)
  const uid = (): string => {
    const known = notes.get('uid')
    if (known !== null) return known
    const made = randomUUID()
    notes.set('uid', made)
    return made
  }

  const state = (): MirrorState => {
    const all = [...left.values()]
    return {
      format: writer()?.id ?? null,
      isAsked: asked() !== null && !isPermitted(),
      waiting: new Set([...fresh, ...rest]).size,
      left: all.slice(0, LISTED).map(({ problem }) => problem),
      leftCount: all.length,
      foreign: all.filter(({ canTakeOver }) => canTakeOver).length,
      failure,
    }
  }
  const tell = () => {
    if (!closing) onChange(state())
  }

  /** Writes the files of these photos, and takes those away of photos with nothing on them. */
  const write = async (ids: readonly ImageId[], format: Besides, replace: boolean): Promise<void> => {
    const items = source.read(ids)
    const idOf = new Map(items.map(({ image }) => [image.path, image.id]))
    for (const id of ids) left.delete(id)
    const leave = (image: string, message: string, canTakeOver: boolean) => {
      const id = idOf.get(image)
      if (id !== undefined) left.set(id, { problem: readProblem(image, message), canTakeOver })
    }
    const request = {
      format: format.id,
      out: source.folder,
      copyImages: false,
      validation: 0,
      seed: 0,
      beside: true,
      // Nothing that the format can hold is missing in what is kept under version control.
      options: Object.fromEntries(
        format.options.flatMap(({ id }) => (id === attributesOption.id ? [[id, true]] : [])),
      ),
    }
    const given = {
      writer: format,
      source: { ...source, imageIds: () => ids },
      version,
      signal: new AbortController().signal,
      onProgress: () => undefined,
    }
    const done = await exportBeside(request, given, { project: uid(), takeOver: replace }).catch(
      (thrown: unknown) => {
        if (hasCode(thrown, 'not-found')) return null
        throw thrown
      },
    )
    for (const { image, left: reason, why } of done?.left ?? []) leave(image, reason, why !== 'blocked')
    for (const { image, annotationId, message } of done?.leftOut ?? [])
      if (image !== null && annotationId === null && !done!.images.has(image)) leave(image, message, false)
    for (const { image, annotations, damaged } of source.read(ids)) {
      if (done?.images.has(image.path) === true || left.has(image.id) || damaged.length > 0) continue
      if (image.problem !== null || isChanged(image)) {
        if (annotations.length > 0) leave(image.path, said('The photo can’t be read, or has changed.'), false)
        continue
      }
      const path = besideOf(image.path, format.ending)
      const place = { folder: source.folder, project: uid(), takeOver: replace }
      const kept = await removeBeside(place, image.path, path)
      // A file of somebody else is no trouble where we have nothing to say.
      if (kept?.why === 'changed') leave(image.path, kept.left, true)
    }
  }

  const takeFrom = (set: Set<ImageId>): ImageId[] => {
    const some = [...set].slice(0, PORTION)
    for (const id of some) {
      fresh.delete(id)
      rest.delete(id)
    }
    return some
  }

  const writeAll = async () => {
    for (;;) {
      const format = writer()
      if (format === null) {
        fresh.clear()
        rest.clear()
      }
      const some = takeFrom(fresh.size > 0 || closing ? fresh : rest)
      if (format === null || some.length === 0) return
      try {
        for (const replace of [false, true]) {
          const ids = some.filter((id) => takeOver.has(id) === replace)
          if (ids.length > 0) await write(ids, format, replace)
        }
        for (const id of some) takeOver.delete(id)
        failure = null
      } catch (thrown) {
        for (const id of some) fresh.add(id)
        failure = messageOf(thrown)
        return
      } finally {
        tell()
      }
    }
  }

  const start = () => {
    timer = null
    running ??= writeAll().finally(() => {
      running = null
      if (fresh.size + rest.size > 0 && !closing) schedule(failure === null ? 0 : againAfter)
    })
  }
  const schedule = (wait: number) => {
    if (timer !== null) clearTimeout(timer)
    timer = setTimeout(start, wait)
    timer.unref()
  }
  const soon = () => {
    const now = performance.now()
    if (timer === null) firstAt = now
    schedule(Math.max(0, Math.min(delay, firstAt + LATEST - now)))
  }
  const lookAtAll = () => {
    for (const id of source.imageIds()) rest.add(id)
    soon()
  }

  return {
    state,
    uid,
    set(format, replace = false) {
      if (format !== null && writerOf(format) === null)
        throw new CodedError(
          'bad-input',
          said('"{format}" is no format whose files lie beside photos.', { format }),
        )
      if (replace) for (const [id, { canTakeOver }] of left) if (canTakeOver) takeOver.add(id)
      if (format !== writer()?.id) left.clear()
      failure = null
      if (format !== null) permits.give(uid())
      notes.set('mirror', format ?? '')
      if (format !== null) lookAtAll()
      tell()
      return state()
    },
    touch(diff) {
      if (writer() === null) return
      for (const id of imagesOfDiff(diff)) fresh.add(id)
      // A class has another name: its objects are anywhere.
      if (diff.labels.updated.some(([from, to]) => from.name !== to.name)) lookAtAll()
      if (fresh.size > 0) soon()
    },
    catchUp() {
      if (writer() !== null) lookAtAll()
    },
    async close() {
      closing = true
      if (timer !== null) clearTimeout(timer)
      const patience = new Promise<void>((resolve) => setTimeout(resolve, PATIENCE).unref())
      const last = (async () => {
        await running
        if (failure === null) await writeAll()
      })()
      await Promise.race([last, patience])
    },
  }
}
