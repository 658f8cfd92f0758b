/**
 * Builds out/, the desktop app and the page (renderer, Electron's main process, inference and decoder hosts, preload
 * script), and dist/, the package for npm. Does nothing when no source changed since the last build; `--force` builds
 * anyway.
 */
import { createHash } from 'node:crypto'
import { existsSync, globSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { builtinModules } from 'node:module'
import { join, resolve } from 'node:path'
import react from '@vitejs/plugin-react'
import { flattenDiagnosticMessageText, ModuleKind, ScriptTarget, transpileDeclaration } from 'typescript'
import { build, type InlineConfig, type Plugin } from 'vite'
import { collectNotices, noticesText, packageOfModule } from './licences.ts'

const root = resolve(import.meta.dirname, '..')
const out = join(root, 'out')
/** Built here and then put in place at once: an app that runs never finds out/ half written. */
const next = join(root, 'node_modules', '.cache', 'out')
const dist = join(root, 'dist')
const nextDist = join(root, 'node_modules', '.cache', 'dist')
const stampFile = join(out, '.stamp')

/** Loaded at run time: Electron itself, and packages with compiled parts. */
const external = [
  'electron',
  'better-sqlite3',
  'onnxruntime-node',
  '@napi-rs/image',
  ...builtinModules.flatMap((name) => [name, `node:${name}`]),
]

/** Fits both Electrons: the one that ships (45) and the one that tests run on (33: Node 20, Chromium 130). */
const NODE_TARGET = 'node20.18'
const PAGE_TARGET = 'chrome130'

/** The packages that the bundles contain. */
const bundled = new Set<string>()

const noteBundled: Plugin = {
  name: 'note-bundled',
  generateBundle(_options, bundle) {
    for (const chunk of Object.values(bundle)) {
      const modules = chunk.type === 'chunk' ? chunk.moduleIds : []
      for (const name of modules.map(packageOfModule)) if (name !== null) bundled.add(name)
    }
  },
}

/** Child processes and their threads: entries of their own, beside whatever starts them. */
const processEntries = {
  'inference-host': join(root, 'core', 'inference', 'host', 'host.ts'),
  'decoder-thread': join(root, 'core', 'images', 'decoder', 'thread.ts'),
  'import-thread': join(root, 'core', 'work', 'import', 'apart', 'thread.ts'),
  'decoder-host': join(root, 'core', 'images', 'decoder', 'host.ts'),
}

const bundles = {
  format: 'es',
  entryFileNames: '[name].js',
  chunkFileNames: 'chunk-[name]-[hash].js',
} as const

const common: InlineConfig = { configFile: false, root, logLevel: 'warn', publicDir: false }

const pageConfig: InlineConfig = {
  ...common,
  root: join(root, 'renderer'),
  plugins: [react(), noteBundled],
  worker: { format: 'es', plugins: () => [noteBundled] },
  build: {
    outDir: join(next, 'renderer'),
    emptyOutDir: true,
    target: PAGE_TARGET,
    sourcemap: true,
    // Everything comes from our own origin by name; the content security policy allows no data: scripts or fonts.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 4000,
  },
}

const mainConfig: InlineConfig = {
  ...common,
  ssr: { noExternal: true, external },
  plugins: [noteBundled],
  build: {
    ssr: true,
    outDir: join(next, 'main'),
    emptyOutDir: true,
    target: NODE_TARGET,
    sourcemap: true,
    minify: false,
    rolldownOptions: {
      input: { main: join(root, 'electron', 'main.ts'), ...processEntries },
      external,
      // A megabyte less to install and to read at each start; names stay, so that an error tells where it came from.
      output: { ...bundles, minify: { compress: false, mangle: false, codegen: { removeWhitespace: true } } },
    },
  },
}

const preloadConfig: InlineConfig = {
  ...common,
  plugins: [noteBundled],
  build: {
    outDir: join(next, 'preload'),
    emptyOutDir: true,
    target: PAGE_TARGET,
    minify: false,
    rolldownOptions: { external: ['electron'] },
    lib: { entry: join(root, 'electron', 'preload.ts'), formats: ['cjs'], fileName: () => 'preload.cjs' },
  },
}

/**
 * Programs on the core as the package for npm has them: with the core's processes; its dependencies are installed beside
 * it.
 */
export const libraryConfig = (outDir: string, programs: Readonly<Record<string, string>>): InlineConfig => ({
  ...common,
  build: {
    ssr: true,
    outDir,
    emptyOutDir: true,
    target: NODE_TARGET,
    minify: false,
    rolldownOptions: { input: { ...programs, ...processEntries }, output: bundles },
  },
})

const packageConfig = libraryConfig(nextDist, {
  index: join(root, 'lib', 'index.ts'),
  cli: join(root, 'cli', 'main.ts'),
})

/** The library's types as .d.ts: of its own files alone, which lean on no others. */
const writeTypes = () => {
  for (const name of ['index', 'sam', 'types']) {
    const source = readFileSync(join(root, 'lib', `${name}.ts`), 'utf8')
    const { outputText, diagnostics = [] } = transpileDeclaration(source, {
      fileName: `${name}.ts`,
      reportDiagnostics: true,
      compilerOptions: { isolatedDeclarations: true, target: ScriptTarget.ES2023, module: ModuleKind.ESNext },
    })
    const [problem] = diagnostics
    if (problem !== undefined)
      throw new Error(`lib/${name}.ts: ${flattenDiagnosticMessageText(problem.messageText, ' ')}`)
    writeFileSync(
      join(nextDist, `${name}.d.ts`),
      outputText.replace(/(from ['"]\.\/[^'"]+)\.ts(['"])/g, '$1.js$2'),
    )
  }
}

/** A digest of everything that goes into out/ and dist/. */
const sourcesDigest = (): string => {
  const files = globSync(
    '{cli,common,core,electron,lib,renderer}/**/*.{ts,tsx,css,html,svg,png,json,woff2}',
    {
      cwd: root,
    },
  )
  const hash = createHash('sha256')
  for (const file of [...files, 'scripts/build.ts', 'scripts/licences.ts', 'package-lock.json'].sort()) {
    hash.update(`${file}\0`).update(readFileSync(join(root, file)))
  }
  return hash.digest('hex')
}

const putInPlace = (made: string, place: string) => {
  rmSync(place, { recursive: true, force: true })
  renameSync(made, place)
}

/** @returns false when out/ and dist/ were up to date. */
export const buildAll = async (force = false): Promise<boolean> => {
  const digest = sourcesDigest()
  if (!force && existsSync(dist) && existsSync(stampFile) && readFileSync(stampFile, 'utf8') === digest)
    return false
  console.log('Building ...')
  const started = performance.now()
  await Promise.all([pageConfig, mainConfig, preloadConfig, packageConfig].map((config) => build(config)))
  const notices = collectNotices(bundled)
  writeFileSync(join(next, 'renderer', 'licences.json'), JSON.stringify(notices))
  writeFileSync(join(next, 'LICENCES.txt'), noticesText(notices))
  writeFileSync(join(next, '.stamp'), digest)
  writeTypes()
  putInPlace(nextDist, dist)
  putInPlace(next, out)
  console.log(`Built out/ and dist/ in ${((performance.now() - started) / 1000).toFixed(1)} s.`)
  return true
}

if (import.meta.main) await buildAll(process.argv.includes('--force'))
