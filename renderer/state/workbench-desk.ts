/**
 * The tools at work: sends events to the tool in hand, keeps the draft of each image, and runs the effects. Owns the
 * tool states of images that are not on screen; those of the image on screen are in the store.
 */
import type { Diff } from '../../common/diff.ts'
import type { Size } from '../../common/geometry/point.ts'
import type { AnnotationId, ImageId } from '../../common/model.ts'
import { polygonTool } from '../tools/polygon.ts'
import { rectangleTool } from '../tools/rectangle.ts'
import { selectTool } from '../tools/select.ts'
import { smartTool, type SmartState } from '../tools/smart.ts'
import type { MaskQuestion, Step, Tool, ToolContext, ToolEffect, ToolEvent } from '../tools/tool.ts'
import { addDiff, changeDiff, removeDiff } from './workbench-edits.ts'
import type { ToolStates, WorkbenchPorts, WorkbenchStore } from './workbench-store.ts'
import type { ToolId } from './workbench-types.ts'

export const freshTools: ToolStates = {
  smart: smartTool.initial,
  rectangle: rectangleTool.initial,
  polygon: polygonTool.initial,
  select: selectTool.initial,
}

/** What is kept of an image that the user left with something unfinished. */
interface Shelved {
  readonly size: Size
  readonly tools: ToolStates
}

export interface DeskPorts extends Pick<WorkbenchPorts, 'notify' | 'now' | 'newId'> {
  read(): WorkbenchStore
  /** Takes new tool states of the image on screen into the store. */
  show(tools: ToolStates): void
  select(id: AnnotationId | null): void
  hover(id: AnnotationId | null): void
  ask(imageId: ImageId, size: Size, question: MaskQuestion): void
  /** @param pressed a gesture has begun that may end as that click */
  foresee(imageId: ImageId, size: Size, question: MaskQuestion, pressed: boolean): void
  /** Stores an edit; true when it is stored, false when it was refused (and the user told). */
  commit(diff: Diff): Promise<boolean>
}

export interface Desk {
  /** To the tool in hand, or the one that is named. */
  send(event: ToolEvent, tool?: ToolId): void
  /** To the smart tool of an image, on screen or not. */
  deliver(imageId: ImageId, event: ToolEvent): void
  smartOf(imageId: ImageId): SmartState | null
  /** Puts the tools of the image on screen away and takes those of another one out. */
  shelve(): void
  unshelve(imageId: ImageId): ToolStates
  /** Objects of all images that were committed before their mask was there. */
  committing(): number
  /** Forgets all drafts: another project was opened. */
  clear(): void
}

/** Size of an image whose file was read; null when there is nothing to draw on. */
export const sizeOf = (image: { width: number | null; height: number | null } | null): Size | null =>
  image?.width && image.height ? { width: image.width, height: image.height } : null

const stepTool = (
  tools: ToolStates,
  id: ToolId,
  event: ToolEvent,
  context: ToolContext,
): Step<ToolStates> => {
  /** The same object when nothing changed: a pointer that only moves redraws nothing. */
  const into = <Id extends ToolId>(tool: Tool<ToolStates[Id]>, key: Id): Step<ToolStates> => {
    const { state, effects } = tool.step(tools[key], event, context)
    return { state: state === tools[key] ? tools : { ...tools, [key]: state }, effects }
  }
  switch (id) {
    case 'smart':
      return into(smartTool, id)
    case 'rectangle':
      return into(rectangleTool, id)
    case 'polygon':
      return into(polygonTool, id)
    case 'select':
      return into(selectTool, id)
  }
}

/** The draft that an object was made from, to go back to when the object could not be stored; else `now`. */
const draftAgain = (before: ToolStates, now: ToolStates, event: ToolEvent): ToolStates => {
  const revision = event.type === 'answered' ? event.revision : null
  const left = before.smart.committing.find(({ attempts }) => attempts.at(-1)?.revision === revision)
  const { attempts, target } = left ?? before.smart
  const smart = now.smart.attempts.length === 0 ? { ...now.smart, attempts, target } : now.smart
  const polygon = now.polygon.vertices.length === 0 ? before.polygon : now.polygon
  return { ...now, smart, polygon: { ...polygon, held: 'free' } }
}

const isWorth = ({ smart, polygon }: ToolStates) =>
  smart.attempts.length > 0 || smart.committing.length > 0 || polygon.vertices.length > 0

export const createDesk = (ports: DeskPorts): Desk => {
  const shelf = new Map<ImageId, Shelved>()
  /** Counts up for as long as the window lives: see ToolContext. */
  let revision = 0

  const contextOf = (imageId: ImageId, size: Size): ToolContext => {
    const { image, annotations, hiddenLabels, view, selected, currentLabelId } = ports.read()
    const onScreen = image?.id === imageId
    revision += 1
    return {
      imageId,
      revision,
      size,
      scale: view.scale,
      annotations: onScreen ? annotations.filter(({ labelId }) => !hiddenLabels.has(labelId)) : [],
      selected: onScreen ? selected : null,
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
    if (ports.read().image?.id === imageId) ports.show(tools)
    else if (isWorth(tools)) shelf.set(imageId, { size, tools })
    else shelf.delete(imageId)
  }

  /** An object that was deleted while it was refined is stored as a new one; else the newest version is replaced. */
  const diffFor = (effect: ToolEffect & { type: 'add' | 'replace' }, imageId: ImageId): Diff => {
    const { object } = effect
    if (effect.type === 'add') return addDiff(object, imageId, ports)
    const { image, annotations } = ports.read()
    const known = image?.id === imageId ? annotations.find(({ id }) => id === effect.from.id) : effect.from
    return known ? changeDiff(known, object, ports) : addDiff(object, imageId, ports)
  }

  const store = async (diff: Diff, imageId: ImageId, before: ToolStates, event: ToolEvent) => {
    if (await ports.commit(diff)) return
    const now = toolsOf(imageId)
    const size = now?.size
    if (size) keep(imageId, size, draftAgain(before, now.tools, event))
  }

  const run = (effect: ToolEffect, imageId: ImageId, size: Size, before: ToolStates, event: ToolEvent) => {
    switch (effect.type) {
      case 'segment':
        return ports.ask(imageId, size, effect.question)
      case 'foresee':
        return ports.foresee(imageId, size, effect.question, effect.pressed)
      case 'add':
      case 'replace': {
        const diff = diffFor(effect, imageId)
        void store(diff, imageId, before, event)
        // A digit right after drawing gives it another class.
        const drawn = effect.object.source === 'hand' ? diff.annotations.added[0] : undefined
        return drawn && ports.select(drawn.id)
      }
      case 'change':
        return void ports.commit(changeDiff(effect.from, { shape: effect.shape }, ports))
      case 'remove':
        return void ports.commit(removeDiff(effect.annotation))
      case 'select':
        return ports.select(effect.id)
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
    for (const effect of effects) run(effect, imageId, size, tools, event)
  }

  return {
    send(event, tool) {
      const { image, tool: inHand } = ports.read()
      if (image) work(image.id, tool ?? inHand, event)
    },
    deliver: (imageId, event) => work(imageId, 'smart', event),
    smartOf: (imageId) => toolsOf(imageId)?.tools.smart ?? null,
    shelve() {
      const { image, tools } = ports.read()
      const size = sizeOf(image)
      if (!image || !size) return
      const { smart, polygon } = tools
      const left: ToolStates = {
        ...freshTools,
        smart: { ...smart, gesture: null },
        polygon: { ...polygon, pointer: null, held: 'free' },
      }
      if (isWorth(left)) shelf.set(image.id, { size, tools: left })
    },
    unshelve(imageId) {
      const tools = shelf.get(imageId)?.tools ?? freshTools
      shelf.delete(imageId)
      return tools
    },
    committing() {
      const shelved = [...shelf.values()].map(({ tools }) => tools)
      return [ports.read().tools, ...shelved].reduce((sum, { smart }) => sum + smart.committing.length, 0)
    },
    clear: () => shelf.clear(),
  }
}
