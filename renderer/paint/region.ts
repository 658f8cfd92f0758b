/** Parts of the stage, CSS pixels: united, and cut to whole device pixels. Pure. */
import { maxOf, minOf } from '../../common/extremes.ts'
import type { Size } from '../../common/geometry/point.ts'

/** x1 and y1 are exclusive. */
export interface Region {
  readonly x0: number
  readonly y0: number
  readonly x1: number
  readonly y1: number
}

/** Lines and their halos reach this far beyond a shape. */
export const LINE = 6

export const regionAround = (
  { x, y }: { readonly x: number; readonly y: number },
  reach: number,
): Region => ({
  x0: x - reach,
  y0: y - reach,
  x1: x + reach,
  y1: y + reach,
})

export const wholeStage = ({ width, height }: Size): Region => ({ x0: 0, y0: 0, x1: width, y1: height })

/** @returns null when there is nothing to unite */
export const uniteRegions = (regions: readonly Region[]): Region | null =>
  regions.length === 0
    ? null
    : {
        x0: minOf(regions.map(({ x0 }) => x0)),
        y0: minOf(regions.map(({ y0 }) => y0)),
        x1: maxOf(regions.map(({ x1 }) => x1)),
        y1: maxOf(regions.map(({ y1 }) => y1)),
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

/** Side of a tile, CSS pixels. */
export const TILE = 64

/** Grown to whole tiles, so that a canvas over it keeps its size during most of a drag. */
export const onTiles = ({ x0, y0, x1, y1 }: Region): Region => {
  const down = (value: number) => Math.floor(value / TILE) * TILE
  const up = (value: number) => Math.ceil(value / TILE) * TILE
  return { x0: down(x0), y0: down(y0), x1: up(x1), y1: up(y1) }
}

export const isEmptyRegion = ({ x0, y0, x1, y1 }: Region): boolean => x0 >= x1 || y0 >= y1

export const meets = (a: Region, b: Region): boolean =>
  a.x0 < b.x1 && b.x0 < a.x1 && a.y0 < b.y1 && b.y0 < a.y1

export const isWithin = (inner: Region, outer: Region): boolean =>
  inner.x0 >= outer.x0 && inner.y0 >= outer.y0 && inner.x1 <= outer.x1 && inner.y1 <= outer.y1
