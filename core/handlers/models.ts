/** Calls about the models that are there and those on offer. */
import { defaultSettings, inferenceOptionsOf } from '../settings.ts'
import type { Of, Parts } from './parts.ts'

export const modelHandlers = ({ settings, inference, modelInstall, emit }: Parts): Of<'models'> => ({
  'models.available': () => modelInstall.available(),
  'models.remove': async ({ id }) => {
    const models = await modelInstall.remove(id)
    if (!models.installed.some((model) => model.id === settings.get().modelId)) {
      emit({ name: 'settings.changed', payload: settings.set({ modelId: defaultSettings.modelId }) })
      inference.use(inferenceOptionsOf(settings.get()))
    }
    return models
  },
})
