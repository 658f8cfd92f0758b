/** Which failures of one image are failures of the whole run. */
import { hasCode } from '../../common/errors.ts'

const endingCodes = [
  'model-unavailable',
  'not-writable',
  'disk-full',
  'damaged-project',
  'project-gone',
  'cancelled',
] as const

/** The next image would fail of the same; anything else is the image's own problem. */
export const endsRun = (thrown: unknown): boolean => endingCodes.some((code) => hasCode(thrown, code))
