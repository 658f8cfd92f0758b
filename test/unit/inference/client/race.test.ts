/** The race of providers: who is fastest, who computes something else, who crashes, hangs or is not there. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { forkInferenceProcess } from '../../../../core/inference/client/fork.ts'
import { createModels } from '../../../../core/inference/client/models.ts'
import { createProviderMemory } from '../../../../core/inference/client/provider-memory.ts'
import { raceProviders } from '../../../../core/inference/client/race.ts'
import { createRacing } from '../../../../core/inference/client/racing.ts'
import { measureProvider } from '../../../../core/inference/host/measure.ts'
import { createSession, type Session } from '../../../../core/inference/host/sessions.ts'
import type { ModelChoice } from '../../../../core/inference/manifest.ts'
import type { FromHost, ToHost } from '../../../../core/inference/messages.ts'
import type { InferenceProcess } from '../../../../core/inference/process.ts'

const root = resolve(import.meta.dirname, '../../../..')
const folder = mkdtempSync(join(tmpdir(), 'race-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const choice = (await createModels([join(root, 'models')]).list()).find(
  ({ info }) => info.id === 'mobile-sam',
)!.choice!

/** float16 bits of 1, 2, 3 and their like. */
const right = Uint16Array.of(0x3c00, 0x4000, 0x4200)
const close = Uint16Array.of(0x3c01, 0x4000, 0x4201)
const wrong = Uint16Array.of(0x4200, 0, 0xc000)
const notNumbers = Uint16Array.of(0x7e00, 0x4000, 0x4200)

type Answer = FromHost | 'crash' | 'hang'
const measured = (ms: number, embedding = right): Answer => ({ type: 'measured', lap: { ms, embedding } })
const unusable = (message: string): Answer => ({ type: 'unusable', error: { code: 'internal', message } })

/** A process that answers each provider as it is told. */
const startWith =
  (answers: Readonly<Record<string, Answer>>, asked: string[] = []) =>
  (): InferenceProcess => {
    let tell: (message: FromHost) => void = () => undefined
    let exit: (reason: string) => void = () => undefined
    return {
      post(message: ToHost) {
        if (message.type !== 'measure') throw new Error(`unexpected ${message.type}`)
        asked.push(message.provider)
        const answer = answers[message.provider] ?? unusable('not available')
        if (answer === 'crash') exit('signal SIGSEGV')
        else if (answer !== 'hang') tell(answer)
      },
      onMessage(listener) {
        tell = listener
        queueMicrotask(() => listener({ type: 'hello' }))
      },
      onExit: (listener) => void (exit = listener),
      kill: () => exit('killed'),
    }
  }

const race = (answers: Readonly<Record<string, Answer>>, signal = new AbortController().signal) =>
  raceProviders({
    startProcess: startWith(answers),
    choice,
    providers: ['cpu', 'webgpu', 'cuda', 'dml', 'coreml'],
    threads: 0,
    signal,
    lapMs: 50,
  })

test('the fastest that computes what the CPU computes wins', async () => {
  const found = await race({
    cpu: measured(400),
    webgpu: measured(100, close),
    cuda: measured(10, wrong),
    dml: measured(5, notNumbers),
    coreml: measured(200),
  })
  expect(found?.winner).toBe('webgpu')
  expect(found?.results.map(({ provider, problem }) => [provider, problem])).toEqual([
    ['cpu', null],
    ['webgpu', null],
    ['cuda', 'It computes something else than the CPU.'],
    ['dml', 'It computes something else than the CPU.'],
    ['coreml', null],
  ])
})

test('a provider that crashes, hangs or is not there is out, and the race goes on', async () => {
  const found = await race({ cpu: measured(400), webgpu: 'crash', cuda: 'hang', coreml: measured(50) })
  expect(found?.winner).toBe('coreml')
  expect(found?.results.map(({ problem }) => problem)).toEqual([
    null,
    'Its process ended: signal SIGSEGV.',
    'It took too long.',
    'not available',
    null,
  ])
})

test('the CPU is not left for nothing much', async () => {
  expect((await race({ cpu: measured(400), webgpu: measured(380) }))?.winner).toBe('cpu')
})

test('without the CPU there is nothing to compare with', async () => {
  expect(await race({ cpu: 'crash', webgpu: measured(1) })).toBeNull()
  expect(await race({ cpu: measured(1) }, AbortSignal.abort())).toBeNull()
})

describe('what is remembered', () => {
  const memoryOf = (driver: string) =>
    createProviderMemory(mkdtempSync(join(folder, 'data-')), () => Promise.resolve(driver))
  const racing = (memory: ReturnType<typeof memoryOf>, answers: Readonly<Record<string, Answer>>) => {
    const asked: string[] = []
    const winners: string[] = []
    const parts = createRacing({
      startProcess: startWith(answers, asked),
      models: createModels([join(root, 'models')]),
      memory,
      options: () => ({ modelId: 'mobile-sam', provider: 'auto', threads: 0, embeddingBytes: 0 }),
      providers: () => ['cpu', 'cuda'],
      onWinner: (_model, winner) => winners.push(winner),
      afterMs: 0,
    })
    return { parts, asked, winners }
  }

  test('the winner is used from then on, and nothing is measured twice', async () => {
    const memory = memoryOf('driver 1')
    const first = racing(memory, { cpu: measured(400), cuda: measured(40) })
    expect(await first.parts.fastest(choice)).toBe('cpu')
    first.parts.rest()
    await expect.poll(() => first.winners).toEqual(['cuda'])
    expect(await first.parts.fastest(choice)).toBe('cuda')
    const second = racing(memory, {})
    expect(await second.parts.measured()).toMatchObject({ modelId: 'mobile-sam', winner: 'cuda' })
    second.parts.rest()
    await new Promise((later) => setTimeout(later, 20))
    expect(second.asked).toEqual([])
    await second.parts.run(null, new AbortController().signal)
    expect(second.asked, 'on request it is').toEqual(['cpu'])
  })

  test('a new driver is measured anew', async () => {
    const data = mkdtempSync(join(folder, 'data-'))
    const before = createProviderMemory(data, () => Promise.resolve('driver 1'))
    await before.keep(choice, { modelId: 'mobile-sam', results: [], winner: 'cuda' })
    expect((await before.recall(choice))?.winner).toBe('cuda')
    expect(await createProviderMemory(data, () => Promise.resolve('driver 2')).recall(choice)).toBeNull()
    expect(readFileSync(join(data, 'providers.json'), 'utf8')).toContain('driver 1')
  })

  test('whoever asks for something ends what was begun in a quiet while', async () => {
    const { parts, asked, winners } = racing(memoryOf(''), { cpu: 'hang' })
    parts.rest()
    await expect.poll(() => asked.length).toBeGreaterThan(0)
    parts.close()
    parts.disturb()
    expect(winners).toEqual([])
  })
})

describe('a lap, in the inference process’s own code', () => {
  const tiny = async (id: string): Promise<ModelChoice> =>
    (await createModels([join(root, 'test/fixtures/models')]).list()).find(({ info }) => info.id === id)!
      .choice!

  test('a provider whose sessions fail, or whose masks are wrong, is refused', async () => {
    const opened: string[] = []
    const lap = (change: (session: Session) => Session) =>
      measureProvider({ model: choice, provider: 'cuda', threads: 0 }, async (graph, options) => {
        opened.push(options.provider)
        return change(await createSession(graph, { ...options, provider: 'cpu' }))
      })
    const zeros = (session: Session): Session => ({
      ...session,
      runHalves: async (feeds, fetch) => {
        const { data, dims } = await session.runHalves(feeds, fetch)
        return { data: new Uint16Array(data.length), dims }
      },
    })
    await expect(lap(zeros)).rejects.toThrow('Its mask of a test picture lies elsewhere')
    const broken = (session: Session): Session => ({
      ...session,
      runHalves: () => Promise.reject(new Error('out of memory')),
    })
    await expect(lap(broken)).rejects.toThrow('out of memory')
    expect(new Set(opened)).toEqual(new Set(['cuda']))
  })

  test('a provider that is not there is refused in its own process', async () => {
    const model = await tiny('hwc-4-sized')
    const found = await raceProviders({
      startProcess: () => forkInferenceProcess(),
      choice: model,
      providers: ['cpu', 'no-such-provider'],
      threads: 1,
      signal: new AbortController().signal,
    })
    expect(found?.winner).toBe('cpu')
    expect(found?.results[1]?.problem).toBe('This build of the runtime has no no-such-provider.')
  })
})
