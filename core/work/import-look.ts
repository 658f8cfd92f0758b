/** What an import would do, told before anything is written. */
import { msg } from '../../common/said.ts'
import { importRequestSchema, type ImportReport, type ImportRequest } from '../../common/contract/import.ts'
import type { Project } from '../project/project.ts'
import { fitImage } from './import/fit-image.ts'
import { planImport, type ImportPlan } from './import/plan.ts'
import { eachImage } from './import/read-ahead.ts'
import { createTally } from './import/tally.ts'
import { defineWork, type WorkControl, type WorkParts } from './work-kind.ts'

export const importLookWork = ({ project, formats }: WorkParts) => {
  const look = async (
    current: Project,
    plan: ImportPlan,
    request: ImportRequest,
    control: WorkControl<ImportReport>,
  ): Promise<null> => {
    const tally = createTally(plan, current.store)
    try {
      control.begin(plan.images.length)
      for await (const image of eachImage(current, plan, request.source.minScore)) {
        await control.ready()
        tally.add(fitImage(current, image, request))
        control.step(0)
      }
    } finally {
      plan.reader.end()
      plan.set.close()
    }
    control.detail(tally.report())
    return null
  }
  return defineWork<ImportRequest, ImportReport>({
    name: 'import-look',
    title: msg('Look at labels'),
    unit: 'image',
    request: importRequestSchema,
    canPause: false,
    isListed: false,
    again: 'replace',
    scope: 'project',
    holdsFolder: null,
    cleansUp: false,
    async plan(request, signal) {
      const current = project()
      const plan = await planImport(current, formats, request, signal)
      return (control) => look(current, plan, request, control)
    },
  })
}
