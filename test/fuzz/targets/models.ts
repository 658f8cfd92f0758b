/** The manifest of a model that somebody else made: listed among the models, never run here. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { forkInferenceProcess } from '../../../core/inference/client/fork.ts'
import { mutateJson } from '../mutate/json.ts'
import { openCore } from '../../support/open-core.ts'
import type { Place } from '../place.ts'
import type { Answers, Target } from '../target.ts'

const bundled = join(import.meta.dirname, '..', '..', '..', 'models', 'mobile-sam', 'manifest.json')
const seed = (): unknown => JSON.parse(readFileSync(bundled, 'utf8'))

const run = async (place: Place, answers: Answers) => {
  const { core, client } = openCore(place.data, {
    modelFolders: [join(place.shared, 'models')],
    startInferenceProcess: () => forkInferenceProcess(),
  })
  try {
    await answers.ask('models', () => client.call('app.info', {}))
    await answers.ask('models on offer', () => client.call('models.available', {}))
    await answers.ask('status', () => client.call('inference.status', {}))
  } finally {
    await core.close()
  }
}

export const models: Target = {
  name: 'models',
  kept: {},
  make: (random) => {
    const { bytes, about } = mutateJson(seed(), random)
    const files = new Map([
      ['home/shared/models/mobile-sam/manifest.json', bytes],
      ['home/shared/models/mobile-sam/encoder.onnx', random.bytes(50)],
      ['home/shared/models/mobile-sam/decoder.onnx', random.bytes(50)],
    ])
    return { about, files }
  },
  mayChange: (path) => path === 'data' || path.startsWith('data/'),
  start: (place) => ({ run: (_given, answers) => run(place, answers), close: () => Promise.resolve() }),
}
