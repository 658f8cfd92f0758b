/** The calls of the models on offer. A model that was waited for is taken up when it is there. */
import { defaultSettings, inferenceOptionsOf } from '../settings.ts'
import type { Of, Parts } from './parts.ts'

export const modelHandlers = ({ settings, inference, modelInstall, emit }: Parts): Of<'models'> => {
  /** The chosen model was missing or damaged; now it may be there. */
  const takeUp = () => inference.use(inferenceOptionsOf(settings.get()))
  return {
    'models.available': async () => ({
      ...(await modelInstall.available()),
      installing: modelInstall.installing(),
    }),
    'models.install': async ({ id }) => {
      const models = await modelInstall.install(id)
      takeUp()
      return models
    },
    'models.installFolder': async ({ folder }) => {
      const models = await modelInstall.installFolder(folder)
      takeUp()
      return models
    },
    'models.cancel': () => {
      modelInstall.cancel()
      return {}
    },
    'models.remove': async ({ id }) => {
      const models = await modelInstall.remove(id)
      if (!models.installed.some((model) => model.id === settings.get().modelId)) {
        emit({ name: 'settings.changed', payload: settings.set({ modelId: defaultSettings.modelId }) })
        takeUp()
      }
      return models
    },
  }
}
