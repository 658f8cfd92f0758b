/**
 * The selection as a set, in the order in which objects came to it; the last one is the primary, which has the handles.
 * Pure.
 */
import type { Box } from '../../common/geometry/measure.ts'
import type { Annotation, AnnotationId } from '../../common/model.ts'
import { metricsOf } from '../tools/metrics.ts'

/** The part of the workbench's state that is the selection. */
export interface Selected {
  /** In the order in which they were selected. */
  readonly selection: ReadonlySet<AnnotationId>
  /** The primary: the last of them; null when nothing is selected. */
  readonly selected: AnnotationId | null
}

export const selectionOf = (ids: Iterable<AnnotationId>): Selected => {
  const selection = new Set(ids)
  return { selection, selected: [...selection].at(-1) ?? null }
}

export const noSelection: Selected = selectionOf([])

export const isSameSelection = (a: Selected, b: Selected): boolean =>
  a.selected === b.selected &&
  a.selection.size === b.selection.size &&
  [...a.selection].every((id) => b.selection.has(id))

/** With one more, or one less. */
export const toggled = ({ selection }: Selected, id: AnnotationId): Selected =>
  selection.has(id)
    ? selectionOf([...selection].filter((other) => other !== id))
    : selectionOf([...selection, id])

/** With those as well; the primary stays where there is one. */
export const joined = ({ selection }: Selected, ids: Iterable<AnnotationId>): Selected =>
  selectionOf([...[...ids].filter((id) => !selection.has(id)), ...selection])

/** What is left of it; the same object when all is, so that nothing is drawn again. */
export const keptOf = (before: Selected, isThere: (id: AnnotationId) => boolean): Selected => {
  const kept = [...before.selection].filter(isThere)
  return kept.length === before.selection.size ? before : selectionOf(kept)
}

/** The share of a stretch that lies between two places; of one without length whether it does. */
const shareIn = (start: number, length: number, from: number, to: number): number => {
  if (length === 0) return start >= from && start <= to ? 1 : 0
  return Math.max(0, Math.min(start + length, to) - Math.max(start, from)) / length
}

/**
 * The objects whose bounding box lies in `box` by half or more: a background that only reaches into it stays out, and an
 * object that was not quite enclosed is in.
 */
export const mostlyIn = (annotations: readonly Annotation[], box: Box): AnnotationId[] =>
  annotations
    .filter(({ shape }) => {
      const own = metricsOf(shape).box
      const across = shareIn(own.x, own.width, box.x, box.x + box.width)
      const down = shareIn(own.y, own.height, box.y, box.y + box.height)
      return across * down >= 0.5
    })
    .map(({ id }) => id)
