/** Which classes are written, in which order, and which become one. */
import { ChevronDown, ChevronUp } from 'lucide-react'
import type { ExportRequest } from '../../../../common/contract/export.ts'
import { formatOf } from '../../../../common/formats.ts'
import { useLabels } from '../../../state/session-context.ts'
import { IconButton } from '../../controls/IconButton.tsx'
import { changed, classesOfRows, moved, rowsOf, type Becomes, type ClassRow } from './class-rows.ts'
import { Fold } from './Fold.tsx'
import { t } from '../../../texts/t.ts'

const valueOf = (becomes: Becomes) => (typeof becomes === 'object' ? `into ${becomes.into}` : becomes)
const becomesOf = (value: string): Becomes =>
  value === 'own' || value === 'out' ? value : { into: value.slice('into '.length) }

const noteOf = (rows: readonly ClassRow[]): string => {
  const count = (test: (becomes: Becomes) => boolean) => rows.filter(({ becomes }) => test(becomes)).length
  const [own, out] = [count((becomes) => becomes === 'own'), count((becomes) => becomes === 'out')]
  const merged = rows.length - own - out
  return [
    own === rows.length
      ? t('all {count, number}', { count: own })
      : t('{count, plural, one {# class} other {# classes}}', { count: own }),
    ...(merged > 0 ? [t('{count, number} merged', { count: merged })] : []),
    ...(out > 0 ? [t('{count, number} left out', { count: out })] : []),
  ].join(', ')
}

export const ClassFields = ({
  request,
  onChange,
}: {
  request: ExportRequest
  onChange: (request: ExportRequest) => void
}) => {
  const labels = useLabels()
  const rows = rowsOf(labels, request.classes)
  const own = rows.filter(({ becomes }) => becomes === 'own')
  if (rows.length < 2) return null
  const change = (next: readonly ClassRow[], more: Pick<ExportRequest, 'renumber'> = {}) =>
    onChange({ ...request, ...more, classes: classesOfRows(next, labels) })
  // Who moves a class means its number.
  const move = (id: string, by: -1 | 1) => change(moved(rows, id, by), { renumber: true })
  return (
    <Fold title={t('Classes')} note={noteOf(rows)} testId="export-classes">
      <ul className="class-rows">
        {rows.map(({ label, becomes }) => {
          const isOwn = becomes === 'own'
          return (
            <li key={label.id} data-out={becomes === 'out' ? '' : undefined}>
              <span className="swatch" style={{ background: label.color }} />
              <span className="class-row-name" title={label.name}>
                {label.name}
              </span>
              <select
                className="input"
                aria-label={t('What becomes of {name}', { name: label.name })}
                value={valueOf(becomes)}
                data-testid={`export-class-${label.name}`}
                onChange={(event) => change(changed(rows, label.id, becomesOf(event.target.value)))}
              >
                <option value="own">{t('A class of its own')}</option>
                <option value="out" disabled={isOwn && own.length === 1}>
                  {t('Left out')}
                </option>
                {own
                  .filter((other) => other.label.id !== label.id)
                  .map((other) => (
                    <option key={other.label.id} value={`into ${other.label.id}`}>
                      {t('Written as {name}', { name: other.label.name })}
                    </option>
                  ))}
              </select>
              <IconButton
                icon={ChevronUp}
                label={t('{name} up', { name: label.name })}
                disabled={!isOwn || own[0]?.label.id === label.id}
                onClick={() => move(label.id, -1)}
              />
              <IconButton
                icon={ChevronDown}
                label={t('{name} down', { name: label.name })}
                disabled={!isOwn || own.at(-1)?.label.id === label.id}
                onClick={() => move(label.id, 1)}
              />
            </li>
          )
        })}
      </ul>
      {formatOf(request.format).firstClass !== null && (
        <label className="check">
          <input
            type="checkbox"
            checked={request.renumber !== true}
            data-testid="export-keep-numbers"
            onChange={(event) => onChange({ ...request, renumber: !event.target.checked })}
          />
          <span>
            {t('Keep the numbers of the last export into the folder')}{' '}
            <span className="dim">{t('new classes come after')}</span>
          </span>
        </label>
      )}
    </Fold>
  )
}
