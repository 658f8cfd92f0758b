/** Every way in that is fuzzed. */
import type { Target } from './target.ts'
import { exports } from './targets/exports.ts'
import { frames } from './targets/frames.ts'
import { images } from './targets/images.ts'
import { labels } from './targets/labels.ts'
import { models } from './targets/models.ts'
import { projects } from './targets/projects.ts'
import { settings } from './targets/settings.ts'

export const targets: readonly Target[] = [images, labels, projects, exports, models, settings, frames]
