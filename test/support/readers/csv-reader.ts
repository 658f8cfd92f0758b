/** A second reader of CSV, from RFC 4180's grammar, and of well-known text, from OGC's. Shares nothing with the writer. */
import { readFileSync } from 'node:fs'

/** The records of a file; the text of a quoted cell may have commas, quotes and line ends. */
const parseCsv = (text: string): string[][] => {
  const records: string[][] = []
  let record: string[] = []
  let at = 0
  while (at < text.length) {
    let cell = ''
    if (text[at] === '"') {
      for (at++; ; at++) {
        if (at >= text.length) throw new Error('A quoted cell does not end.')
        if (text[at] !== '"') cell += text.charAt(at)
        else if (text[at + 1] === '"') cell += text.charAt(++at)
        else break
      }
      at++
    } else {
      const end = /[,\r\n]|$/.exec(text.slice(at))!.index
      cell = text.slice(at, at + end)
      if (cell.includes('"')) throw new Error(`A quote in a cell without quotes: ${cell}`)
      at += end
    }
    record.push(cell)
    if (text[at] === ',') {
      at++
      continue
    }
    if (text.slice(at, at + 2) !== '\r\n') throw new Error(`A record does not end with CR LF, at ${at}.`)
    at += 2
    records.push(record)
    record = []
  }
  return records
}

/** One object a record, by the names in the first line. */
export const readCsv = (file: string): Record<string, string>[] => {
  const [head, ...records] = parseCsv(readFileSync(file, 'utf8'))
  return records.map((record) => {
    if (record.length !== head!.length) throw new Error(`A record has ${record.length} cells.`)
    return Object.fromEntries(head!.map((name, index) => [name, record[index]!]))
  })
}

type Rings = [number, number][][]

/** The rings of each polygon, outer first, without the repeated last point. */
export const ringsOfWkt = (text: string): Rings[] => {
  const [, kind, body] = /^(POLYGON|MULTIPOLYGON) (\(.*\))$/.exec(text) ?? []
  if (!kind || !body) throw new Error(`No polygon: ${text.slice(0, 80)}`)
  const json = body
    .replaceAll(/(-?[\d.e-]+) (-?[\d.e-]+)/g, '[$1, $2]')
    .replaceAll('(', '[')
    .replaceAll(')', ']')
  const parsed = JSON.parse(json) as Rings | Rings[]
  const polygons = (kind === 'POLYGON' ? [parsed] : parsed) as Rings[]
  return polygons.map((rings) =>
    rings.map((ring) => {
      if (ring.length < 4 || String(ring[0]) !== String(ring.at(-1))) throw new Error('A ring is not closed.')
      return ring.slice(0, -1)
    }),
  )
}
