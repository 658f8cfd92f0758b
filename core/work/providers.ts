/** Measures what runs the chosen model fastest on this computer, anew. */
import { providersRequestSchema } from '../../common/contract/providers.ts'
import { CodedError } from '../../common/errors.ts'
import type { WorkDetail, WorkRequest } from '../../common/work-kinds.ts'
import { msg, said } from '../../common/said.ts'
import { defineWork, type WorkParts } from './work-kind.ts'

export const providersWork = ({ inference }: WorkParts) =>
  defineWork<WorkRequest<'providers'>, WorkDetail<'providers'>>({
    name: 'providers',
    title: msg('Measure what runs the model'),
    unit: 'point',
    request: providersRequestSchema,
    canPause: false,
    isListed: false,
    again: 'join',
    scope: 'app',
    holdsFolder: null,
    cleansUp: true,
    plan: () => async (control) => {
      const measured = await inference.measure(null, control.signal, (results) =>
        control.detail({ modelId: '', results: [...results], winner: 'cpu' }, 'now'),
      )
      if (measured === null) {
        if (control.signal.aborted) throw new CodedError('cancelled', said('It was not measured to the end.'))
        throw new CodedError(
          'model-unavailable',
          said('The model could not be run, so nothing was measured.'),
        )
      }
      control.detail(measured, 'now')
      return null
    },
  })
