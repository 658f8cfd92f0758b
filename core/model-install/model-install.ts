/**
 * Installs models into the user's folder of models, from the catalogue or from a folder, and removes them. One install
 * at a time; what is not whole, right and runnable never gets there.
 */
import { copyFile, rename, rm } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { CodedError } from '../../common/errors.ts'
import type { ModelInfo, ModelsOnOffer } from '../../common/model-info.ts'
import { said } from '../../common/said.ts'
import type { Manifest, ModelChoice } from '../inference/manifest.ts'
import { hashFile } from '../files/hash.ts'
import { findInside } from '../files/inside.ts'
import { isRemote, readCatalogues, totalBytes, type CatalogueEntry, type RemoteFile } from './catalogue.ts'
import { downloadFile, sizeOf, type DownloadOptions } from './download.ts'
import { cancelled, diskFailure } from './failures.ts'
import { idOf, readModelFolder } from './folder.ts'
import { discard, freeFolder, keptBytes, partialOf, prepare, settle } from './place.ts'

export interface ModelInstallPorts {
  /** Folders that may have a catalogue.json. */
  readonly catalogueFolders: readonly string[]
  /** Where models are installed; made when the first one is. */
  readonly modelFolder: string
  readonly installed: () => Promise<ModelInfo[]>
  /** The id of the model that is loaded. */
  readonly inUse: () => string | null
  /** Why a model can't be run; null when it can. */
  readonly tryModel: (choice: ModelChoice, signal: AbortSignal) => Promise<string | null>
  /** What is installed or on offer has changed. */
  readonly onChange: (models: ModelsOnOffer) => void
  readonly warn: (message: string) => void
  readonly download?: Pick<DownloadOptions, 'stallMs' | 'waitsMs'>
}

/** How an installation tells of itself, and hears that it should stop. */
interface InstallControl {
  readonly signal: AbortSignal
  /** Bytes. */
  reach(done: number, total: number): void
  say(message: string): void
}

interface InstalledModel {
  /** The variant to use. */
  readonly id: string
  readonly name: string
}

export interface ModelInstall {
  available(): Promise<ModelsOnOffer>
  /** @throws CodedError not-found, conflict, cancelled, offline, download-failed, disk-full, not-writable, model-unavailable */
  install(id: string, control: InstallControl): Promise<InstalledModel>
  /** @throws as `install`, and bad-input */
  installFolder(folder: string, control: InstallControl): Promise<InstalledModel>
  /** @throws CodedError not-found, conflict, not-writable */
  remove(id: string): Promise<ModelsOnOffer>
}

export const createModelInstall = (ports: ModelInstallPorts): ModelInstall => {
  const { modelFolder } = ports
  let installing = false

  const catalogues = () => readCatalogues(ports.catalogueFolders, ports.warn)
  const catalogue = async () => (await catalogues()).entries
  const isWhole = (installed: readonly ModelInfo[], { manifest }: CatalogueEntry) =>
    manifest.variants.every(({ id }) => installed.some((one) => one.id === id && one.problem === null))

  const available = async (): Promise<ModelsOnOffer> => {
    const [installed, { entries, elsewhere }] = await Promise.all([ports.installed(), catalogues()])
    const missing = entries.filter((entry) => !isWhole(installed, entry))
    const installable = missing.map(async ({ id, manifest }) => ({
      id,
      name: manifest.name,
      licence: manifest.licence,
      source: manifest.source,
      bytes: totalBytes(manifest),
      doneBytes: await keptBytes(partialOf(modelFolder, id), manifest),
    }))
    return { installed, installable: await Promise.all(installable), elsewhere }
  }

  const isOurs = ({ origin }: ModelInfo) => dirname(resolve(origin)) === resolve(modelFolder)

  /**
   * Another model of the same id would hide this one, or be hidden by it. Only a damaged one that came from the
   * catalogue makes way by itself. @returns the folder that the model will have
   */
  const findFolder = async (id: string, manifest: Manifest, repair: boolean): Promise<string> => {
    const same = (await ports.installed()).filter((other) =>
      manifest.variants.some((one) => one.id === other.id),
    )
    const inTheWay = same.find((other) => other.problem === null || !repair || !isOurs(other))
    if (inTheWay !== undefined)
      throw new CodedError(
        'conflict',
        said('"{id}" is there already ({name}, {origin}). Remove it first.', {
          id: inTheWay.id,
          name: inTheWay.name,
          origin: inTheWay.origin,
        }),
      )
    return same[0]?.origin ?? freeFolder(modelFolder, id)
  }

  const download = async (
    file: RemoteFile,
    partial: string,
    control: InstallControl,
    onBytes: (done: number) => void,
  ) => {
    const target = join(partial, file.name)
    // A whole file of an install that was broken off later.
    if ((await sizeOf(target)) === file.bytes && (await hashFile(target)) === file.sha256) return
    await rm(target, { force: true })
    control.say(said('Downloading {name}…', { name: file.name }))
    await downloadFile(file, target, { ...ports.download, signal: control.signal, onBytes })
  }

  /** Copies what `source` has of the model, downloads the rest; whole or not at all. */
  const collect = async (id: string, given: Manifest, source: string | null, control: InstallControl) => {
    const { signal } = control
    const partial = partialOf(modelFolder, id)
    const final = await findFolder(id, given, source === null)
    const local = new Map<string, { from: string; bytes: number }>()
    for (const { name } of source === null ? [] : given.files) {
      const found = await findInside(source!, name)
      if ('file' in found) local.set(name, { from: found.file, bytes: found.stats.size })
      else if (found.fault !== 'gone')
        throw new CodedError(
          'bad-input',
          said('{source} is no file of this folder but leads elsewhere. Put the file itself there.', {
            source: join(source!, name),
          }),
        )
    }
    const files = given.files.map((file) => ({
      ...file,
      bytes: local.get(file.name)?.bytes ?? file.bytes ?? 0,
    }))
    const total = files.reduce((sum, { bytes }) => sum + bytes, 0)
    control.reach(0, total)
    await prepare(partial, total - (source === null ? await keptBytes(partial, given) : 0))

    let done = 0
    for (const [index, file] of files.entries()) {
      if (signal.aborted) throw cancelled()
      const target = join(partial, file.name)
      const copy = local.get(file.name)
      if (copy !== undefined) {
        control.say(said('Copying {name}…', { name: file.name }))
        const draft = `${target}.copy`
        await copyFile(copy.from, draft)
        const sha256 = await hashFile(draft)
        const wanted = given.files[index]!
        if ((wanted.sha256 ?? sha256) !== sha256 || (wanted.bytes ?? copy.bytes) !== copy.bytes)
          throw new CodedError(
            'bad-input',
            said(
              '{from} is damaged, or is not the file that its manifest.json describes: nothing was installed.',
              { from: copy.from },
            ),
          )
        await rename(draft, target)
        // Named by its sum, an encoder's embeddings can't be taken for those of another.
        files[index] = { ...file, sha256 }
      } else if (isRemote(file)) {
        const before = done
        await download(file, partial, control, (bytes) => control.reach(before + bytes, total))
      } else
        throw new CodedError(
          'not-found',
          said(
            '{name} is not in {source}, and its manifest.json does not say where to download it (url, bytes and sha256).',
            { name: file.name, source: String(source) },
          ),
        )
      done += file.bytes
      control.reach(done, total)
    }
    const manifest = { ...given, files }
    control.say(said('Trying the model…'))
    for (const variant of manifest.variants) {
      const problem = await ports.tryModel({ folder: partial, manifest, variant }, signal)
      if (signal.aborted) throw cancelled()
      if (problem !== null) {
        await discard(partial)
        throw new CodedError('model-unavailable', said('{problem} It was not installed.', { problem }))
      }
    }
    await settle(partial, final, manifest)
  }

  /** Runs alone; tells the lists when it has ended, however it did. */
  const alone = async <T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> => {
    if (installing)
      throw new CodedError(
        'conflict',
        said('Another model is being installed. Wait for its end, or cancel it.'),
      )
    installing = true
    try {
      return await work()
    } catch (thrown) {
      throw signal.aborted ? cancelled() : diskFailure(thrown, modelFolder)
    } finally {
      installing = false
      ports.onChange(await available())
    }
  }

  const variantOf = ({ variants }: Manifest) => variants.find((one) => one.default) ?? variants[0]!

  return {
    available,
    async install(id, control) {
      const entry = (await catalogue()).find((one) => one.id === id)
      if (entry === undefined)
        throw new CodedError('not-found', said('There is no model "{id}" to install.', { id }))
      return alone(control.signal, async () => {
        await collect(id, entry.manifest, null, control)
        return { id: variantOf(entry.manifest).id, name: entry.manifest.name }
      })
    },
    async installFolder(folder, control) {
      const { manifest, folder: source } = await readModelFolder(resolve(folder))
      const variant = variantOf(manifest)
      const id = idOf(variant.id)
      return alone(control.signal, async () => {
        try {
          await collect(id, manifest, source, control)
          return { id: variant.id, name: variant.name }
        } catch (thrown) {
          // Copies are quickly made again; downloads are worth keeping.
          if (!manifest.files.some(isRemote)) await discard(partialOf(modelFolder, id))
          throw thrown
        }
      })
    },
    async remove(id) {
      if (installing)
        throw new CodedError('conflict', said('A model is being installed. Wait for its end, or cancel it.'))
      const installed = await ports.installed()
      const model = installed.find((one) => one.id === id)
      const entry = (await catalogue()).find((one) => one.id === id)
      const partial = partialOf(modelFolder, id)
      if (model?.origin === 'bundled')
        throw new CodedError(
          'conflict',
          said("{name} comes with Maskwright and can't be removed.", { name: model.name }),
        )
      if (model !== undefined && !isOurs(model))
        throw new CodedError(
          'conflict',
          said('{name} is in {origin}, which Maskwright does not look after.', {
            name: model.name,
            origin: model.origin,
          }),
        )
      if (model === undefined && (entry === undefined || (await keptBytes(partial, entry.manifest)) === 0))
        throw new CodedError('not-found', said('This model is not installed.'))
      const used = installed.find((one) => one.id === ports.inUse())
      if (model !== undefined && used?.origin === model.origin)
        throw new CodedError(
          'conflict',
          said('{name} is in use. Choose another model, then remove it.', { name: used.name }),
        )
      try {
        if (model === undefined) await discard(partial)
        else await rm(model.origin, { recursive: true, force: true })
      } catch (thrown) {
        throw diskFailure(thrown, modelFolder)
      }
      const models = await available()
      ports.onChange(models)
      return models
    },
  }
}
