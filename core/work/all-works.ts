/** Every kind of long work. A new one is a file here, a line in this list and one in `common/work-kinds.ts`. */
import { alikeWork } from './alike.ts'
import { assignWork } from './assign.ts'
import { boxesWork } from './boxes.ts'
import { detectWork } from './detect.ts'
import { checkWork, repairWork } from './check.ts'
import { doubtsWork } from './doubts.ts'
import { everythingWork } from './everything.ts'
import { exportWork } from './export.ts'
import { filmWork } from './film.ts'
import { followNextWork, followWork } from './follow.ts'
import { importWork } from './import.ts'
import { importLookWork } from './import-look.ts'
import { mergeLookWork, mergeWork } from './merge.ts'
import { modelInstallWork } from './model-install.ts'
import { prepareWork } from './prepare.ts'
import { providersWork } from './providers.ts'
import { settleWork } from './settle.ts'
import { splitWork } from './split.ts'
import type { WorkKind, WorkParts } from './work-kind.ts'

export type CreateWork = (parts: WorkParts) => WorkKind

export const allWorks: readonly CreateWork[] = [
  prepareWork,
  boxesWork,
  detectWork,
  followWork,
  followNextWork,
  alikeWork,
  settleWork,
  everythingWork,
  exportWork,
  filmWork,
  splitWork,
  assignWork,
  importLookWork,
  importWork,
  mergeLookWork,
  mergeWork,
  checkWork,
  repairWork,
  doubtsWork,
  modelInstallWork,
  providersWork,
]
