/** HEIF files of tiles as phones write them: one HEVC picture, taken from a fixture, laid out in a grid, cut and turned. */

const uint16 = (value: number) => Buffer.of(value >> 8, value & 255)
const uint32 = (value: number) => {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value)
  return bytes
}

const box = (type: string, ...bodies: readonly Uint8Array[]) => {
  const body = Buffer.concat(bodies)
  return Buffer.concat([uint32(body.length + 8), Buffer.from(type, 'latin1'), body])
}
const fullBox = (type: string, version: number, flags: number, ...bodies: readonly Uint8Array[]) =>
  box(type, uint32(version * 2 ** 24 + flags), ...bodies)

/** The box of this type in a file that has one of it, whole. */
const cutOut = (file: Buffer, type: string): Buffer => {
  const at = file.indexOf(type, 0, 'latin1') - 4
  return file.subarray(at, at + file.readUInt32BE(at))
}

export interface HeifGrid {
  readonly columns: number
  readonly rows: number
  /** The side of the square tile, pixels. */
  readonly side: number
  /** Of the picture before it is cut and turned: at most what the tiles cover. */
  readonly width: number
  readonly height: number
  /** Around the middle. */
  readonly cut?: { readonly width: number; readonly height: number }
  /** Quarter turns against the clock. */
  readonly turns?: number
  /** 0: top to bottom, 1: left to right. */
  readonly mirror?: 0 | 1
}

/** @param tile a HEIF file with one picture, whose samples alone are in its `mdat` */
export const writeHeifGrid = (tile: Buffer, grid: HeifGrid): Buffer => {
  const { columns, rows, side, width, height, cut, turns, mirror } = grid
  const samples = cutOut(tile, 'mdat').subarray(8)
  const count = columns * rows
  const ids = Array.from({ length: count }, (_, index) => index + 2)
  const size = (wide: number, high: number) => fullBox('ispe', 0, 0, uint32(wide), uint32(high))
  const turned = [
    ...(cut === undefined
      ? []
      : [box('clap', ...[cut.width, 1, cut.height, 1, 0, 1, 0, 1].map((value) => uint32(value)))]),
    ...(turns === undefined ? [] : [box('irot', Buffer.of(turns))]),
    ...(mirror === undefined ? [] : [box('imir', Buffer.of(mirror))]),
  ]
  const properties = box('ipco', cutOut(tile, 'hvcC'), size(side, side), size(width, height), ...turned)
  const of = (id: number, list: readonly number[]) =>
    Buffer.concat([uint16(id), Buffer.of(list.length), Buffer.from(list)])
  const owners = fullBox(
    'ipma',
    0,
    0,
    uint32(count + 1),
    of(1, [3, ...turned.map((_, index) => 0x80 | (index + 4))]),
    ...ids.map((id) => of(id, [0x81, 2])),
  )
  const layout = Buffer.concat([Buffer.of(0, 0, rows - 1, columns - 1), uint16(width), uint16(height)])
  const item = (id: number, type: string) =>
    fullBox('infe', 2, id === 1 ? 0 : 1, uint16(id), uint16(0), Buffer.from(`${type}\0`, 'latin1'))
  const metaAt = (start: number) => {
    // Offsets and lengths of 4 bytes; the layout lies in `idat`, all tiles are the same bytes of the file.
    const place = (id: number, method: number, at: number, length: number) =>
      Buffer.concat([uint16(id), uint16(method), uint16(0), uint16(1), uint32(at), uint32(length)])
    const places = fullBox(
      'iloc',
      1,
      0,
      Buffer.of(0x44, 0),
      uint16(count + 1),
      place(1, 1, 0, layout.length),
      ...ids.map((id) => place(id, 0, start, samples.length)),
    )
    return fullBox(
      'meta',
      0,
      0,
      fullBox('hdlr', 0, 0, uint32(0), Buffer.from('pict', 'latin1'), Buffer.alloc(13)),
      fullBox('pitm', 0, 0, uint16(1)),
      places,
      fullBox('iinf', 0, 0, uint16(count + 1), item(1, 'grid'), ...ids.map((id) => item(id, 'hvc1'))),
      fullBox('iref', 0, 0, box('dimg', uint16(1), uint16(count), ...ids.map(uint16))),
      box('iprp', properties, owners),
      box('idat', layout),
    )
  }
  const kind = box('ftyp', Buffer.from('heic\0\0\0\0mif1heic', 'latin1'))
  const start = kind.length + metaAt(0).length + 8
  return Buffer.concat([kind, metaAt(start), box('mdat', samples)])
}
