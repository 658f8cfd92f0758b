import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { cpusBesides, readCpus } from '../../../../core/inference/host/affinity.ts'

test.each([
  ['0', [0]],
  ['0-3', [0, 1, 2, 3]],
  [' 0-1,4,6-7\n', [0, 1, 4, 6, 7]],
  ['', []],
])('processors %j', (list, cpus) => expect(readCpus(list)).toEqual(cpus))

const all = [0, 1, 2, 3]

test('the caller gets what no thread is pinned to', () => {
  expect(cpusBesides(all, [all, [1], all, [2], [3]])).toEqual([0])
  // Two threads a core: the pool's threads may run on both of theirs.
  expect(
    cpusBesides(
      [0, 1, 2, 3, 4, 5],
      [
        [1, 4],
        [2, 5],
      ],
    ),
  ).toEqual([0, 3])
})

test('the caller stays free where nothing is pinned, and where nothing would be left', () => {
  expect(cpusBesides(all, [all, all])).toBeNull()
  expect(
    cpusBesides(all, [
      [0, 1],
      [2, 3],
    ]),
  ).toBeNull()
  expect(cpusBesides([0], [[0]])).toBeNull()
})

/** Opens a session as the inference process does, and tells which processors each thread has then. */
const script = (core: string, graph: string) => `
  import { readdirSync, readFileSync } from 'node:fs'
  const { createSession } = await import(${JSON.stringify(join(core, 'sessions.ts'))})
  const { keepOffPool, readCpus } = await import(${JSON.stringify(join(core, 'affinity.ts'))})
  await createSession(${JSON.stringify(graph)}, { provider: 'cpu', threads: 0 })
  const told = () => Object.fromEntries(readdirSync('/proc/self/task').map((thread) => [
    thread === String(process.pid) ? 'main' : thread,
    readCpus(/Cpus_allowed_list:(.*)/.exec(readFileSync('/proc/self/task/' + thread + '/status', 'utf8'))[1]),
  ]))
  const before = told()
  await keepOffPool()
  console.log(JSON.stringify({ before, after: told() }))
  process.exit(0)
`

const coreOf = (cpu: number) =>
  readFileSync(`/sys/devices/system/cpu/cpu${cpu}/topology/thread_siblings_list`, 'utf8')

test.runIf(process.platform === 'linux')('the real pool has its processors to itself', () => {
  const core = join(import.meta.dirname, '../../../../core/inference/host')
  const graph = join(import.meta.dirname, '../../../fixtures/int8-product.onnx')
  const told = execFileSync(process.execPath, ['--input-type=module', '-e', script(core, graph)], {
    encoding: 'utf8',
  })
  type Told = Record<string, number[]> & { main: number[] }
  const { before, after } = JSON.parse(told) as { before: Told; after: Told }
  const pinned = Object.values(before).filter(({ length }) => length < before.main.length)
  // With one core the runtime has no pool.
  if (new Set(before.main.map(coreOf)).size > 1) expect(pinned).not.toEqual([])
  for (const cpu of pinned.flat()) expect(after.main).not.toContain(cpu)
  expect(after.main).not.toEqual([])
  for (const [thread, cpus] of Object.entries(before))
    if (thread !== 'main') expect(after[thread], thread).toEqual(cpus)
})
