/** Calls about the files that are kept beside the photos. */
import { CodedError } from '../../common/errors.ts'
import { said } from '../../common/said.ts'
import type { Mirror } from '../beside/mirror.ts'
import type { Of, Parts } from './parts.ts'

export const mirrorHandlers = ({ workspace }: Parts): Of<'mirror'> => {
  const mirror = (): Mirror => {
    const found = workspace.project().mirror
    if (found !== null) return found
    throw new CodedError('bad-input', said('Nothing is written beside photos here.'))
  }
  return {
    'mirror.get': () => mirror().state(),
    'mirror.set': ({ format, takeOver }) => mirror().set(format, takeOver),
  }
}
