/**
 * The tools at work: sends events to the tool in hand, keeps the draft of each image, and runs the effects. Owns the
 * tool states of images that are not on screen; those of the image on screen are in the store.
 */
import type { Diff } from '../../common/diff.ts'
import type { KeptMask } from '../../common/kept-mask.ts'
import type { Size } from '../../common/geometry/point.ts'
import { isLocked } from '../../common/locks.ts'
import type { Annotation, AnnotationId, ImageId } from '../../common/model.ts'
import { allTools } from '../tools/all-tools.ts'
import type { ToolContext, ToolEffect, ToolEvent } from '../tools/events.ts'
import { combinedShape, lockedNotice } from '../tools/onto.ts'
import { isHidden, sizeOf } from '../tools/stage-view.ts'
import { committingOf, freshStates, isAwaited, shelvedStates } from '../tools/tool-states.ts'
import { stepTool, toolOf, withState, type ToolStates } from '../tools/tool-states.ts'
import type { Segmentation } from '../segmentation/segmentation.ts'
import type { ToolId } from '../tools/tool.ts'
import { t } from '../texts/t.ts'
import { addDiff, changeDiff, shapesDiff, splitDiff } from './edits.ts'
import { keepingMask, type KeepingObject } from './keep-mask.ts'
import { noSelection } from './selection.ts'
import type { WorkbenchPorts, WorkbenchStore } from './store.ts'

/** What is kept of an image that the user left with something unfinished. */
interface Shelved {
  readonly size: Size
  readonly tools: ToolStates
}

/** What an effect came from: an object that can't be stored goes back to the draft it was made of. */
interface Cause {
  /** Of the image. */
  readonly size: Size
  readonly tool: ToolId
  readonly before: ToolStates
  readonly event: ToolEvent
}

export interface DeskPorts extends Pick<WorkbenchPorts, 'notify' | 'now' | 'newId' | 'getSettings'> {
  read(): WorkbenchStore
  /** Takes new tool states of the image on screen into the store. */
  show(tools: ToolStates): void
  select(id: AnnotationId | null): void
  hover(id: AnnotationId | null): void
  /** All that is selected, as one edit; image pixels. */
  moveSelected(dx: number, dy: number): void
  /** Asks for masks, and foresees that they are asked for. */
  readonly segmentation: Pick<Segmentation, 'ask' | 'foresee'>
  /** Stores an edit with the masks that it names; false when it was refused, which the user then sees in a notice. */
  commit(diff: Diff, masks?: readonly KeptMask[]): Promise<boolean>
  /** Deletes a stored object, and offers to take that back. */
  remove(annotation: Annotation): void
}

export interface Desk {
  /** To the tool in hand, or the one that is named. */
  send(event: ToolEvent, tool?: ToolId): void
  /** To every tool: those that it does not concern stay as they are. */
  tell(event: ToolEvent): void
  /** True when a tool waits for the answer to that question about the image. */
  isAwaited(imageId: ImageId, revision: number): boolean
  /** Objects that were committed before their mask was there: of one image, or of all. */
  committing(imageId?: ImageId): number
  /** Keeps the drafts of the image on screen for when the user comes back to it. */
  shelve(): void
  /** The tools' states for an image that comes on screen. */
  unshelve(imageId: ImageId): ToolStates
  /** Forgets all drafts: another project was opened. */
  clear(): void
}

export const createDesk = (ports: DeskPorts): Desk => {
  const shelf = new Map<ImageId, Shelved>()
  /** Counts up for as long as the window lives: see ToolContext. */
  let revision = 0

  const contextOf = (imageId: ImageId, size: Size): ToolContext => {
    const state = ports.read()
    const { image, annotations, lockedLabels, view, selection, selected, currentLabelId, brushSize, look } =
      state
    const onScreen = image?.id === imageId
    revision += 1
    return {
      imageId,
      revision,
      size,
      scale: view.scale,
      brushSize,
      annotations: onScreen ? annotations.filter((annotation) => !isHidden(state, annotation)) : [],
      selection: onScreen ? selection : noSelection.selection,
      selected: onScreen ? selected : null,
      sharesVertices: look.shareVertices,
      isLocked: (annotation) => isLocked(annotation, (id) => lockedLabels.has(id)),
      labelId: currentLabelId,
    }
  }

  const toolsOf = (imageId: ImageId): { size: Size; tools: ToolStates } | null => {
    const { image, tools } = ports.read()
    const size = sizeOf(image)
    if (image?.id === imageId) return size && { size, tools }
    return shelf.get(imageId) ?? null
  }

  const keep = (imageId: ImageId, size: Size, tools: ToolStates) => {
    if (ports.read().image?.id === imageId) return ports.show(tools)
    const kept = shelvedStates(tools)
    if (kept) shelf.set(imageId, { size, tools: kept })
    else shelf.delete(imageId)
  }

  /** An object that was deleted while it was refined is stored as a new one; else the newest version is replaced. */
  const diffFor = (
    effect: ToolEffect & { type: 'add' | 'replace' },
    object: KeepingObject,
    imageId: ImageId,
  ): Diff => {
    if (effect.type === 'add') return addDiff(object, imageId, ports)
    const { image, annotations } = ports.read()
    const known = image?.id === imageId ? annotations.find(({ id }) => id === effect.from.id) : effect.from
    return known ? changeDiff(known, object, ports) : addDiff(object, imageId, ports)
  }

  const store = async (
    diff: Diff,
    imageId: ImageId,
    { tool, before, event }: Cause,
    masks: readonly KeptMask[] = [],
  ) => {
    if (await ports.commit(diff, masks)) return
    const now = toolsOf(imageId)
    if (!now) return
    const { size, tools } = now
    const regained = toolOf(tool).regained?.(before[tool], tools[tool], event) ?? tools[tool]
    keep(imageId, size, withState(tools, tool, regained))
  }

  /** Of the newest version of the object: it may have been changed since the draft was begun. */
  const combine = (
    { onto: { from, how }, object }: ToolEffect & { type: 'combine' },
    imageId: ImageId,
    cause: Cause,
  ): void => {
    const { image, annotations, lockedLabels } = ports.read()
    const known = image?.id === imageId ? annotations.find(({ id }) => id === from.id) : from
    if (!known && how === 'add') return run({ type: 'add', object }, imageId, cause)
    if (!known) return ports.notify('info', t('The object is deleted: there is nothing to take away from.'))
    if (isLocked(known, (id) => lockedLabels.has(id))) return ports.notify('info', lockedNotice.message)
    const { labelId } = object
    const shape = combinedShape(known.shape, object.shape, how)
    if (shape === null) return ports.remove(known)
    if (shape !== known.shape || labelId !== known.labelId)
      return void store(changeDiff(known, { shape, labelId }, ports), imageId, cause)
    const message = how === 'add' ? t('The object has that already.') : t('The object does not reach there.')
    return ports.notify('info', message)
  }

  const run = (effect: ToolEffect, imageId: ImageId, cause: Cause): void => {
    switch (effect.type) {
      case 'segment':
        return ports.segmentation.ask(effect.question, (event) => work(imageId, cause.tool, event))
      case 'foresee':
        return ports.segmentation.foresee(effect.question, effect.pressed)
      case 'add':
      case 'replace': {
        const { object, masks } = keepingMask(effect.object, cause.size, ports)
        const diff = diffFor(effect, object, imageId)
        void store(diff, imageId, cause, masks)
        // A digit right after drawing gives it another class.
        const drawn = effect.object.source === 'hand' ? diff.annotations.added[0] : undefined
        return drawn && ports.select(drawn.id)
      }
      case 'change':
        return void ports.commit(shapesDiff([effect, ...(effect.also ?? [])], ports))
      case 'combine':
        return combine(effect, imageId, cause)
      case 'split':
        return void ports.commit(splitDiff(effect.from, effect.shapes, ports))
      case 'remove':
        return ports.remove(effect.annotation)
      case 'select':
        return ports.select(effect.id)
      case 'move-selected':
        return ports.moveSelected(effect.dx, effect.dy)
      case 'hover':
        return ports.hover(effect.id)
      case 'notice':
        return ports.notify(effect.level, effect.message)
    }
  }

  const work = (imageId: ImageId, tool: ToolId, event: ToolEvent) => {
    const found = toolsOf(imageId)
    if (!found) return
    const { size, tools } = found
    const { state, effects } = stepTool(tools, tool, event, contextOf(imageId, size))
    keep(imageId, size, state)
    for (const effect of effects) run(effect, imageId, { size, tool, before: tools, event })
  }

  return {
    send(event, tool) {
      const { image, tool: inHand } = ports.read()
      if (image) work(image.id, tool ?? inHand, event)
    },
    tell(event) {
      const { image } = ports.read()
      if (image) for (const { id } of allTools) work(image.id, id, event)
    },
    isAwaited(imageId, revision) {
      const tools = toolsOf(imageId)?.tools
      return tools !== undefined && isAwaited(tools, revision)
    },
    committing(imageId) {
      if (imageId !== undefined) return committingOf(toolsOf(imageId)?.tools ?? freshStates)
      const all = [ports.read().tools, ...[...shelf.values()].map(({ tools }) => tools)]
      return all.reduce((sum, tools) => sum + committingOf(tools), 0)
    },
    shelve() {
      const { image, tools } = ports.read()
      const size = sizeOf(image)
      const kept = shelvedStates(tools)
      if (image && size && kept) shelf.set(image.id, { size, tools: kept })
    },
    unshelve(imageId) {
      const tools = shelf.get(imageId)?.tools ?? freshStates
      shelf.delete(imageId)
      return tools
    },
    clear: () => shelf.clear(),
  }
}
