/** What the filter of the image list offers while it is typed, and where the caret is then. */
import { describe, expect, it } from 'vitest'
import { parseQuery, queryKeys } from '../../../common/image-query.ts'
import { complete, completionsOf } from '../../../renderer/panels/images/completions.ts'

const classes = ['cat', 'Car', 'traffic light', 'dog']

/** The caret is where the bar stands. */
const offeredFor = (written: string) => {
  const caret = written.indexOf('|')
  const text = written.replace('|', '')
  const completions = completionsOf(text, caret, { class: classes, tag: ['night shift', 'rain'] })
  return { text, completions, texts: completions?.items.map((item) => item.text) ?? [] }
}

describe('what is offered', () => {
  it.each([
    ['s|', ['status:', 'split:', 'score:', 'size:']],
    ['night -c|', ['-class:', '-changed:']],
    ['class:ca|', ['class:cat', 'class:Car']],
    ['-class:TR|', ['-class:"traffic light"']],
    ['status:un|', ['status:unlabelled']],
    ['class:cat|', []],
    ['-tag:n|', ['-tag:"night shift"']],
    ['|', Object.keys(queryKeys).map((key) => `${key}:`)],
    ['-|', []],
    ['coffee|', []],
    ['"s|', []],
    ['q| status:todo', []],
  ])('%s', (written, texts) => expect(offeredFor(written).texts).toEqual(texts))

  it('is what the language takes', () => {
    for (const written of ['status:|', 'class:|', 'tag:|'])
      for (const text of offeredFor(written).texts) expect(parseQuery(text)).toHaveProperty('terms')
  })
})

it('a completed value is followed by a blank, a key is not', () => {
  const value = offeredFor('night class:tr|')
  expect(complete(value.text, value.completions!, value.completions!.items[0]!)).toEqual({
    text: 'night class:"traffic light" ',
    caret: 28,
  })
  const key = offeredFor('ob| night')
  expect(complete(key.text, key.completions!, key.completions!.items[0]!)).toEqual({
    text: 'objects: night',
    caret: 8,
  })
})
