/**
 * The part of the stage that the overlay draws on. Without a GPU the browser draws anew all that a canvas changes, with
 * every layer below it: a click at one end of the screen is not to cost the whole of it.
 */
import type { Size } from '../../common/geometry/point.ts'
import type { Polygon, Prompt } from '../../common/model.ts'
import { toScreen, type Viewport } from '../../common/geometry/viewport.ts'
import type { WorkbenchStore } from '../state/workbench-store.ts'
import { previewPolygon } from '../state/workbench-hover.ts'
import { metricsOf } from '../tools/metrics.ts'
import { anchorOf } from './prompt-marks.ts'

/** CSS pixels of the stage, x1 and y1 exclusive. */
export interface Region {
  readonly x0: number
  readonly y0: number
  readonly x1: number
  readonly y1: number
}

/** Lines and their halos reach this far beyond a shape. */
const LINE = 6
/** A prompt's mark reaches this far from its point. */
const MARK = 12
/** The pill beside the newest prompt, from that prompt on: as wide as the longest of its texts. */
const PILL = { width: 240, height: 44 }

const around = ({ x, y }: { readonly x: number; readonly y: number }, reach: number): Region => ({
  x0: x - reach,
  y0: y - reach,
  x1: x + reach,
  y1: y + reach,
})

const shapeRegion = (polygon: Polygon, view: Viewport): Region => {
  const { box } = metricsOf(polygon)
  const { x, y } = toScreen(view, box)
  return {
    x0: x - LINE,
    y0: y - LINE,
    x1: x + box.width * view.scale + LINE,
    y1: y + box.height * view.scale + LINE,
  }
}

const promptRegions = (prompt: Prompt, view: Viewport): Region[] =>
  prompt.type === 'point'
    ? [around(toScreen(view, prompt), MARK)]
    : [
        around(toScreen(view, { x: prompt.x0, y: prompt.y0 }), LINE),
        around(toScreen(view, { x: prompt.x1, y: prompt.y1 }), LINE),
      ]

export const wholeStage = ({ width, height }: Size): Region => ({ x0: 0, y0: 0, x1: width, y1: height })

/** @returns null when there is nothing to unite */
export const uniteRegions = (regions: readonly Region[]): Region | null =>
  regions.length === 0
    ? null
    : {
        x0: Math.min(...regions.map(({ x0 }) => x0)),
        y0: Math.min(...regions.map(({ y0 }) => y0)),
        x1: Math.max(...regions.map(({ x1 }) => x1)),
        y1: Math.max(...regions.map(({ y1 }) => y1)),
      }

/** What lies on the stage, grown to whole device pixels: a clip through a pixel would leave half of it. */
export const onPixels = (region: Region, stage: Size, deviceRatio: number): Region => {
  const down = (value: number) => Math.floor(value * deviceRatio) / deviceRatio
  const up = (value: number) => Math.ceil(value * deviceRatio) / deviceRatio
  return {
    x0: Math.max(0, down(region.x0)),
    y0: Math.max(0, down(region.y0)),
    x1: Math.min(up(stage.width), up(region.x1)),
    y1: Math.min(up(stage.height), up(region.y1)),
  }
}

/**
 * Where the overlay draws for this state: exact for a click and its mask, the whole stage for all that is rare or
 * reaches far. Null when it draws nothing.
 */
export const overlayRegion = (state: WorkbenchStore): Region | null => {
  const { image, tool, tools, smart, view, preview, stageSize } = state
  if (!image) return null
  const { gesture, committing } = tools.smart
  if (tool !== 'smart' || smart.crop || smart.zoom || committing.length > 0 || gesture?.dragging === true)
    return wholeStage(stageSize)
  const polygons = [smart.offered[smart.chosen]?.polygon, previewPolygon(preview)]
  const pill = anchorOf(smart.prompts, view)
  return uniteRegions([
    ...polygons.flatMap((polygon) => (polygon ? [shapeRegion(polygon, view)] : [])),
    ...smart.prompts.flatMap((prompt) => promptRegions(prompt, view)),
    ...(pill && smart.status !== 'ready'
      ? [{ x0: pill.x, y0: pill.y, x1: pill.x + PILL.width, y1: pill.y + PILL.height }]
      : []),
  ])
}
