/** The reader of ONNX files, on files that are whole, cut off and changed. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { CodedError } from '../../../common/errors.ts'
import { readOnnxModel } from '../../../core/onnx/read-model.ts'
import { message, number, text } from '../../../core/onnx/wire.ts'
import { tinyDetector } from '../../support/tiny-detectors.ts'

const folder = mkdtempSync(join(tmpdir(), 'onnx-reader-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const read = (bytes: Uint8Array) => {
  const file = join(folder, 'model.onnx')
  writeFileSync(file, bytes)
  return readOnnxModel(file)
}
const whole = tinyDetector('v8', { open: true })

test('metadata, opset, inputs and outputs with fixed and open sides', () => {
  const model = read(whole)
  expect(model.opset).toBe(13)
  expect(model.metadata.get('imgsz')).toBe('[96, 96]')
  expect(model.inputs).toEqual([{ name: 'images', type: 'float32', shape: ['batch', 3, 'height', 'width'] }])
  expect(model.outputs).toEqual([{ name: 'output0', type: 'float32', shape: ['batch', 6, 'anchors'] }])
})

test('weights among the inputs, as old files list them, are none, and their numbers are not read', () => {
  const slot = (field: number, name: string) =>
    message(field, text(1, name), message(2, message(1, number(1, 1), message(2, message(1, number(1, 3))))))
  const weight = message(
    5,
    number(1, 5_000_000),
    number(2, 1),
    text(8, 'w'),
    message(9, Buffer.alloc(20_000_000)),
  )
  const model = read(message(7, weight, slot(11, 'x'), slot(11, 'w'), slot(12, 'y')))
  expect(model.inputs).toEqual([{ name: 'x', type: 'float32', shape: [3] }])
  expect(model.outputs.map(({ name }) => name)).toEqual(['y'])
})

test('a file cut off anywhere, or changed anywhere, is read or refused with a code', () => {
  for (let at = 0; at < whole.length; at += 7) {
    const changed = Buffer.from(whole)
    changed[at] = (changed[at]! + 113) % 256
    for (const bytes of [whole.subarray(0, at), changed]) {
      try {
        read(bytes)
      } catch (thrown) {
        expect(thrown).toBeInstanceOf(CodedError)
      }
    }
  }
})

test('no folder is read, and what is no model is said to be none', () => {
  expect(() => readOnnxModel(folder)).toThrow(/not a file/)
  expect(() => read(Buffer.from('hello'))).toThrow(/no ONNX model/)
})
