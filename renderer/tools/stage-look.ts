/** How objects are shown on the stage, as the user sets it. Owns the values and their limits. */

export interface StageLook {
  /** Opacity of an object's inside, 0..0.8. */
  readonly fill: number
  /** Width of an object's line, screen pixels, 0.5..5. */
  readonly line: number
  /** Objects are lines alone, whatever `fill` says. */
  readonly outlines: boolean
  /** Names of classes stand at the objects; else at the one under the pointer alone. */
  readonly names: boolean
  /** Lines through the pointer, over all of the stage. */
  readonly crosshair: boolean
  /** Lines between pixels where they are large enough to be told apart. */
  readonly grid: boolean
  /** The whole image in a corner, while a part of it is shown. */
  readonly minimap: boolean
  /** The next image of the same size is shown at the same zoom and place. */
  readonly keepZoom: boolean
  /** Vertices that several objects share are moved, added and deleted in all of them. */
  readonly shareVertices: boolean
}

export const plainLook: StageLook = {
  fill: 0.22,
  line: 1.5,
  outlines: false,
  names: true,
  crosshair: false,
  grid: true,
  minimap: true,
  keepZoom: false,
  shareVertices: false,
}

export const lookLimits = {
  fill: { min: 0, max: 0.8 },
  line: { min: 0.5, max: 5 },
} as const

/** A pixel of the image takes this many of the screen before lines between them help. */
export const LEAST_GRID_SCALE = 12

const within = (value: unknown, { min, max }: { min: number; max: number }, otherwise: number): number =>
  typeof value === 'number' && value >= min && value <= max ? value : otherwise

/** What was remembered, as far as it makes sense. */
export const lookOf = (kept: unknown): StageLook => {
  const given = (typeof kept === 'object' && kept !== null ? kept : {}) as Record<string, unknown>
  const flag = (key: Exclude<keyof StageLook, 'fill' | 'line'>) =>
    typeof given[key] === 'boolean' ? given[key] : plainLook[key]
  return {
    fill: within(given.fill, lookLimits.fill, plainLook.fill),
    line: within(given.line, lookLimits.line, plainLook.line),
    outlines: flag('outlines'),
    names: flag('names'),
    crosshair: flag('crosshair'),
    grid: flag('grid'),
    minimap: flag('minimap'),
    keepZoom: flag('keepZoom'),
    shareVertices: flag('shareVertices'),
  }
}
