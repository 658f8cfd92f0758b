/**
 * `npm run package`: this machine's installers in release/, by electron-builder.yml. `-- --dir` makes the unpacked app
 * alone, which needs no download of electron-builder's; `-- --out FOLDER` puts it elsewhere. With
 * ELECTRON_OVERRIDE_DIST_PATH the app is packaged from that Electron.
 */
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { build, type Configuration, DIR_TARGET, Platform } from 'electron-builder'
import { messageOf } from '../common/errors.ts'
import { buildAll } from './build.ts'

const root = resolve(import.meta.dirname, '..')

/** Electron from a folder: its own version, and without the app that may lie in it. */
const electronOf = (folder: string | undefined): Configuration => {
  if (!folder) return {}
  return {
    electronDist: folder,
    electronVersion: readFileSync(join(folder, 'version'), 'utf8').trim().replace(/^v/, ''),
    afterExtract({ appOutDir }) {
      for (const app of ['app', 'default_app.asar'])
        rmSync(join(appOutDir, 'resources', app), { recursive: true, force: true })
      return Promise.resolve()
    },
  }
}

/**
 * The page of a project by the address that its clone came from, without what logs in: a deb has to name one.
 * @returns null where the address is no server's
 */
export const homepageOf = (remote: string): string | null => {
  const [, host, path] =
    /^(?:https?|ssh|git):\/\/(?:[^@/]*@)?([^/:]+)(?::\d+)?\/(.+?)(?:\.git)?\/?$/.exec(remote) ??
    /^[^@/\\]+@([^/:]+):(.+?)(?:\.git)?\/?$/.exec(remote) ??
    []
  return host === undefined || path === undefined ? null : `https://${host}/${path}`
}

const homepage = (): Configuration => {
  const own = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { homepage?: string }
  if (own.homepage !== undefined) return {}
  try {
    const remote = execFileSync('git', ['remote', 'get-url', 'origin'], {
      cwd: root,
      encoding: 'utf8',
      stdio: 'pipe',
    })
    const found = homepageOf(remote.trim())
    return found === null ? {} : { extraMetadata: { homepage: found } }
  } catch {
    // No clone, or one from nowhere.
    return {}
  }
}

export interface PackageOptions {
  /** The unpacked app alone. */
  readonly unpacked: boolean
  /** A folder; what lies in it is replaced. */
  readonly out: string
}

/** @returns the files made, or the folder of the unpacked app. @throws Error when a part can't be made or downloaded */
export const packageApp = async ({ unpacked, out }: PackageOptions): Promise<string[]> => {
  await buildAll()
  const made = await build({
    projectDir: root,
    targets: Platform.current().createTarget(unpacked ? DIR_TARGET : null),
    publish: 'never',
    config: {
      ...homepage(),
      ...electronOf(process.env.ELECTRON_OVERRIDE_DIST_PATH),
      directories: { output: out },
    },
  })
  return unpacked ? unpackedIn(out) : made
}

const unpackedIn = (out: string): string[] =>
  existsSync(out)
    ? readdirSync(out, { withFileTypes: true })
        .filter((entry) => entry.isDirectory() && /(-unpacked|^mac.*)$/.test(entry.name))
        .map(({ name }) => join(out, name))
    : []

const run = async (): Promise<void> => {
  const { values } = parseArgs({
    options: { dir: { type: 'boolean', default: false }, out: { type: 'string' } },
  })
  const out = resolve(process.env.INIT_CWD ?? process.cwd(), values.out ?? join(root, 'release'))
  try {
    for (const file of await packageApp({ unpacked: values.dir, out })) console.log(`Made ${file}`)
  } catch (thrown) {
    console.error(`Not everything was made: ${messageOf(thrown)}`)
    const apps = unpackedIn(out)
    if (!values.dir && apps.length > 0)
      console.error(
        `The app itself is there, unpacked: ${apps.join(', ')}. \`npm run package -- --dir\` makes it alone.`,
      )
    process.exitCode = 1
  }
}

if (import.meta.main) await run()
