/** The call for what a project holds and how it grew. */
import { readStatistics } from '../statistics/read-statistics.ts'
import type { Of, Parts } from './parts.ts'

export const statisticsHandlers = ({ workspace, settings }: Parts): Of<'statistics'> => ({
  'statistics.read': () => readStatistics(workspace.project().store, { measure: settings.get().measurePace }),
})
