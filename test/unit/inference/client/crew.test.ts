/** Several processes for long work: how many, who answers, and what happens when one can't be had. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { sizeOfCrew } from '../../../../core/inference/client/crew.ts'
import type { Hand } from '../../../../core/inference/client/inference.ts'
import { countCores, describeComputer } from '../../../../core/inference/client/machine.ts'
import type { ToHost } from '../../../../core/inference/messages.ts'
import { imageOf, requestOf } from '../asked.ts'
import type { FakeProcess } from './fake-process.ts'
import { open, options, segment, until } from './open-inference.ts'

const GB = 1e9
const machine = { cores: 2, memory: 8 * GB }

const ask = (hand: Hand, id: number) =>
  hand
    .segmentLater(imageOf(id), requestOf({ imageId: id, revision: id }), 'boxes')
    .then(({ imageId }) => `image ${imageId}`)
    .catch((thrown: unknown) => (thrown as { code: string }).code)

const loadOf = ({ posted }: FakeProcess) =>
  posted.find((message): message is Extract<ToHost, { type: 'load' }> => message.type === 'load')

/** The main process is loaded, and a crew of two hired. */
const hire = async (images = 20) => {
  const opened = open({ machine })
  const main = await opened.load()
  const crew = await opened.inference.hire(images)
  const loadHand = async (at: number) => {
    await until(() => opened.processes[at] !== undefined && loadOf(opened.processes[at]) !== undefined)
    const process = opened.processes[at]!
    process.load()
    await until(() => process.job() !== null)
    return process
  }
  return { ...opened, main, crew, loadHand }
}

describe('how many hands', () => {
  test.each([
    { cores: 1, hands: null },
    { cores: 2, hands: { hands: 2, threads: 1 } },
    { cores: 3, hands: { hands: 3, threads: 1 } },
    { cores: 4, hands: { hands: 4, threads: 1 } },
    { cores: 5, hands: { hands: 4, threads: 1 } },
    { cores: 6, hands: { hands: 3, threads: 2 } },
    { cores: 8, hands: { hands: 4, threads: 2 } },
    { cores: 12, hands: { hands: 4, threads: 3 } },
  ])('$cores cores', ({ cores, hands }) => expect(sizeOfCrew(cores, 100, 64 * GB)).toEqual(hands))

  test('no more than half of the free memory holds', () => {
    expect(sizeOfCrew(4, 100, 2 * GB)).toBeNull()
    expect(sizeOfCrew(4, 100, 3 * GB)).toEqual({ hands: 2, threads: 2 })
  })

  test('cores are counted by the threads that share one', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'maskwright-cores-'))
    onTestFinished(() => rmSync(folder, { recursive: true }))
    for (const [cpu, siblings] of ['0,2', '1,3', '0,2', '1,3'].entries()) {
      mkdirSync(join(folder, `cpu${cpu}`, 'topology'), { recursive: true })
      writeFileSync(join(folder, `cpu${cpu}`, 'topology', 'thread_siblings_list'), `${siblings}\n`)
    }
    mkdirSync(join(folder, 'cpufreq'))
    expect(await countCores(folder)).toBe(2)
    expect(await countCores(join(folder, 'nowhere'))).toBeNull()
  })

  test('this computer has cores and memory, or does not tell', async () => {
    const found = await describeComputer()
    if (found === null) return
    expect(found.cores).toBeGreaterThan(0)
    expect(found.memory).toBeGreaterThan(0)
  })
})

describe('who does the work', () => {
  test('each hand has a process of its own, of one thread, once it is asked; a click does not wait for them', async () => {
    const { inference, crew, processes, main, loadHand } = await hire()
    expect(crew.hands).toHaveLength(2)
    expect(processes).toHaveLength(1)
    expect(inference.status().hands).toBeUndefined()
    const answers = [ask(crew.hands[0]!, 1), ask(crew.hands[1]!, 2)]
    const one = await loadHand(1)
    const two = await loadHand(2)
    for (const process of [one, two])
      expect(loadOf(process)).toMatchObject({ threads: 1, provider: 'cpu', givesWay: true })
    expect(loadOf(main)).toMatchObject({ threads: 0, givesWay: false })
    expect(inference.status()).toMatchObject({ hands: 2 })
    const click = segment(inference, 3, 3)
    main.finish()
    expect(await click).toBe('image 3 revision 3')
    two.finish()
    one.finish()
    expect(await Promise.all(answers)).toEqual(['image 1', 'image 2'])
    expect(main.job()).toBeNull()
  })

  test.each([
    { why: 'few images', images: 3, change: {} },
    { why: 'one thread in the settings', images: 20, change: { threads: 1 } },
    { why: 'another provider', images: 20, change: { provider: 'cuda' } },
    { why: 'a server', images: 20, change: { server: { url: 'http://localhost:1/', model: '' } } },
  ])('$why: the main process does it', async ({ images, change }) => {
    const { inference, load, processes } = open({ machine, options: change })
    const main = await load()
    const { hands } = await inference.hire(images)
    expect(hands).toHaveLength(1)
    const answer = ask(hands[0]!, 1)
    await until(() => main.job() !== null)
    main.finish()
    expect(await answer).toBe('image 1')
    expect(processes).toHaveLength(1)
  })

  test('a hand that dies is started again and answers', async () => {
    const { crew, loadHand } = await hire()
    const answer = ask(crew.hands[0]!, 1)
    const first = await loadHand(1)
    first.crash()
    const second = await loadHand(2)
    second.finish()
    expect(await answer).toBe('image 1')
  })

  test('a hand that can not be started leaves its work to the main process', async () => {
    const { crew, processes, main } = await hire()
    const answer = ask(crew.hands[0]!, 1)
    for (const at of [1, 2, 3]) {
      await until(() => processes[at] !== undefined && loadOf(processes[at]) !== undefined)
      processes[at]!.crash('no memory')
    }
    await until(() => main.job() !== null)
    main.finish()
    expect(await answer).toBe('image 1')
    const next = ask(crew.hands[0]!, 2)
    await until(() => main.job() !== null)
    main.finish()
    expect(await next).toBe('image 2')
    expect(processes).toHaveLength(4)
  })

  test('an image that is at fault is refused, and nobody else is asked about it', async () => {
    const { crew, main, loadHand } = await hire()
    const answer = ask(crew.hands[0]!, 1)
    const hand = await loadHand(1)
    hand.fail('image-unreadable', 'The file is empty (0 bytes).')
    expect(await answer).toBe('image-unreadable')
    expect(main.job()).toBeNull()
  })

  test('with other options the main process goes on with what the hands were asked', async () => {
    const { inference, crew, processes, loadHand } = await hire()
    const answer = ask(crew.hands[0]!, 1)
    const hand = await loadHand(1)
    // More room for embeddings changes nothing of how it runs.
    inference.use({ ...options, embeddingBytes: 1 })
    expect(hand.posted.some(({ type }) => type === 'close')).toBe(false)
    inference.use({ ...options, threads: 1 })
    await until(() => processes.length === 3 && loadOf(processes[2]!) !== undefined)
    expect(hand.posted.at(-1)).toEqual({ type: 'close' })
    const main = processes[2]!
    main.load()
    await until(() => main.job() !== null)
    main.finish()
    expect(await answer).toBe('image 1')
  })

  test.each(['dismiss', 'close'] as const)('%s ends them; what waits is refused', async (how) => {
    const { inference, crew, processes, main, loadHand } = await hire()
    const answers = [ask(crew.hands[0]!, 1), ask(crew.hands[0]!, 1)]
    const hand = await loadHand(1)
    if (how === 'dismiss') crew.dismiss()
    else await inference.close()
    expect(await Promise.all(answers)).toEqual(['cancelled', 'cancelled'])
    expect(hand.posted.at(-1)).toEqual({ type: 'close' })
    expect(inference.status().hands).toBeUndefined()
    expect(main.job()).toBeNull()
    expect(await ask(crew.hands[1]!, 2)).toBe('cancelled')
    expect(processes).toHaveLength(2)
  })
})
