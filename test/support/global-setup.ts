/** Playwright's global setup: the specs run against the app as it is now. */
import { buildAll } from '../../scripts/build.ts'

export default buildAll
