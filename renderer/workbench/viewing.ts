/** What part of the image the stage shows, and how it is turned, as the workbench's actions. */
import { isSameTurn } from '../../common/geometry/viewport.ts'
import type { WorkbenchStore } from './store.ts'
import { fitted, middleOf, panned, resized, turned, zoomed, zoomedTo } from './view.ts'

interface ViewingPorts {
  readonly read: () => WorkbenchStore
  readonly set: (change: Partial<WorkbenchStore>) => void
}

type Actions = Pick<
  WorkbenchStore,
  'fit' | 'turnView' | 'zoomBy' | 'zoomTo' | 'resizeStage' | 'zoomAt' | 'panBy'
>

export const createViewing = ({ read, set }: ViewingPorts): Actions => ({
  fit: () => set(fitted(read())),
  turnView(by) {
    const change = turned(read(), by)
    set({ ...change, ...(change.view && { isTurned: !isSameTurn(change.view, {}) }) })
  },
  zoomBy: (factor) => set(zoomed(read(), middleOf(read().stageSize), factor)),
  zoomTo: (scale, deviceRatio) => set(zoomedTo(read(), scale, deviceRatio)),
  resizeStage: (size) => set(resized(read(), size)),
  zoomAt: (at, factor) => set(zoomed(read(), at, factor)),
  panBy: (dx, dy) => set(panned(read(), dx, dy)),
})
