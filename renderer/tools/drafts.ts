/** What most tools say of a shape in the making: that of a new object. */
import type { Draft } from './tool.ts'

export const begun: Draft = { complete: false, replaces: null }
export const complete: Draft = { complete: true, replaces: null }
