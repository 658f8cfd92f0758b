/** Calls about the program, its settings and what its pages remember. */
import { inferenceOptionsOf } from '../settings.ts'
import { findUpdate } from '../updates.ts'
import type { Of, Parts } from './parts.ts'

export const appHandlers = ({
  ports,
  settings,
  memory,
  inference,
  emit,
}: Parts): Of<'app'> & Of<'settings'> & Of<'memory'> => ({
  'app.info': async () => ({
    version: ports.version,
    shell: ports.shell,
    nativeDialog: ports.dialogs !== undefined,
    dataFolder: ports.dataFolder,
    sample: ports.sampleFolder !== undefined,
    models: await inference.models(),
    providers: await inference.providers(),
  }),
  'app.updates': () => findUpdate(ports.releases, ports.version),
  'settings.get': () => settings.get(),
  'memory.recall': () => ({ entries: [...memory.recall()] }),
  'memory.keep': ({ entries }) => {
    memory.keep(entries)
    return {}
  },
  'settings.set': (change) => {
    const before = JSON.stringify(inferenceOptionsOf(settings.get()))
    const now = settings.set(change)
    // A model that is picked again may be there by now.
    if (change.modelId !== undefined || JSON.stringify(inferenceOptionsOf(now)) !== before)
      inference.use(inferenceOptionsOf(now))
    emit({ name: 'settings.changed', payload: now })
    return now
  },
})
