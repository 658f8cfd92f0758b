/** `maskwright model`: which models there are, what is in them, whether they are whole, and copies for other programs. */
import { resolve } from 'node:path'
import { bytesText } from '../../common/bytes.ts'
import { CodedError } from '../../common/errors.ts'
import { createModels, type FoundModel, type Models } from '../../core/inference/client/models.ts'
import { filesOf, type ModelChoice } from '../../core/inference/manifest.ts'
import { exportModel } from '../../core/model-export/export-model.ts'
import { onlyArgument, parseCommand, UsageError, type Command, type Terminal } from '../command.ts'
import { placesOf } from '../places.ts'

/** @throws CodedError not-found, with the ids that there are */
const findModel = async (models: Models, id: string): Promise<FoundModel & { choice: ModelChoice }> => {
  const found = await models.list()
  const wanted = found.find(({ info }) => info.id === id)
  if (wanted === undefined)
    throw new CodedError(
      'not-found',
      `There is no model "${id}". There are: ${found.map(({ info }) => info.id).join(', ')}`,
    )
  const { choice } = wanted
  if (choice === null)
    throw new CodedError('model-unavailable', wanted.info.problem ?? `${id} has no manifest.`)
  return { ...wanted, choice }
}

const list = async (models: Models, terminal: Terminal, json: boolean) => {
  const found = await models.list()
  if (json) return terminal.print(JSON.stringify(found.map(({ info }) => info)))
  const width = Math.max(...found.map(({ info }) => info.id.length))
  for (const { info } of found) {
    const state =
      info.problem === null ? `${bytesText(info.bytes)}, ${info.licence}` : `can't be used: ${info.problem}`
    terminal.print(`${info.id.padEnd(width)}  ${info.name}; ${state}; ${info.origin}`)
  }
}

const contracts = {
  sam: "SAM's own",
  sam2: "SAM 2's",
  transformers: "transformers' export of SAM, SAM 2 or EdgeTAM",
  tokens: "Maskwright's tokens",
} as const
const roles = { encoder: 'Encoder', decoder: 'Decoder', data: 'Weights' } as const

const info = async (models: Models, terminal: Terminal, json: boolean, id: string) => {
  const { info: about, choice } = await findModel(models, id)
  const { manifest, folder } = choice
  const files = filesOf(choice)
  if (json)
    return terminal.print(
      JSON.stringify({ ...about, folder, contract: manifest.contract, files, source: manifest.source }),
    )
  terminal.print(`Model     ${about.name} (${about.id})`)
  terminal.print(`Licence   ${about.licence}`)
  terminal.print(`Folder    ${folder}`)
  terminal.print(`Contract  ${contracts[manifest.contract.kind]} (docs/models.md)`)
  if (about.problem !== null) terminal.print(`Problem   ${about.problem}`)
  for (const { role, name, bytes, sha256, description } of files) {
    terminal.print(`${roles[role]}   ${name}${bytes === undefined ? '' : `, ${bytesText(bytes)}`}`)
    if (sha256 !== undefined) terminal.print(`          sha256 ${sha256}`)
    if (description !== undefined) terminal.print(`          ${description}`)
  }
  for (const line of manifest.source) terminal.print(`Source    ${line}`)
}

/** Every model, or the one named. */
const verify = async (models: Models, terminal: Terminal, id: string | undefined) => {
  const found = id === undefined ? await models.list() : [await findModel(models, id)]
  let damaged = 0
  for (const { info: about, choice } of found) {
    terminal.show(`Reading ${about.name} ...`)
    const problem = about.problem ?? (choice && (await models.verify(choice)))
    if (problem !== null) damaged += 1
    const sums = choice?.manifest.files.some(({ sha256 }) => sha256 !== undefined) === true
    terminal.print(`${about.id}: ${problem ?? (sums ? 'whole' : 'there; its manifest names no checksums')}`)
  }
  if (damaged > 0) throw new CodedError('model-unavailable', `${damaged} of ${found.length} can't be used.`)
}

export const model: Command = {
  usage: ['list [--json]', 'info ID [--json]', 'verify [ID]', 'export ID --out DIR [--contract own|sam]'],
  details: [
    'list             the bundled models and those in the data folder',
    'info ID          files, checksums, tensors, licence and source of one',
    'verify [ID]      reads the files through and compares their checksums; of all models without ID',
    'export ID        copies encoder, decoder, licences and a manifest of this model alone to DIR, which must be new',
    '                 or empty; docs/models.md says what the tensors are',
    "--contract sam   gives the copy SAM's official tensors, for programs that know those",
  ].join('\n'),
  async run(args, terminal) {
    const { values, positionals } = parseCommand({
      args: [...args],
      allowPositionals: true,
      options: {
        json: { type: 'boolean', default: false },
        out: { type: 'string' },
        contract: { type: 'string' },
      },
    })
    const [what, ...rest] = positionals
    if (what !== 'export' && (values.out ?? values.contract) !== undefined)
      throw new UsageError('--out and --contract go with export')
    const models = createModels(placesOf(process.env).modelFolders)
    switch (what) {
      case 'list':
        if (rest.length > 0) throw new UsageError('list takes no ID')
        return list(models, terminal, values.json)
      case 'info':
        return info(models, terminal, values.json, onlyArgument(rest, 'ID'))
      case 'verify':
        return verify(models, terminal, rest.length === 0 ? undefined : onlyArgument(rest, 'ID'))
      case 'export': {
        const id = onlyArgument(rest, 'ID')
        if (values.out === undefined || values.out === '') throw new UsageError('--out DIR is missing')
        const { contract = 'own' } = values
        if (contract !== 'own' && contract !== 'sam')
          throw new UsageError(`--contract is own or sam, not "${contract}"`)
        const out = resolve(values.out)
        const { choice } = await findModel(models, id)
        const problem = await models.verify(choice)
        if (problem !== null) throw new CodedError('model-unavailable', problem)
        const names = await exportModel(choice, out, contract)
        return terminal.print(`Wrote ${names.join(', ')} to ${out}`)
      }
      default:
        throw new UsageError('Say list, info, verify or export')
    }
  },
}
