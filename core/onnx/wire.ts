/**
 * The wire format of protobuf, read from and written to bytes in memory
 * (https://protobuf.dev/programming-guides/encoding/).
 */

export interface Field {
  readonly number: number
  /** With its tag. */
  readonly whole: Buffer
  /** Of a field with a length; else empty. */
  readonly body: Buffer
}

const readVarint = (bytes: Buffer, at: number): [value: number, end: number] => {
  let [value, factor, end] = [0, 1, at]
  for (;;) {
    const byte = bytes[end++]
    if (byte === undefined) throw new Error('The ONNX file ends in the middle of a number.')
    value += (byte & 127) * factor
    factor *= 128
    if (byte < 128) return [value, end]
  }
}

/** @throws Error when the bytes are no message */
export const fieldsOf = (bytes: Buffer): Field[] => {
  const fields: Field[] = []
  for (let at = 0; at < bytes.length;) {
    const [tag, start] = readVarint(bytes, at)
    const wire = tag % 8
    let [from, end] = [start, start]
    if (wire === 0) [, end] = readVarint(bytes, start)
    else if (wire === 1) end = start + 8
    else if (wire === 5) end = start + 4
    else if (wire === 2) {
      const [length, body] = readVarint(bytes, start)
      ;[from, end] = [body, body + length]
    } else throw new Error('This is no ONNX file.')
    if (end > bytes.length) throw new Error('The ONNX file ends too early.')
    fields.push({
      number: Math.floor(tag / 8),
      whole: bytes.subarray(at, end),
      body: bytes.subarray(wire === 2 ? from : end, end),
    })
    at = end
  }
  return fields
}

const varint = (value: number): Buffer => {
  const bytes: number[] = []
  let rest = value
  while (rest >= 128) {
    bytes.push((rest % 128) + 128)
    rest = Math.floor(rest / 128)
  }
  return Buffer.from([...bytes, rest])
}
export const number = (field: number, value: number) => Buffer.concat([varint(field * 8), varint(value)])
export const message = (field: number, ...parts: readonly Buffer[]): Buffer => {
  const body = Buffer.concat(parts)
  return Buffer.concat([varint(field * 8 + 2), varint(body.length), body])
}
export const text = (field: number, value: string) => message(field, Buffer.from(value))
