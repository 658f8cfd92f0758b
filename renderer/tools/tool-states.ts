/** The states of all tools for one image, by id. Owns the one place where a state meets the tool it belongs to. */
import { allTools } from './all-tools.ts'
import type { ToolContext, ToolEvent } from './events.ts'
import type { Draft, Step, Tool, ToolId } from './tool.ts'

/** Each tool's state. Only that tool knows what is in it. */
export type ToolStates = Readonly<Record<ToolId, unknown>>

const byId = new Map(allTools.map((tool) => [tool.id, tool]))

export const freshStates: ToolStates = Object.fromEntries(allTools.map(({ id, initial }) => [id, initial]))

/** @throws Error when there is no such tool: a slip in our own code */
export const toolOf = (id: ToolId): Tool<unknown> => {
  const tool = byId.get(id)
  if (!tool) throw new Error(`There is no tool "${id}".`)
  return tool
}

/** The same states when the tool's stays as it is: a pointer that only moves redraws nothing. */
export const withState = (states: ToolStates, id: ToolId, state: unknown): ToolStates =>
  state === states[id] ? states : { ...states, [id]: state }

export const stepTool = (
  states: ToolStates,
  id: ToolId,
  event: ToolEvent,
  context: ToolContext,
): Step<ToolStates> => {
  const { state, effects } = toolOf(id).step(states[id], event, context)
  return { state: withState(states, id, state), effects }
}

export const draftIn = (states: ToolStates, id: ToolId): Draft | null =>
  toolOf(id).draft?.(states[id]) ?? null

const committingIn = (states: ToolStates, { id, asks }: Tool<unknown>): number =>
  asks?.committing(states[id]) ?? 0

/** How many objects were committed before their mask was there. */
export const committingOf = (states: ToolStates): number =>
  allTools.reduce((sum, tool) => sum + committingIn(states, tool), 0)

/** True when a tool waits for the answer to that question. */
export const isAwaited = (states: ToolStates, revision: number): boolean =>
  allTools.some(({ id, asks }) => asks?.open(states[id]) === revision)

/** What is kept when the user leaves the image: null when nothing is in the making. */
export const shelvedStates = (states: ToolStates): ToolStates | null => {
  const isWorth = (tool: Tool<unknown>) => draftIn(states, tool.id) !== null || committingIn(states, tool) > 0
  if (!allTools.some(isWorth)) return null
  return Object.fromEntries(
    allTools.map((tool) => [
      tool.id,
      (isWorth(tool) ? tool.shelved?.(states[tool.id]) : undefined) ?? tool.initial,
    ]),
  )
}
