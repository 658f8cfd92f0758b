/** Tables as Markdown, on the terminal and in docs/performance.md, each with machine, command and date. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { availableParallelism, cpus, loadavg, release, totalmem } from 'node:os'
import { join, resolve } from 'node:path'
import { format, resolveConfig } from 'prettier'
import type { Table } from './section.ts'

const page = join(resolve(import.meta.dirname, '..'), 'docs', 'performance.md')

const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`

export const markdownOf = ({ title, head, rows, notes }: Table): string =>
  [
    `### ${title}`,
    '',
    row(head),
    row(head.map(() => '---')),
    ...rows.map(row),
    '',
    ...notes.flatMap((note) => [note, '']),
  ].join('\n')

/** Model and threads of the CPU, memory, system, and what else ran at the start. */
export const machineOf = (): string => {
  const [first] = cpus()
  const gigabytes = Math.round(totalmem() / 1e9)
  const load = loadavg()[0]!.toFixed(1)
  return (
    `${first?.model.trim() ?? 'unknown CPU'}, ${availableParallelism()} threads, ${gigabytes} GB, ` +
    `${process.platform} ${release().split('-')[0]!}, Node ${process.versions.node}; load ${load} at the start`
  )
}

/** Replaces what stands between the marks of `name` on the page; adds it at the end when there is none. */
export const writeReport = async (name: string, origin: string, tables: readonly Table[]): Promise<void> => {
  const [start, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`]
  const block = [start, '', `_${origin}_`, '', ...tables.map(markdownOf), end].join('\n')
  const text = existsSync(page) ? readFileSync(page, 'utf8') : '# Performance\n'
  const from = text.indexOf(start)
  const to = text.indexOf(end)
  const next =
    from >= 0 && to > from
      ? text.slice(0, from) + block + text.slice(to + end.length)
      : `${text.trimEnd()}\n\n${block}\n`
  const options = await resolveConfig(page)
  writeFileSync(page, await format(next, { ...options, filepath: page }))
}
