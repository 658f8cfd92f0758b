/** What a merge would do, before it does anything: images, objects, classes, and what else is decided. */
import type { MergeReport } from '../../../common/contract/merge.ts'
import { count } from '../words.ts'
import { msg } from '../../../common/said.ts'
import { heard } from '../../texts/heard.ts'
import { rich, t } from '../../texts/t.ts'

const Fact = ({
  value,
  text,
  isMain = false,
}: {
  value: number
  /** Without the number, but as the number asks for it. */
  text: string
  isMain?: boolean
}) => (
  <div className="import-fact" data-main={isMain ? '' : undefined}>
    <b>{count(value)}</b>
    <span>{t(text, { count: value })}</span>
  </div>
)

const Lines = ({ lines, lineCount }: Pick<MergeReport, 'lines' | 'lineCount'>) =>
  lineCount > 0 && (
    <details className="work-left-out" open={lineCount <= 3} data-testid="merge-lines">
      <summary>
        {t('{count, plural, one {# more thing} other {# more things}} to know', { count: lineCount })}
      </summary>
      <ul>
        {lines.map(({ image, message }, index) => (
          <li key={index}>
            {image !== null && <b>{image}</b>} {heard(message)}
          </li>
        ))}
        {lineCount > lines.length && (
          <li>{t('and {count, number} more', { count: lineCount - lines.length })}</li>
        )}
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
        {rich(
          '{images} in both, {here, number} only here, {there, number} only there{there, plural, =0 {} other { (they stay there)}}.',
          {
            images: (
              <strong>{t('{count, plural, one {# image} other {# images}}', { count: images.both })}</strong>
            ),
            here: images.onlyHere,
            there: images.onlyThere,
          },
        )}
      </p>
      <div className="import-facts" data-testid="merge-facts">
        <Fact
          value={objects.onlyThere}
          text={msg('{count, plural, one {object comes new} other {objects come new}}')}
          isMain
        />
        <Fact value={objects.same} text={msg('{count, plural, one {is the same} other {are the same}}')} />
        <Fact
          value={objects.onlyHere}
          text={msg('{count, plural, one {is only here} other {are only here}}')}
        />
        <Fact value={objects.conflicts} text={msg('{count, plural, one {differs} other {differ}}')} />
        {proposals.added > 0 && (
          <Fact
            value={proposals.added}
            text={msg('{count, plural, one {proposal comes} other {proposals come}}')}
          />
        )}
      </div>
      {fresh.length > 0 && (
        <p>{t('New classes: {names}.', { names: fresh.map(({ there }) => there).join(', ') })}</p>
      )}
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
          {t('{there} there is the same class as {here} here', {
            there,
            here: here ?? there.toLowerCase(),
          })}
        </label>
      ))}
      <Lines {...report} />
    </div>
  )
}
