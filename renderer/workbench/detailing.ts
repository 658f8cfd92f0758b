/**
 * Detail after the fact: another detail for the outlines of the selected objects that keep their mask. While the slider
 * moves the outlines are tried on; they become one edit when it rests, and before anything else is done. What is tried on
 * is the very record that is stored then, so that what follows fits it.
 */
import { diffOf, type Diff } from '../../common/diff.ts'
import type { DetailSource } from '../../common/geometry/detail.ts'
import { countVertices } from '../../common/geometry/measure.ts'
import { isLocked } from '../../common/locks.ts'
import type { Annotation, AnnotationId } from '../../common/model.ts'
import { detailSourceOf, withDetail } from '../../common/object-detail.ts'
import type { Outliner } from '../segmentation/outliner.ts'
import type { DetailState } from '../tools/detail-state.ts'
import type { WorkbenchPorts, WorkbenchStore } from './store.ts'
import { errorText } from '../texts/heard.ts'

interface DetailingPorts extends Pick<WorkbenchPorts, 'client' | 'notify' | 'now'> {
  readonly outliner: Outliner
  read(): Pick<WorkbenchStore, 'annotations' | 'selection' | 'selected' | 'lockedLabels' | 'detail'>
  show(detail: DetailState | null): void
  /** What is tried on has changed: all that is drawn is to be worked out anew. */
  onTry(): void
  /** As the document has them, without what is tried on. */
  stored(): readonly Annotation[]
  commit(diff: Diff): Promise<boolean>
}

export interface Detailing {
  /** The selection or an object has changed. */
  update(): void
  /** The objects with what is tried on. */
  shown(annotations: readonly Annotation[]): readonly Annotation[]
  /** Stores what is tried on. */
  settle(): void
  readonly actions: Pick<WorkbenchStore, 'setDetail' | 'settleDetail'>
}

/** Outlines are looked at when a selection has lasted this long, ms: most are gone before. */
const LOOK_AFTER = 200
/** Of more objects than these the IoU is reckoned when the slider moves, and not before. */
const MOST_LOOKED_AT = 50
/** A key of the slider may be pressed again within this, ms, and is one step with the one before. */
const SETTLE_AFTER = 800
/** More objects are not given another detail at once. */
const MOST = 1000

interface Loaded {
  readonly ids: readonly AnnotationId[]
  readonly sources: readonly DetailSource[]
}

const totalOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0)
/** Of one version of an object. */
const keyOf = ({ id, updatedAt }: Annotation) => `${id}@${updatedAt}`

export const createDetailing = (ports: DetailingPorts): Detailing => {
  let chosen: readonly Annotation[] = []
  /** What was looked at last: most that happens changes neither. */
  let seen: Partial<Pick<WorkbenchStore, 'selection' | 'annotations'>> = {}
  let loaded: Promise<Loaded | null> | null = null
  /** By the id of the object: what it is to become. */
  let tried = new Map<AnnotationId, { readonly from: Annotation; readonly to: Annotation }>()
  /** Versions that come of what was stored here: what is known of them is known already. */
  let own = new Set<string>()
  let timer: ReturnType<typeof setTimeout> | undefined
  /** The detail that was asked for last; null before the slider was moved. */
  let wanted: number | null = null
  /** What is tried on is to be stored as soon as it is there. */
  let isDue = false

  const later = (run: () => void, ms: number) => {
    clearTimeout(timer)
    timer = setTimeout(run, ms)
  }
  const isHeld = (annotation: Annotation) => isLocked(annotation, (id) => ports.read().lockedLabels.has(id))
  const fail = (thrown: unknown) => ports.notify('error', errorText(thrown))

  const load = async (objects: readonly Annotation[]): Promise<Loaded> => {
    const ids = [...new Set(objects.flatMap(({ mask }) => mask?.id ?? []))]
    const { masks } = await ports.client.call('masks.get', { ids })
    const byId = new Map(masks.map((mask) => [mask.id, mask]))
    const pairs = objects.flatMap((annotation) => {
      const mask = byId.get(annotation.mask?.id ?? '')
      const source = mask && detailSourceOf(annotation, mask)
      return source ? [{ id: annotation.id, source }] : []
    })
    return { ids: pairs.map(({ id }) => id), sources: pairs.map(({ source }) => source) }
  }

  const outline = async (detail: number | null): Promise<void> => {
    const mine = (loaded ??= load(chosen).catch((thrown: unknown) => (fail(thrown), null)))
    const isOverdue = () => mine !== loaded || wanted !== detail
    const found = await mine
    if (!found || isOverdue()) return
    const byId = new Map(chosen.map((annotation) => [annotation.id, annotation]))
    const objects = found.ids.map((id) => byId.get(id)!)
    const details = objects.map(({ mask }) => detail ?? mask?.detail ?? 0)
    const outlines = await ports.outliner.outlines(found.sources, details)
    if (!outlines || isOverdue()) return
    if (detail !== null) {
      const updatedAt = ports.now()
      tried = new Map()
      objects.forEach((from, index) => {
        const made = outlines[index]
        if (!made || isHeld(from) || from.mask?.detail === detail) return
        const change = withDetail(found.sources[index]!, detail, made.shape)
        tried.set(from.id, { from, to: { ...from, ...change, updatedAt } })
      })
      ports.onTry()
    }
    const shown = ports.read().detail
    const fitting = outlines.filter((one) => one !== null)
    const shapes = chosen.map((from) => (tried.get(from.id)?.to ?? from).shape)
    if (shown)
      ports.show({
        ...shown,
        fitting: fitting.length,
        vertices: totalOf(shapes.map(countVertices)),
        iou: fitting.length > 0 ? totalOf(fitting.map(({ iou }) => iou)) / fitting.length : null,
      })
    if (isDue) settle()
  }

  const show = (next: readonly Annotation[], known: Pick<DetailState, 'iou' | 'fitting'>) => {
    const { selected } = ports.read()
    const primary = next.find(({ id }) => id === selected) ?? next[0]
    if (!primary?.mask) return ports.show(null)
    const { detail } = primary.mask
    ports.show({
      ...known,
      detail,
      isMixed: next.some(({ mask }) => mask?.detail !== detail),
      objects: next.length,
      isLocked: next.every(isHeld),
      vertices: totalOf(next.map(({ shape }) => countVertices(shape))),
    })
  }

  const settle = () => {
    isDue = true
    if (tried.size === 0) return
    clearTimeout(timer)
    // What another edit has changed meanwhile is tried on no more.
    const stored = new Set(ports.stored().map(keyOf))
    const updated = [...tried.values()].flatMap(({ from, to }): [Annotation, Annotation][] =>
      stored.has(keyOf(from)) ? [[from, to]] : [],
    )
    own = new Set(updated.map(([, to]) => keyOf(to)))
    tried = new Map()
    if (updated.length > 0) void ports.commit(diffOf({ annotations: { updated } }))
  }

  const set = (detail: number, isDragged: boolean) => {
    const shown = ports.read().detail
    if (!shown || shown.isLocked) return
    wanted = detail
    isDue = false
    ports.show({ ...shown, detail, isMixed: false })
    clearTimeout(timer)
    if (!isDragged) later(settle, SETTLE_AFTER)
    void outline(detail).catch(fail)
  }

  return {
    update() {
      const { selection, detail, annotations } = ports.read()
      if (seen.selection === selection && seen.annotations === annotations) return
      seen = { selection, annotations }
      if (selection.size === 0 && chosen.length === 0) return
      const next = ports
        .stored()
        .filter(({ id, mask, shape }) => mask !== undefined && shape.type === 'polygon' && selection.has(id))
      if (next.length > MOST) next.length = MOST
      const before = new Set(chosen.map(keyOf))
      const isKnown = (annotation: Annotation) => before.has(keyOf(annotation)) || own.has(keyOf(annotation))
      const isSame = next.length === chosen.length && next.every(isKnown)
      if (isSame && next.every((annotation) => before.has(keyOf(annotation)))) return
      // Stores what is tried on, and comes back here with that.
      if (!isSame && tried.size > 0) return settle()
      chosen = next
      wanted = null
      if (isSame) return show(next, { iou: detail?.iou ?? null, fitting: detail?.fitting ?? null })
      loaded = null
      clearTimeout(timer)
      if (next.length === 0) ports.outliner.rest()
      else if (next.length <= MOST_LOOKED_AT) later(() => void outline(null).catch(fail), LOOK_AFTER)
      show(next, { iou: null, fitting: null })
    },
    shown: (annotations) =>
      tried.size === 0
        ? annotations
        : annotations.map((annotation) => {
            const one = tried.get(annotation.id)
            return one && keyOf(one.from) === keyOf(annotation) ? one.to : annotation
          }),
    settle,
    actions: { setDetail: set, settleDetail: settle },
  }
}
