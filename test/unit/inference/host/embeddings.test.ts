/** Embeddings in memory and on disk. */
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  readFileSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { setTimeout } from 'node:timers/promises'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import {
  createTake,
  decodeEmbedding,
  encodeEmbedding,
} from '../../../../core/inference/host/embedding-bytes.ts'
import { createEmbeddingFiles } from '../../../../core/inference/host/embedding-files.ts'
import { createEmbeddings, type Embedding } from '../../../../core/inference/host/embeddings.ts'
import { openHalfCasts } from '../../../../core/inference/host/half.ts'

const embeddingOf = (value: number, length = 64): Embedding => ({
  width: 640,
  height: 480,
  dims: [1, length],
  data: Uint16Array.from({ length }, (_, i) => 1000 * value + i),
})

describe('half floats', async () => {
  const casts = await openHalfCasts()
  const there = (data: Float32Array) => casts.toHalves({ data, dims: [data.length] })
  const thereAndBack = async (data: Float32Array) => (await casts.toFloats(await there(data))).data

  test('keep every half as it is', async () => {
    const all = Uint16Array.from({ length: 65536 }, (_, i) => i).filter((half) => (half & 0x7c00) !== 0x7c00)
    const floats = await casts.toFloats({ data: all, dims: [2, all.length / 2] })
    expect(floats.dims).toEqual([2, all.length / 2])
    expect(await casts.toHalves(floats)).toEqual({ data: all, dims: floats.dims })
  })

  test('round to the nearest', async () => {
    const values = Float32Array.from({ length: 20_000 }, (_, i) => Math.sin(i) * 2 ** ((i % 28) - 13))
    const back = await thereAndBack(values)
    for (const [i, value] of values.entries()) {
      const unit = Math.max(2 ** -24, 2 ** (Math.floor(Math.log2(Math.abs(value))) - 10))
      expect(Math.abs(back[i]! - value)).toBeLessThanOrEqual(unit / 2)
    }
  })

  test('know signs, zeros, the largest and infinity', async () => {
    const values = Float32Array.of(0, -0, 65504, -65504, 1e9, -Infinity, 2 ** -24, 2 ** -26)
    expect([...(await thereAndBack(values))]).toEqual([
      0,
      -0,
      65504,
      -65504,
      Infinity,
      -Infinity,
      2 ** -24,
      0,
    ])
  })
})

describe('in memory', () => {
  test('a call in progress is shared, a finished one is kept', async () => {
    const embeddings = createEmbeddings(1e6)
    let made = 0
    const make = async () => {
      made++
      await Promise.resolve()
      return embeddingOf(made)
    }
    const [first, second] = await Promise.all([embeddings.get('a', make), embeddings.get('a', make)])
    expect(first).toBe(second)
    expect(await embeddings.get('a', make)).toBe(first)
    expect(made).toBe(1)
  })

  test('a failure is forgotten', async () => {
    const embeddings = createEmbeddings(1e6)
    await expect(embeddings.get('a', () => Promise.reject(new Error('no')))).rejects.toThrow('no')
    expect(embeddings.has('a')).toBe(false)
    expect((await embeddings.get('a', () => Promise.resolve(embeddingOf(5)))).data[0]).toBe(5000)
  })

  test('the budget of bytes holds; what was used longest ago goes', async () => {
    const embeddings = createEmbeddings(3 * 128)
    const put = (key: string) => embeddings.get(key, () => Promise.resolve(embeddingOf(1)))
    for (const key of ['a', 'b', 'c']) await put(key)
    await put('a')
    await put('d')
    expect(['a', 'b', 'c', 'd'].map((key) => embeddings.has(key))).toEqual([true, false, true, true])
  })

  test('one that is larger than the budget is kept alone', async () => {
    const embeddings = createEmbeddings(10)
    await embeddings.get('a', () => Promise.resolve(embeddingOf(1)))
    expect(embeddings.has('a')).toBe(true)
  })
})

describe('on disk', () => {
  const BYTES = encodeEmbedding(embeddingOf(0)).length
  const open = (budget = 1e9, folder = join(mkdtempSync(join(tmpdir(), 'embeddings-')), 'new')) => {
    const notices: (string | null)[] = []
    return {
      folder,
      notices,
      files: createEmbeddingFiles(folder, budget, (message) => notices.push(message)),
    }
  }

  test('are the same again, also for another process', async () => {
    const { files, folder } = open()
    await files.write('a', embeddingOf(3))
    const read = await createEmbeddingFiles(folder, 1e9, () => undefined).read('a')
    expect(read).toEqual(embeddingOf(3))
    expect(await files.read('b')).toBeNull()
    expect(readdirSync(folder)).toEqual(['a.emb'])
  })

  test('damage is found wherever it is, and the file is removed to be made again', async () => {
    const { files, folder } = open()
    await files.write('a', embeddingOf(3))
    const good = readFileSync(join(folder, 'a.emb'))
    for (const at of [0, 8, 20, 60, good.length - 1]) {
      const bad = Buffer.from(good)
      bad[at]! ^= 1
      expect(decodeEmbedding(bad), `byte ${at}`).toBeNull()
    }
    for (const length of [0, 5, 50, good.length - 1])
      expect(decodeEmbedding(good.subarray(0, length))).toBeNull()
    writeFileSync(join(folder, 'a.emb'), good.subarray(0, 100))
    expect(await files.read('a')).toBeNull()
    expect(existsSync(join(folder, 'a.emb'))).toBe(false)
    await files.write('a', embeddingOf(3))
    expect(await files.read('a')).toEqual(embeddingOf(3))
  })

  test('memory that was made ready is given to one file alone, and only where it fits', () => {
    vi.useFakeTimers()
    try {
      const take = createTake()
      const first = take(10_000).fill(1)
      vi.advanceTimersByTime(1000)
      const second = take(10_004)
      // It was made ready, so it is filled; and it is another one.
      expect(second.every((byte) => byte === 0)).toBe(true)
      expect([second.length, second.byteOffset, first[0]]).toEqual([10_004, 0, 1])
      const third = take(10_000)
      expect(third.buffer).not.toBe(second.buffer)
      vi.advanceTimersByTime(1000)
      expect(take(50_000)).toHaveLength(50_000)
    } finally {
      vi.useRealTimers()
    }
  })

  test('the least recently used go when the budget is full, also those of earlier processes', async () => {
    const first = open()
    for (const [i, key] of ['a', 'b', 'c'].entries()) {
      await first.files.write(key, embeddingOf(i))
      const used = new Date(Date.now() - (10 - i) * 60_000)
      utimesSync(join(first.folder, `${key}.emb`), used, used)
    }
    const { files } = open(3 * BYTES, first.folder)
    await files.read('a')
    // The file system's clock stands still for some milliseconds at a time.
    await setTimeout(20)
    await files.write('d', embeddingOf(9))
    expect(readdirSync(first.folder).sort()).toEqual(['a.emb', 'c.emb', 'd.emb'])
    await files.limit(BYTES)
    expect(readdirSync(first.folder)).toEqual(['d.emb'])
    await files.limit(0)
    expect(readdirSync(first.folder)).toEqual([])
    await files.write('e', embeddingOf(9))
    expect(readdirSync(first.folder)).toEqual([])
  })

  test('two processes share one budget', async () => {
    vi.useFakeTimers({ toFake: ['Date'] })
    onTestFinished(() => void vi.useRealTimers())
    const first = open(4 * BYTES)
    const second = open(4 * BYTES, first.folder)
    const names = () => readdirSync(first.folder).map((name) => name.replace('.emb', ''))
    const later = () => void vi.setSystemTime(Date.now() + 11_000)
    /** The disk's clock is the real one. */
    const use = (key: string) => utimesSync(join(first.folder, `${key}.emb`), new Date(), new Date())
    const write = async ({ files }: typeof first, key: string) => {
      await files.write(key, embeddingOf(1))
      use(key)
    }
    for (let i = 0; i < 12; i++) {
      later()
      await write(i % 2 === 0 ? first : second, `key-${i}`)
      expect(names().length).toBeLessThanOrEqual(4)
    }
    // What the other one used is not the oldest.
    later()
    use('key-8')
    later()
    await write(second, 'new')
    expect(names().sort()).toEqual(['key-10', 'key-11', 'key-8', 'new'])
    // What the other one deleted takes no room.
    later()
    await first.files.limit(BYTES)
    expect(names()).toEqual(['new'])
    await first.files.limit(4 * BYTES)
    later()
    for (const key of ['a', 'b', 'c']) await write(second, key)
    expect(names().sort()).toEqual(['a', 'b', 'c', 'new'])
  })

  test('an unfinished file of a process that was killed is swept away, a fresh one is left', async () => {
    const { files, folder } = open()
    mkdirSync(folder)
    const old = new Date(Date.now() - 3_600_000)
    writeFileSync(join(folder, 'x.emb.1.tmp'), 'half')
    utimesSync(join(folder, 'x.emb.1.tmp'), old, old)
    writeFileSync(join(folder, 'y.emb.2.tmp'), 'half')
    await files.write('a', embeddingOf(1))
    expect(readdirSync(folder).sort()).toEqual(['a.emb', 'y.emb.2.tmp'])
  })

  test('a place that can be written again is used again, and what was noted is taken back', async () => {
    const base = mkdtempSync(join(tmpdir(), 'embeddings-'))
    const blocked = join(base, 'file')
    writeFileSync(blocked, '')
    const { files, notices } = open(1e9, join(blocked, 'embeddings'))
    expect(await files.write('a', embeddingOf(1))).toBe(false)
    expect(files.problem()).toMatchObject({ code: 'not-writable' })
    rmSync(blocked)
    expect(await files.write('a', embeddingOf(1))).toBe(true)
    expect(files.problem()).toBeNull()
    expect(notices).toEqual([expect.stringContaining('not kept'), null])
    expect(await files.read('a')).toEqual(embeddingOf(1))
  })

  test('a place that can not be written is noted once', async () => {
    const base = mkdtempSync(join(tmpdir(), 'embeddings-'))
    const blocked = join(base, 'file')
    writeFileSync(blocked, '')
    const { files, notices } = open(1e9, join(blocked, 'embeddings'))
    await files.write('a', embeddingOf(1))
    await files.write('b', embeddingOf(1))
    expect(notices).toHaveLength(1)
    expect(notices[0]).toContain('not kept')
    expect(await files.read('a')).toBeNull()
  })

  test.runIf(process.getuid?.() !== 0)('a read-only folder still gives what it has', async () => {
    const { files, folder } = open()
    await files.write('a', embeddingOf(1))
    chmodSync(folder, 0o500)
    const again = open(1e9, folder)
    expect(await again.files.read('a')).toEqual(embeddingOf(1))
    await again.files.write('b', embeddingOf(1))
    expect(again.notices[0]).toContain("can't be written")
  })
})
