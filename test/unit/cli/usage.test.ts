import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createBench, findOldNode, root, type Bench } from './run-cli.ts'

let bench: Bench
beforeAll(() => void (bench = createBench()))
afterAll(() => bench.remove())

const oldNode = findOldNode()
const skipped = oldNode ? '' : ' (skipped: no Node older than 22.18 on this machine)'

describe('help and version', () => {
  it('lists the commands, and prints the version of package.json', async () => {
    const help = await bench.run(['--help'])
    expect(help).toMatchObject({ code: 0, err: '' })
    for (const name of ['segment', 'embed', 'autolabel', 'export', 'info'])
      expect(help.out).toContain(`\n  ${name}`)
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }
    expect(await bench.run(['--version'])).toEqual({ code: 0, out: `${version}\n`, err: '' })
  })

  it.each(['segment', 'embed', 'autolabel', 'export', 'info'])(
    'explains %s, whatever else is there',
    async (name) => {
      const help = await bench.run([name, 'x', '--nonsense', '--help'])
      expect(help).toMatchObject({ code: 0, err: '' })
      expect(help.out).toContain(`Usage: maskwright ${name} `)
      expect(help.out).toContain('Example: maskwright')
      // A place that nobody filled in.
      expect(help.out).not.toMatch(/\{\w+\}/)
    },
  )
})

describe('wrong usage ends with 2 and the usage line', () => {
  it.each([
    [[], 'Usage: maskwright COMMAND'],
    [['paint'], 'there is no command "paint"'],
    [['segment'], 'IMAGE is missing'],
    [['segment', 'a.jpg'], 'Say where the object is'],
    [['segment', 'a.jpg', 'b.jpg', '--point', '1,1', '--mask', 'm.png'], '--mask goes with one IMAGE'],
    [['segment', '--stream', 'a.jpg', '--point', '1,1'], '--stream reads its prompts from standard input'],
    [['segment', 'a.jpg', '--point', '1'], '--point takes x,y'],
    [['segment', 'a.jpg', '--point', '1,2,3'], '--point takes x,y'],
    [['segment', 'a.jpg', '--point', '1,zwei'], '"1,zwei"'],
    [['segment', 'a.jpg', '--point', '1,2,0'], 'At least one --point must be on the object'],
    [['segment', 'a.jpg', '--box', '9,9,1,1'], 'left top'],
    [['segment', 'a.jpg', '--box', '1,1,9,9', '--box', '1,1,9,9'], 'One --box'],
    [['segment', 'a.jpg', '--point', '1,1', '--candidate', '7'], '--candidate is best'],
    [['segment', 'a.jpg', '--box', '1,1,9,9', '--candidate', '2'], 'single --point'],
    [['segment', 'a.jpg', '--point', '1,1', '--colour', 'red'], "Unknown option '--colour'"],
    [['export', 'photos', '--out', 'x'], '--format is one of coco, yolo-seg, yolo-det'],
    [['export', 'photos', '--format', 'tiff', '--out', 'x'], '--format is one of'],
    [['export', 'photos', '--format', 'coco'], '--out DIR is missing'],
    [
      ['export', 'photos', '--format', 'coco', '--out', 'x', '--val', '2'],
      '--val takes a number from 0 to 0.9',
    ],
    [['export', 'photos', '--format', 'coco', '--out', 'x', '--seed', '1.5'], '--seed takes a whole number'],
    [['info'], 'FOLDER is missing'],
    [['stats'], 'FOLDER is missing'],
    [['embed'], 'FOLDER is missing'],
    [['autolabel', 'photos'], '--boxes DIR_OR_FILE is missing'],
    [['autolabel', 'photos', '--boxes', 'b', '--min-score', '2'], '--min-score takes a number from 0 to 1'],
  ])('%j', async (args, message) => {
    const outcome = await bench.run(args)
    expect(outcome).toMatchObject({ code: 2, out: '' })
    expect(outcome.err).toContain(message)
    expect(outcome.err).toContain('Usage: maskwright')
  })
})

describe('failures end with 1 and one clear line', () => {
  it.each([
    [['segment', 'none.jpg', '--point', '1,1'], /^maskwright: There is no file .*none\.jpg\n$/],
    [['segment', 'text.jpg', '--point', '1,1'], /^maskwright: .*text\.jpg: This is not an image.*\n$/],
    [['info', 'none'], /^maskwright: There is no folder .*none.*\n$/],
    [['export', 'none', '--format', 'coco', '--out', 'x'], /^maskwright: There is no folder .*none.*\n$/],
  ])('%j', async (args, message) => {
    writeFileSync(join(bench.top, 'text.jpg'), 'This is a text.')
    const outcome = await bench.run(args)
    expect(outcome).toMatchObject({ code: 1, out: '' })
    expect(outcome.err).toMatch(message)
  })
})

describe('on an older Node', () => {
  it.skipIf(oldNode === null)(`hands over to the Node of the clone${skipped}`, async () => {
    const outcome = await bench.run(['--version'], { node: oldNode! })
    expect(outcome).toMatchObject({ code: 0, err: '' })
    expect((await bench.run(['paint'], { node: oldNode! })).code).toBe(2)
  })

  it.skipIf(oldNode === null)(`says what to do when there is none${skipped}`, () => {
    const lone = join(bench.top, 'lone/cli')
    mkdirSync(lone, { recursive: true })
    copyFileSync(join(root, 'cli/bin.js'), join(lone, 'bin.js'))
    writeFileSync(join(bench.top, 'lone/package.json'), '{"type": "module"}')
    const outcome = spawnSync(oldNode!, [join(lone, 'bin.js'), '--version'], { encoding: 'utf8' })
    expect(outcome.status).toBe(1)
    expect(outcome.stderr).toMatch(/need Node 22\.18 or later.*nodejs\.org/)
  })
})
