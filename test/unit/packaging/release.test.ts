/** A release gives what is unreleased its version and day, and loses no line of the changelog. */
import { expect, it } from 'vitest'
import { releaseChangelog } from '../../../scripts/release.ts'

const TEXT = '# Changelog\n\nAbout.\n\n## Unreleased\n\n### Added\n\n- A thing.\n\n## 0.1.0\n\n- The first.\n'

it('moves the notes below their version', () => {
  expect(releaseChangelog(TEXT, '0.2.0', '2026-11-30')).toBe(
    '# Changelog\n\nAbout.\n\n## Unreleased\n\n## 0.2.0, 2026-11-30\n\n### Added\n\n- A thing.\n\n## 0.1.0\n\n- The first.\n',
  )
  expect(releaseChangelog('# C\n\n## Unreleased\n\n- One.\n', '1.0.0', '2026-01-01')).toBe(
    '# C\n\n## Unreleased\n\n## 1.0.0, 2026-01-01\n\n- One.\n',
  )
})

it('refuses a release of nothing', () => {
  expect(() => releaseChangelog('# C\n\n## Unreleased\n\n## 0.1.0\n', '1.0.0', '2026-01-01')).toThrow(
    /nothing/,
  )
  expect(() => releaseChangelog('# C\n', '1.0.0', '2026-01-01')).toThrow(/nothing/)
})
