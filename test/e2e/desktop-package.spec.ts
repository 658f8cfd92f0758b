/**
 * The app as it is shipped: packaged, started from a path with a space and an umlaut, away from the clone. Tests run on
 * the Electron at hand; where that is 33, better-sqlite3 is 11.5 instead of 13 (packaged-app.ts), and nothing else differs.
 */
import { globSync, lstatSync, mkdirSync, readFileSync, renameSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { findElectron } from '../../scripts/electron-binary.ts'
import { expect, root, test } from '../support/fixtures.ts'
import { fitDatabase, makePackage, startPackaged } from '../support/packaged-app.ts'
import { readStoredObjects } from '../support/project-file.ts'
import { driveStage } from '../support/stage.ts'

test.skip(process.platform !== 'linux', 'the unpacked app of Linux is what is started')

/** Own content, without Electron's, in bytes. */
const budget = { packed: 75e6, onDisk: 110e6 }

/** Fuse states behind the sentinel in the binary, '0' off and '1' on, in the order of FuseV1Options of @electron/fuses. */
const fusesOf = (binary: string): string => {
  const bytes = readFileSync(binary)
  const at = bytes.indexOf('dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX') + 32
  return bytes.toString('latin1', at + 2, at + 2 + bytes[at + 1]!)
}

interface NetEvent {
  readonly type: number
  readonly params?: { readonly url?: string; readonly address?: string; readonly host?: string }
}

/** The addresses that Chromium asked for, looked up or connected to, by its own log: one event a line. */
const askedIn = (netLog: string): string[] => {
  const [head = '', ...lines] = readFileSync(netLog, 'utf8').split('\n')
  const { constants } = JSON.parse(`${head.replace(/,$/, '')}}`) as {
    constants: { logEventTypes: Record<string, number> }
  }
  const names = ['URL_REQUEST_START_JOB', 'TCP_CONNECT_ATTEMPT', 'UDP_CONNECT', 'HOST_RESOLVER_MANAGER_JOB']
  const watched = new Map(names.map((name) => [constants.logEventTypes[name], name]))
  expect([...watched.keys()]).not.toContain(undefined)
  return lines
    .filter((line) => line.startsWith('{"'))
    .map((line) => JSON.parse(line.replace(/\]?,?$/, '')) as NetEvent)
    .flatMap(({ type, params }) =>
      watched.has(type) ? [`${watched.get(type)} ${JSON.stringify(params)}`] : [],
    )
}

test('is small and locked, starts anywhere, labels an object, and asks no network', async ({
  temporary,
  photos,
  dataFolder,
  picture,
}, testInfo) => {
  const made = await makePackage(join(temporary, 'made'))
  const files = globSync('resources/**', { cwd: made })
    .map((name) => join(made, name))
    .filter((file) => lstatSync(file).isFile())
  const onDisk = files.reduce((sum, file) => sum + lstatSync(file).size, 0)
  const packed = files.reduce((sum, file) => sum + gzipSync(readFileSync(file)).length, 0)
  const size = `${(onDisk / 1e6).toFixed(1)} MB on disk, ${(packed / 1e6).toFixed(1)} MB packed`
  testInfo.annotations.push({ type: 'own content', description: size })
  expect(packed).toBeLessThan(budget.packed)
  expect(onDisk).toBeLessThan(budget.onDisk)
  const native = files.filter((file) => /\.(node|so|dylib|dll|exe)(\.|$)/.test(file))
  expect(native.map((file) => file.split('/').at(-1)).sort()).toEqual([
    'image.linux-x64-gnu.node',
    'libonnxruntime.so.1',
    'linux-x64.node',
    'onnxruntime_binding.node',
  ])
  // Run as Node: off; cookies encrypted: on; NODE_OPTIONS and --inspect: off; integrity of the archive and nothing but it: on.
  expect(fusesOf(join(made, 'maskwright'))).toMatch(/^010011/)

  expect(readFileSync(join(made, 'LICENCES.txt'), 'utf8')).toContain('onnxruntime-node')

  const app = join(temporary, 'Meine Ängste & Äpfel', 'Maskwright')
  mkdirSync(dirname(app))
  renameSync(made, app)
  await fitDatabase(app, dirname(findElectron() ?? ''))

  // As a desktop's menu passes a folder, by its address.
  const start = { dataFolder, workingFolder: temporary, netLog: join(temporary, 'net.json') }
  const first = await startPackaged(app, { ...start, args: [`file://${photos}`] })
  const stage = driveStage(first.page)
  await stage.openImage('astronaut.jpg')
  await stage.click(225, 105)
  await stage.waitForMask(1)
  await first.page.keyboard.press('1')
  await stage.waitForObjects(1)
  await picture(first.page, 'packaged')
  expect(readStoredObjects(photos)).toMatchObject([
    { image: 'astronaut.jpg', label: 'person', source: 'model' },
  ])
  await first.page.getByTestId('help').click()
  await first.page.getByTestId('menu-licences').click()
  await expect(first.page.getByTestId('licences-dialog')).toContainText('onnxruntime-node')
  const opened = [...first.openFiles()]
  expect(opened.filter((file) => file.startsWith(`${app}/resources/`)).length).toBeGreaterThan(3)
  expect(opened.filter((file) => file.startsWith(`${root}/`))).toEqual([])
  await first.close()
  expect(askedIn(start.netLog)).toEqual([])

  // Without a folder the last one opens again.
  const second = await startPackaged(app, { ...start, args: [] })
  await expect(second.page.getByTestId('project-name')).toContainText('photos')
  await second.close()
})
