import { describe, expect, it } from 'vitest'
import { yoloBoxLine, yoloClasses, yoloDataYaml, yoloSegmentLine } from '../../../core/formats/yolo/lines.ts'
import { labelsOf } from '../export/folder.ts'

const size = { width: 200, height: 100 }

describe('lines', () => {
  it('writes a box by its centre', () => {
    expect(yoloBoxLine(3, { x: 20, y: 10, width: 40, height: 30 }, size)).toBe('3 0.2 0.25 0.2 0.3')
  })

  it('writes the whole image', () => {
    expect(yoloBoxLine(0, { x: 0, y: 0, width: 200, height: 100 }, size)).toBe('0 0.5 0.5 1 1')
  })

  it('never writes an exponent or a number past 1', () => {
    const line = yoloSegmentLine(
      0,
      [
        [0.0004, 0.0001],
        [200.0000001, 0],
        [100, 100],
      ],
      size,
    )
    expect(line).toBe('0 0.000002 0.000001 1 0 0.5 1')
  })
})

describe('data.yaml and classes.txt', () => {
  it('quotes names that YAML would read as something else, and keeps each on one line', () => {
    const labels = labelsOf('yes', 'a: "b" #c', 'Ünï 🐈', 'two\nlines', 'C:\\x')
    const yaml = yoloDataYaml({
      labels,
      task: 'segment',
      train: 'images/train',
      test: null,
      validation: 'images/val',
      comments: ['two\nlines'],
    })
    expect(yaml).toBe(
      '# two lines\ntask: segment\ntrain: images/train\nval: images/val\nnc: 5\nnames:\n  0: "yes"\n  1: "a: \\"b\\" #c"\n' +
        '  2: "Ünï 🐈"\n  3: "two lines"\n  4: "C:\\\\x"\n',
    )
    expect(yoloClasses(labels).split('\n')).toEqual(['yes', 'a: "b" #c', 'Ünï 🐈', 'two lines', 'C:\\x', ''])
  })
})
