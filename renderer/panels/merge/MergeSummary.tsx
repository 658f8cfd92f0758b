/** What a merge would do, before it does anything: images, objects, classes, and what else is decided. */
import type { MergeReport } from '../../../common/contract/merge.ts'
import { count, plural } from '../words.ts'

const Fact = ({
  value,
  one,
  many,
  isMain = false,
}: {
  value: number
  one: string
  many: string
  isMain?: boolean
}) => (
  <div className="import-fact" data-main={isMain ? '' : undefined}>
    <b>{count(value)}</b>
    <span>{value === 1 ? one : many}</span>
  </div>
)

const Lines = ({ lines, lineCount }: Pick<MergeReport, 'lines' | 'lineCount'>) =>
  lineCount > 0 && (
    <details className="work-left-out" open={lineCount <= 3} data-testid="merge-lines">
      <summary>{plural(lineCount, 'more thing')} to know</summary>
      <ul>
        {lines.map(({ image, message }, index) => (
          <li key={index}>
            {image !== null && <b>{image}</b>} {message}
          </li>
        ))}
        {lineCount > lines.length && <li>and {plural(lineCount - lines.length, 'more', 'more')}</li>}
      </ul>
    </details>
  )

export const MergeSummary = ({
  report,
  apart,
  busy,
  onApart,
}: {
  report: MergeReport
  /** Names of classes there that are kept apart from those here in another case. */
  apart: readonly string[]
  busy: boolean
  onApart: (apart: readonly string[]) => void
}) => {
  const { images, objects, proposals, classes } = report
  const fresh = classes.filter(({ here, there }) => here === null && !apart.includes(there))
  const twins = classes.filter(({ isCaseTwin, there }) => isCaseTwin || apart.includes(there))
  return (
    <div className="boxes-summary" data-testid="merge-summary">
      <p>
        <strong>{plural(images.both, 'image')}</strong> in both, {count(images.onlyHere)} only here,{' '}
        {count(images.onlyThere)} only there
        {images.onlyThere > 0 && ' (they stay there)'}.
      </p>
      <div className="import-facts" data-testid="merge-facts">
        <Fact value={objects.onlyThere} one="object comes new" many="objects come new" isMain />
        <Fact value={objects.same} one="is the same" many="are the same" />
        <Fact value={objects.onlyHere} one="is only here" many="are only here" />
        <Fact value={objects.conflicts} one="differs" many="differ" />
        {proposals.added > 0 && <Fact value={proposals.added} one="proposal comes" many="proposals come" />}
      </div>
      {fresh.length > 0 && <p>New classes: {fresh.map(({ there }) => there).join(', ')}.</p>}
      {twins.map(({ there, here }) => (
        <label key={there} className="check">
          <input
            type="checkbox"
            checked={!apart.includes(there)}
            disabled={busy}
            onChange={(event) =>
              onApart(event.target.checked ? apart.filter((name) => name !== there) : [...apart, there])
            }
          />
          {there} there is the same class as {here ?? there.toLowerCase()} here
        </label>
      ))}
      <Lines {...report} />
    </div>
  )
}
