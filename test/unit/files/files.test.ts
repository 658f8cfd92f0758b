import { execFileSync } from 'node:child_process'
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { CodedError, hasCode } from '../../../common/errors.ts'
import { findInside, findInsideSync, isInnerPath, isWithin, ownFileAt } from '../../../core/files/inside.ts'
import { readSmallFile, readSmallFileSync, readSmallText } from '../../../core/files/small-file.ts'
import { hostilePaths } from './hostile.ts'

let top: string
let folder: string

const write = (path: string, content: string | Uint8Array = 'x') => {
  mkdirSync(dirname(join(top, path)), { recursive: true })
  writeFileSync(join(top, path), content)
}

beforeEach(() => {
  top = realpathSync(mkdtempSync(join(tmpdir(), 'maskwright-files-')))
  folder = join(top, 'shared')
  write('shared/a.jpg')
  write('shared/sub/b.jpg')
  write('outside/secret.png')
  write('shared-too/c.jpg')
})

afterEach(() => rmSync(top, { recursive: true, force: true }))

test('a path is inner when it is relative, in its shortest form, and no trap of the system', () => {
  for (const path of [
    'a.jpg',
    'sub/b c.jpg',
    '...',
    '.hidden/x',
    'Ünï/ça.png',
    '..a',
    'a..',
    '12:30.jpg',
    'a\\b',
  ])
    expect(isInnerPath(path, false), path).toBe(true)
  const never = [
    '',
    '/',
    '/etc/passwd',
    '..',
    '../x',
    'a/..',
    'a/../b',
    './a',
    'a//b',
    'a/',
    'a\0b',
    'C:\\x',
    'c:/x',
  ]
  for (const path of [...never, '\\\\host\\share', '\\x', 'x'.repeat(5000)])
    for (const windows of [true, false]) expect(isInnerPath(path, windows), path).toBe(false)
  for (const path of ['a\\b', 'a:b', 'c:x', 'NUL', 'con.jpg', 'sub/aux', 'a. ', 'a./b', 'x '])
    expect(isInnerPath(path, true), path).toBe(false)
})

test('a folder whose name begins the same is not inside', () => {
  expect(isWithin(join(top, 'shared-too'), folder)).toBe(false)
  expect(isWithin(join(folder, '..x'), folder)).toBe(true)
  expect(isWithin(folder, folder)).toBe(true)
  expect(isWithin('/a', '/')).toBe(true)
})

test('a stored path gives a regular file inside, or why not', async () => {
  symlinkSync(join(top, 'outside', 'secret.png'), join(folder, 'link.png'))
  symlinkSync(join(top, 'outside'), join(folder, 'far'))
  symlinkSync('a.jpg', join(folder, 'near.jpg'))
  symlinkSync('loop', join(folder, 'loop'))
  execFileSync('mkfifo', [join(folder, 'pipe.jpg')])
  const expected = {
    'a.jpg': 'file',
    'sub/b.jpg': 'file',
    'near.jpg': 'file',
    'link.png': 'outside',
    'far/secret.png': 'outside',
    '../outside/secret.png': 'outside',
    [join(top, 'outside', 'secret.png')]: 'outside',
    sub: 'no-file',
    'pipe.jpg': 'no-file',
    'none.jpg': 'gone',
    loop: 'gone',
  }
  for (const [path, result] of Object.entries(expected))
    for (const found of [await findInside(folder, path), findInsideSync(folder, path)])
      expect('file' in found ? 'file' : found.fault, path).toBe(result)
})

test('a folder that is a link itself is where it leads', async () => {
  symlinkSync(folder, join(top, 'short'))
  expect(await findInside(join(top, 'short'), 'a.jpg')).toMatchObject({ file: join(top, 'short', 'a.jpg') })
})

test('of many hostile paths none gives a file outside', async () => {
  symlinkSync('../..', join(folder, 'sub', 'up'))
  symlinkSync('/', join(folder, 'root'))
  const around = {
    outside: join(top, 'outside', 'secret.png'),
    inside: ['sub', 'up', 'root', 'a.jpg', 'shared'],
  }
  let files = 0
  for (const path of hostilePaths(7, 3000, around)) {
    const [found, same] = [await findInside(folder, path), findInsideSync(folder, path)]
    expect('file' in same, path).toBe('file' in found)
    if ('file' in found) {
      files += 1
      expect(isWithin(realpathSync(found.file), folder), path).toBe(true)
    }
  }
  expect(files).toBeGreaterThan(10)
})

test('a file of our own is found without following links', () => {
  const own = () => ownFileAt(folder, '.maskwright/project.sqlite')
  expect(own()).toBe('none')
  write('shared/.maskwright/project.sqlite')
  expect(own()).toBe('file')
  rmSync(join(folder, '.maskwright', 'project.sqlite'))
  symlinkSync(join(top, 'outside', 'secret.png'), join(folder, '.maskwright', 'project.sqlite'))
  expect(own()).toBe('link')
  rmSync(join(folder, '.maskwright'), { recursive: true })
  symlinkSync(join(top, 'nowhere'), join(folder, '.maskwright'))
  expect(own()).toBe('link')
  rmSync(join(folder, '.maskwright'))
  write('shared/.maskwright')
  expect(own()).toBe('other')
})

const code = async (promise: Promise<unknown>) => {
  const thrown: unknown = await promise.then(
    () => null,
    (error: unknown) => error,
  )
  return (['bad-input', 'not-found'] as const).find((one) => hasCode(thrown, one)) ?? thrown
}

test('small files are regular files up to a size; a pipe, a device and a link are refused at once', async () => {
  write('shared/ten.txt', '0123456789')
  const ten = join(folder, 'ten.txt')
  expect((await readSmallFile(ten, { limit: 10 })).toString()).toBe('0123456789')
  expect(readSmallFileSync(ten, { limit: 10 }).toString()).toBe('0123456789')
  expect(await code(readSmallFile(ten, { limit: 9 }))).toBe('bad-input')
  write('shared/big.txt', Buffer.alloc(300_000, 'y'))
  expect(await readSmallFile(join(folder, 'big.txt'), { limit: 1e6 })).toEqual(Buffer.alloc(300_000, 'y'))
  execFileSync('mkfifo', [join(folder, 'pipe')])
  symlinkSync('ten.txt', join(folder, 'link'))
  expect((await readSmallFile(join(folder, 'link'), { limit: 10 })).length).toBe(10)
  for (const name of ['pipe', '.', 'none', 'ten.txt/x'])
    expect(await code(readSmallFile(join(folder, name), { limit: 10 })), name).toMatch(/bad-input|not-found/)
  for (const file of [join(folder, 'link'), join(folder, 'pipe')])
    expect(await code(readSmallFile(file, { limit: 10, follow: false })), file).toBe('bad-input')
  expect(await code(readSmallFile('/dev/zero', { limit: 10 }))).toBe('bad-input')
  expect(() => readSmallFileSync(join(folder, 'pipe'), { limit: 10 })).toThrow('not a file')
})

test('text is UTF-8, or UTF-16 with its mark; anything else is refused with what to do', async () => {
  const text = 'Hündin\r\n猫\r\n'
  const utf16 = Buffer.from(`\uFEFF${text}`, 'utf16le')
  const read = (bytes: Uint8Array) => {
    write('shared/t.txt', bytes)
    return readSmallText(join(folder, 't.txt'), { limit: 1000 })
  }
  expect(await read(Buffer.from(text))).toBe(text)
  expect(await read(Buffer.from(`\uFEFF${text}`))).toBe(text)
  expect(await read(utf16)).toBe(text)
  expect(await read(Buffer.from(utf16).swap16())).toBe(text)
  await expect(read(Buffer.from([0xc3, 0xa8, 0xb9, 0xb7]))).rejects.toThrow('save it as UTF-8')
  await expect(read(utf16.subarray(2))).rejects.toThrow('save it as UTF-8')
  await expect(read(utf16.subarray(0, 9))).rejects.toThrow('save it as UTF-8')
  expect(readFileSync(join(folder, 't.txt')).length).toBe(9)
})

test('a text in another encoding tells how it reads in each that it can be in', async () => {
  const previews = async (bytes: Uint8Array) => {
    write('shared/t.txt', bytes)
    const thrown: unknown = await readSmallText(join(folder, 't.txt'), { limit: 2e6 }).catch(
      (one: unknown) => one,
    )
    if (!(thrown instanceof CodedError) || thrown.code !== 'unknown-encoding') throw thrown
    return new Map(thrown.previews!.map(({ encoding, samples }) => [encoding, samples]))
  }
  // "dog", "狗" and "猫" in GBK.
  const chinese = await previews(Buffer.from('646f670ab9b70ac3a80a', 'hex'))
  expect(chinese.get('gb18030')).toEqual(['狗', '猫'])
  expect(chinese.get('windows-1252')).toEqual(['¹·', 'Ã¨'])
  // "犬" in Shift-JIS, "貓" in Big5.
  expect((await previews(Buffer.from('8ca20a', 'hex'))).get('shift_jis')).toEqual(['犬'])
  expect((await previews(Buffer.from('bfdf0a', 'hex'))).get('big5')).toEqual(['貓'])
  // 0xff is a letter in some, and in none of those that have no such byte.
  const latin = await previews(Buffer.from('48fc6e64696e20ff', 'hex'))
  expect(latin.get('windows-1252')).toEqual(['Hündin ÿ'])
  expect([...latin.keys()]).not.toContain('gb18030')
  const wide = await previews(Buffer.from('Hündin\n猫\n', 'utf16le'))
  expect(wide.get('utf-16le')).toEqual(['Hündin', '猫'])
  // A letter that is cut where the preview ends is no fault, and a long line shows the place.
  const long = Buffer.concat([
    Buffer.alloc((1 << 20) - 1, 'x'),
    Buffer.from('c3a8', 'hex'),
    Buffer.alloc(9, 'y'),
  ])
  expect((await previews(Buffer.concat([Buffer.from('b9b7', 'hex'), long]))).has('gb18030')).toBe(true)
})
