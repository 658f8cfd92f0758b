/** Calls that start and steer long work. */
import type { Of, Parts } from './parts.ts'

export const transferHandlers = ({ exporting }: Parts): Of<'transfer'> => ({
  'transfer.export': (request) => exporting.run(request),
  'transfer.cancel': () => {
    exporting.cancel()
    return {}
  },
})

export const prepareHandlers = ({ prepare }: Parts): Of<'prepare'> => ({
  'prepare.start': () => {
    prepare.start()
    return {}
  },
  'prepare.pause': () => {
    prepare.pause()
    return {}
  },
  'prepare.resume': () => {
    prepare.resume()
    return {}
  },
  'prepare.cancel': () => {
    prepare.cancel()
    return {}
  },
  'prepare.status': () => prepare.progress(),
})

export const manyHandlers = ({ autolabel, everything }: Parts): Of<'boxes'> & Of<'everything'> => ({
  'boxes.start': async (request) => {
    await autolabel.start(request)
    return {}
  },
  'boxes.cancel': () => {
    autolabel.cancel()
    return {}
  },
  'boxes.status': () => autolabel.progress(),
  'everything.start': (request) => {
    everything.start(request)
    return {}
  },
  'everything.cancel': () => {
    everything.cancel()
    return {}
  },
})
