/** Installing a model as a run: from the catalogue or from a folder. */
import { modelInstallRequestSchema, type ModelInstallRequest } from '../../common/contract/models.ts'
import type { WorkDetail } from '../../common/work-kinds.ts'
import { msg, said } from '../../common/said.ts'
import { defineWork, type WorkParts } from './work-kind.ts'

export const modelInstallWork = ({ modelInstall, measureInstalled, onModelInstalled }: WorkParts) =>
  defineWork<ModelInstallRequest, WorkDetail<'model-install'>>({
    name: 'model-install',
    title: msg('Install a model'),
    unit: 'byte',
    request: modelInstallRequestSchema,
    canPause: false,
    isListed: true,
    again: { refuse: said('Another model is being installed. Wait for its end, or cancel it.') },
    scope: 'app',
    holdsFolder: null,
    cleansUp: true,
    plan(request) {
      const asked = request.from === 'catalogue' ? request.id : null
      return async (control) => {
        control.detail({ asked, installed: null })
        const { id, name } =
          request.from === 'catalogue'
            ? await modelInstall.install(request.id, control)
            : await modelInstall.installFolder(request.folder, control)
        control.say(said('Measuring what runs it fastest…'))
        await measureInstalled(id, control.signal)
        onModelInstalled()
        control.detail({ asked, installed: id })
        return said('{name} is installed.', { name })
      }
    },
  })
