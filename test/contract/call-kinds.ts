/** What the contract's tests expect of calls, by their names. */
import type { CallName } from '../../common/contract.ts'

/** These answer without a project; the others need one. */
export const withoutProject: readonly CallName[] = [
  'app.info',
  'app.updates',
  'settings.get',
  'settings.set',
  'memory.recall',
  'memory.keep',
  'folders.choose',
  'labels.readList',
  'folders.list',
  'film.tool',
  'film.look',
  'film.place',
  'files.choose',
  'folders.reveal',
  'project.open',
  'project.repair',
  'project.current',
  'project.recent',
  'project.sample',
  'inference.status',
  'models.available',
  'models.remove',
  'server.try',
  'providers.measured',
  'work.pause',
  'work.resume',
  'work.cancel',
  'work.list',
]

/** What they name in these tests does not exist. */
export const ofNothing: readonly CallName[] = [
  'labels.usage',
  'film.look',
  'labels.describe',
  'gallery.setClass',
  'labels.merge',
  'labels.delete',
  'damaged.delete',
  'damaged.restore',
  'boxes.look',
  'detect.look',
  'detect.try',
  'project.rescue',
  'images.settle',
  'tasks.open',
]
