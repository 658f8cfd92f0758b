/**
 * The child's work without its wire: embeddings from memory, disk or the encoder, then the decoder. One job at a
 * time; every answer carries the ids it was asked with.
 */
import { dirname, join } from 'node:path'
import { crc32 } from 'node:zlib'
import type { MaskQuestion } from '../../../common/segmentation.ts'
import { wholeImage } from '../../../common/geometry/letterbox.ts'
import type { Size } from '../../../common/geometry/point.ts'
import { CodedError, messageOf } from '../../../common/errors.ts'
import { nameOfRendition } from '../../../common/rendition.ts'
import type { ImageId } from '../../../common/model.ts'
import { said } from '../../../common/said.ts'
import { createCollect } from './collect.ts'
import { createDetectors } from './detect/detector.ts'
import { createEmbeddingFiles } from './embedding-files.ts'
import { createEmbeddings, type Embedding } from './embeddings.ts'
import { filesOf } from '../manifest.ts'
import { createRefusals } from '../../images/refusals.ts'
import { createFollower } from './follow.ts'
import { createImages, type KnownImage } from './images.ts'
import { keyOfImage, type InferenceImage } from '../image.ts'
import type { EmbeddingSource, HeldImage, LoadMessage, SideAnswer, SideQuestion } from '../messages.ts'
import { openModel } from './open-model.ts'
import type { SamModel } from './sam.ts'
import { FRAME, frameSize, mirrorPixels, type Pixels } from './pixels.ts'
import { isWhole, type View } from './policy.ts'
import { openResize } from './resize.ts'
import { createServing, ServerLost, type ServerSight } from './server/serving.ts'
import { segmentImage, type Report, type Segmented } from './segment.ts'

/** Raised whenever the pixels given to an encoder change: embeddings of older versions are not found again. */
const PREPROCESSING = 3

export interface Engine {
  readonly provider: string
  /** Bytes of an embedding. */
  readonly embeddingBytes: number
  /** A fallback to tell the user of. */
  readonly message: string | null
  encode(image: InferenceImage, report: Report): Promise<{ source: EmbeddingSource; encode: number }>
  segment(
    image: InferenceImage,
    request: MaskQuestion,
    report: Report,
    /** A person waits: crops go on disk. Else the photo's pixels are kept for the next question about it. */
    interactive?: boolean,
  ): Promise<Segmented>
  /**
   * Puts the embedding on disk.
   * @param mirrored the mirrored image's too
   * @returns false when all was there
   * @throws CodedError not-writable
   */
  prepare(image: InferenceImage, mirrored: boolean, report: Report): Promise<boolean>
  /** What is asked beside masks. @param image null only of what is about none @throws CodedError */
  aside(image: InferenceImage | null, question: SideQuestion): Promise<SideAnswer>
  /** Images whose whole-image embedding is in memory. */
  held(): HeldImage[]
  limit(embeddingBytes: number): Promise<void>
  /** For idle times: gives back the memory that encodes have taken since the last time. */
  relax(): Promise<void>
  /** Aborts what runs on a server, for who wants to end at once. */
  leaveServer(): void
  /** Resolves when what was encoded is on disk. */
  settle(): Promise<void>
}

/** The file holds something else than was known of it. */
class ChangedFile extends Error {
  override readonly message = said('The file has changed while it was read.')
}

const since = (start: number) => performance.now() - start

const failedEncode = (thrown: unknown) =>
  new CodedError(
    'inference-failed',
    said('The image could not be encoded: {why}', { why: messageOf(thrown) }),
    { cause: thrown },
  )

const failedDecode = (thrown: unknown): never => {
  throw new CodedError(
    'inference-failed',
    said('The mask could not be computed: {why}', { why: messageOf(thrown) }),
    {
      cause: thrown,
    },
  )
}

/** @throws CodedError model-unavailable */
export const createEngine = async (
  options: Omit<LoadMessage, 'type'>,
  notice: (message: string | null) => void,
  onServer: (sight: ServerSight) => void = () => undefined,
): Promise<Engine> => {
  const modelId = options.model.variant.id
  const opened = await openModel(options.model, options).catch((thrown: unknown) => {
    throw new CodedError(
      'model-unavailable',
      said("{name} can't be loaded: {thrown}", { name: options.model.variant.name, thrown: String(thrown) }),
    )
  })
  const { model, provider, message } = opened
  const dataFolder = dirname(options.embeddingFolder)
  const serving =
    options.server === undefined || options.server === null
      ? null
      : await createServing({
          ...opened,
          address: options.server,
          modelId,
          identityFile: join(dataFolder, 'servers.json'),
          onSight: onServer,
        })
  const resize = await openResize(options.threads)
  // Embeddings lie in the data folder.
  const images = createImages(createRefusals(dataFolder))
  const embeddings = createEmbeddings(options.memoryBytes)
  const files = createEmbeddingFiles(options.embeddingFolder, options.embeddingBytes, notice)
  const collect = createCollect()
  const detectors = createDetectors(provider, options.threads, serving)
  const writes = new Set<Promise<boolean>>()
  let encoded = false
  /** Of the photo that was encoded last, for its crops: within one job, and from job to job where nobody waits. */
  let photo: { readonly content: string; readonly pixels: Pixels } | null = null
  const heldKeys = new Map<ImageId, { image: InferenceImage; key: string }>()

  // Another encoder under the same id must not find the old one's embeddings.
  const encoder = filesOf(options.model).find(({ role }) => role === 'encoder')
  // So must the same encoder that is given its pixels in another way.
  const { contract } = options.model.manifest
  const given = contract.kind === 'tokens' ? undefined : contract.preprocessing
  const how = given === undefined ? '' : `-${crc32(JSON.stringify(given)).toString(16)}`
  const version = `${modelId}-${encoder?.sha256?.slice(0, 8) ?? 'unsummed'}${how}-v${PREPROCESSING}`

  /** Names the pixels: the file's content, and how it is shown. */
  const contentOf = ({ contentHash }: KnownImage, { rendition = null }: InferenceImage) =>
    rendition === null ? contentHash : `${contentHash}_${crc32(nameOfRendition(rendition)).toString(16)}`

  /** What a server makes goes by what runs there: it may be another encoder. */
  const servedVersion = (identity: string) => `${modelId}-server_${identity}-v${PREPROCESSING}`

  const keyOf = (content: string, { crop: { x, y, width, height }, side, mirrored }: View, by: string) => {
    const scale = side === FRAME ? '' : `_${side}`
    return `${content}-${by}-${x}_${y}_${width}_${height}${scale}${mirrored ? '_m' : ''}`
  }

  /** Who encodes now, and under which name that is kept. */
  const encoderNow = () => {
    const identity = serving?.state() === 'on' ? serving.identity() : null
    return serving !== null && identity !== null
      ? {
          version: servedVersion(identity),
          encode: (frame: Pixels, shown: Size) => serving.encode(frame, shown),
        }
      : { version, encode: (frame: Pixels, shown: Size) => model.encode(frame, shown) }
  }

  /** The key of what is to be had of a view: while the server is away, what it made before is as good. */
  const keyNow = async (content: string, view: View) => {
    const by = encoderNow()
    const key = keyOf(content, view, by.version)
    const identity = serving?.identity() ?? null
    if (by.version !== version || identity === null) return { key, encode: by.encode }
    const kept = keyOf(content, view, servedVersion(identity))
    const isThere = embeddings.has(kept) || (await files.touch(kept))
    return { key: isThere ? kept : key, encode: isThere ? null : by.encode }
  }

  /** Runs `work` anew when the server is lost in it: then it is done here. */
  const orHere = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work()
    } catch (thrown) {
      if (!(thrown instanceof ServerLost)) throw thrown
      return orHere(work)
    }
  }

  /** Writes in the background: an answer does not wait for the disk. */
  const keep = (key: string, embedding: Embedding) => {
    const write = files.write(key, embedding).finally(() => writes.delete(write))
    writes.add(write)
    return write
  }

  /** Null when the file has changed since it was identified. */
  const pixelsOf = async (image: InferenceImage, known: KnownImage): Promise<Pixels | null> => {
    const content = contentOf(known, image)
    if (photo?.content === content) return photo.pixels
    photo = null
    const pixels = await images.decode(image, known)
    if (pixels === null) return null
    photo = { content, pixels }
    await collect(known.width * known.height)
    return pixels
  }

  const frameOf = async (image: InferenceImage, known: KnownImage, { crop, side, mirrored }: View) => {
    const pixels = await pixelsOf(image, known)
    if (pixels === null) return null
    const frame = await resize.toSize(pixels, crop, model.frameOf(crop, side))
    return mirrored ? mirrorPixels(frame) : frame
  }

  const encodeView = async (
    image: InferenceImage,
    known: KnownImage,
    view: View,
    report: Report,
    encode: SamModel['encode'],
  ): Promise<Embedding | null> => {
    report('encoding')
    const frame = await frameOf(image, known, view)
    if (frame === null) return null
    const { width, height } = known
    encoded = true
    const made = await encode(frame, frameSize(view.crop, view.side)).catch((thrown: unknown) => {
      throw thrown instanceof ServerLost ? thrown : failedEncode(thrown)
    })
    return { width, height, ...made }
  }

  const embedNow = async (
    image: InferenceImage,
    known: KnownImage,
    view: View,
    report: Report,
    keepCrop: boolean,
  ) => {
    const start = performance.now()
    const { key, encode } = await keyNow(contentOf(known, image), view)
    const { crop } = view
    const origin: { source: EmbeddingSource } = { source: 'memory' }
    const embedding = await embeddings.get(key, async () => {
      origin.source = 'disk'
      const stored = await files.read(key)
      if (stored?.width === known.width && stored.height === known.height) return stored
      // What a server had made was damaged.
      if (encode === null) throw new ServerLost()
      origin.source = 'encoder'
      const made = await encodeView(image, known, view, report, encode)
      if (made === null) throw new ChangedFile()
      if (keepCrop || isWhole(crop, known)) void keep(key, made)
      return made
    })
    if (isWhole(crop, known) && !view.mirrored) {
      heldKeys.set(image.id, { image, key })
    }
    return { embedding, source: origin.source, encode: since(start) }
  }
  const embed = (image: InferenceImage, known: KnownImage, view: View, report: Report, keepCrop = true) =>
    orHere(() => embedNow(image, known, view, report, keepCrop))

  /** @returns false when it was there @throws CodedError not-writable */
  const putOnDisk = async (image: InferenceImage, known: KnownImage, view: View, report: Report) => {
    const { key, encode } = await keyNow(contentOf(known, image), view)
    if (encode === null || (await files.touch(key))) return false
    const made = await encodeView(image, known, view, report, encode)
    if (made === null) throw new ChangedFile()
    if (await keep(key, made)) return true
    throw (
      files.problem() ??
      new CodedError(
        'not-writable',
        said("Prepared images can't be kept in {embeddingFolder}.", {
          embeddingFolder: options.embeddingFolder,
        }),
      )
    )
  }

  const wholeView = (known: KnownImage): View => ({ crop: wholeImage(known), side: FRAME, mirrored: false })

  /** Runs `work` on what the file holds; once more when it turns out to hold something else than was known of it. */
  const onKnown = async <T>(
    image: InferenceImage,
    work: (known: KnownImage) => Promise<T>,
    keepPixels = false,
  ): Promise<T> => {
    try {
      return await work(await images.identify(image))
    } catch (thrown) {
      if (!(thrown instanceof ChangedFile)) throw thrown
      return await work(await images.identify(image))
    } finally {
      // A photo of 12 megapixels is 36 MB.
      if (!keepPixels) photo = null
    }
  }

  const follower = createFollower({
    modelId,
    threads: options.threads,
    embed: (image) =>
      onKnown(image, async (known) => {
        const { embedding } = await embed(image, known, wholeView(known), () => undefined)
        return embedding
      }),
    planes: (embedding) => model.planes(embedding),
    decode: (embedding, prompt) => model.decode(embedding, prompt).catch(failedDecode),
  })

  return {
    provider,
    embeddingBytes: opened.embeddingBytes,
    message,
    encode: (image, report) =>
      onKnown(image, async (known) => {
        const { source, encode } = await embed(image, known, wholeView(known), report)
        return { source, encode }
      }),
    prepare: (image, mirrored, report) =>
      onKnown(image, async (known) => {
        // Nobody looks on: the server's first answer is worth its wait.
        await serving?.asked
        const view = wholeView(known)
        let made = false
        for (const one of mirrored ? [view, { ...view, mirrored }] : [view])
          made = (await orHere(() => putOnDisk(image, known, one, report))) || made
        return made
      }),
    segment: (image, request, report, interactive = true) =>
      onKnown(
        image,
        async (known) => {
          if (!interactive) await serving?.asked
          return segmentImage(image.id, known, request, {
            modelId,
            cropSide: model.cropSide,
            takesMask: model.takesMask,
            report,
            embed: (view, tell) => embed(image, known, view, tell, interactive),
            decode: (embedding, prompt) => model.decode(embedding, prompt).catch(failedDecode),
          })
        },
        !interactive,
      ),
    async aside(image, question) {
      if (question.kind === 'probe') return detectors.probe(question)
      if (image === null) throw new Error('This is asked about an image.')
      if (question.kind === 'follow') return follower.follow(image, question)
      if (question.kind === 'alike') return follower.alike(image, question)
      const detect = async (known: KnownImage) => {
        const pixels = await pixelsOf(image, known)
        if (pixels === null) throw new ChangedFile()
        await serving?.asked
        return detectors.detect(pixels, question)
      }
      // The masks of its boxes are asked for next.
      return onKnown(image, detect, true)
    },
    held: () =>
      [...heldKeys].flatMap(([id, { image, key }]) =>
        embeddings.has(key) ? [{ id, key: keyOfImage(image) }] : [],
      ),
    limit: (embeddingBytes) => files.limit(embeddingBytes),
    async relax() {
      photo = null
      await detectors.relax()
      if (!encoded) return
      encoded = false
      await model.relax()
    },
    leaveServer: () => serving?.close(),
    async settle() {
      await Promise.all(writes)
    },
  }
}
