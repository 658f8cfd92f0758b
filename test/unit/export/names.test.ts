import { describe, expect, it } from 'vitest'
import { createNames, besideOf, needsPng } from '../../../core/export/names.ts'

describe('createNames', () => {
  it('keeps subfolders and Unicode names', () => {
    const nameOf = createNames('stem')
    expect(nameOf('Ünï/фото 1.jpg', null)).toEqual({ name: 'Ünï/фото 1.jpg', why: null })
    expect(nameOf('b/фото 1.jpg', null)).toEqual({ name: 'b/фото 1.jpg', why: null })
  })

  it('tells images apart that would share a label file', () => {
    const nameOf = createNames('stem')
    expect(nameOf('a.jpg', null).name).toBe('a.jpg')
    expect(nameOf('a.png', null)).toEqual({ name: 'a_png.png', why: 'another image has the same name' })
    expect(nameOf('a_png.jpg', null).name).toBe('a_png_jpg.jpg')
    expect(nameOf('A.JPG', null).name).toBe('A_jpg.JPG')
  })

  it('counts on when the other name is taken too', () => {
    const nameOf = createNames('stem')
    const names = ['a.jpg', 'a_jpg.png', 'A.jpg', 'á.jpg', 'a\u0301.jpg'].map(
      (path) => nameOf(path, null).name,
    )
    expect(names).toEqual(['a.jpg', 'a_jpg.png', 'A_jpg_2.jpg', 'á.jpg', 'a\u0301_jpg.jpg'])
    expect(new Set(names.map((name) => besideOf(name, 'txt').normalize('NFC').toLowerCase())).size).toBe(5)
  })

  it('lets whole names differ by extension where the format can', () => {
    const nameOf = createNames('name')
    expect(nameOf('a.jpg', null).why).toBeNull()
    expect(nameOf('a.png', null).why).toBeNull()
    expect(nameOf('a.gif', { ending: 'png', why: 'unread' })).toEqual({
      name: 'a_gif.png',
      why: 'another image has the same name',
    })
  })

  it('renames a subfolder called images, which would lead trainers to the wrong labels', () => {
    const nameOf = createNames('stem')
    expect(nameOf('images/a.jpg', null).name).toBe('images_/a.jpg')
    expect(nameOf('x/images/images/a.jpg', null).name).toBe('x/images_/images_/a.jpg')
    expect(nameOf('my images/a.jpg', null)).toEqual({ name: 'my images/a.jpg', why: null })
  })
})

describe('besideOf and needsPng', () => {
  it('go by the last ending', () => {
    expect(besideOf('a/b.c.jpeg', 'txt')).toBe('a/b.c.txt')
    expect(needsPng('x.JPG')).toBe(false)
    expect(needsPng('x.gif')).toBe(true)
    expect(needsPng('x.avif')).toBe(true)
  })
})
