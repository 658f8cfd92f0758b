/** What the handlers work with: the parts of the core that own the work behind each call. */
import type { CropWindow } from '../../common/contract/gallery.ts'
import type { AppEvent } from '../../common/contract.ts'
import type { ImageId } from '../../common/model.ts'
import type { Tones } from '../../common/rendition.ts'
import type { Handlers } from '../../common/rpc.ts'
import type { Format } from '../formats/format.ts'
import type { EncodedPicture } from '../images/pictures.ts'
import type { Inference } from '../inference/client/inference.ts'
import type { ModelInstall } from '../model-install/model-install.ts'
import type { PageMemory } from '../page-memory.ts'
import type { CorePorts } from '../ports.ts'
import type { SettingsFile } from '../settings.ts'
import type { Works } from '../work/works.ts'
import type { Workspace } from '../project/workspace.ts'

export interface Parts {
  /** Crops of an image, one under the other. @throws CodedError not-found, image-unreadable */
  readonly readCrops: (imageId: ImageId, windows: readonly CropWindow[]) => Promise<EncodedPicture>
  /** The values of an image; null of one of 8 bits. @throws CodedError not-found, image-unreadable */
  readonly readTones: (imageId: ImageId) => Promise<Tones | null>
  readonly ports: CorePorts
  readonly settings: SettingsFile
  readonly memory: PageMemory
  readonly workspace: Workspace
  readonly inference: Inference
  readonly modelInstall: ModelInstall
  readonly works: Works
  /** The formats of datasets that can be written and read. */
  readonly formats: readonly Format[]
  /** Where the last export that succeeded was written, absolute; null before the first. */
  readonly lastExport: () => string | null
  readonly emit: (event: AppEvent) => void
}

/** The handlers of the calls whose name begins with `Name`. */
export type Of<Name extends string> = Pick<Handlers, Extract<keyof Handlers, `${Name}.${string}`>>
