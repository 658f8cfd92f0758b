/** What an export wrote, left out and wrote otherwise. */
import { ChevronRight, CircleCheck } from 'lucide-react'
import type { ExportReport as Report } from '../../../common/contract/export.ts'
import type { Problem } from '../../../common/contract/work.ts'
import { count } from '../words.ts'
import { ClassTable } from './export/ClassTable.tsx'
import { heard } from '../../texts/heard.ts'
import { rich, t } from '../../texts/t.ts'

/** More lines than these help nobody; the number is in the heading. */
const MOST_LINES = 200

const Problems = ({
  title,
  problems,
  testId,
}: {
  title: string
  problems: readonly Problem[]
  testId: string
}) =>
  problems.length === 0 ? null : (
    <details className="report-list" data-testid={testId} open={problems.length <= 5}>
      <summary>
        <ChevronRight size={13} aria-hidden />
        {title}
        {/* A line without a name stands for many images: lines say nothing then. */}
        {problems.every(({ image }) => image !== null) && (
          <span className="badge">{count(problems.length)}</span>
        )}
      </summary>
      <ul>
        {problems.slice(0, MOST_LINES).map(({ image, message }, index) => (
          <li key={index}>
            {image !== null && <b>{image}</b>} {heard(message)}
          </li>
        ))}
        {problems.length > MOST_LINES && (
          <li className="dim">{t('and {count, number} more', { count: problems.length - MOST_LINES })}</li>
        )}
      </ul>
    </details>
  )

export const ExportReport = ({ report, onRenumber }: { report: Report; onRenumber: () => void }) => (
  <div className="report" data-testid="export-report">
    <p className="report-done">
      <CircleCheck size={18} aria-hidden />
      <span>
        {rich(
          report.leftOut.length === 0
            ? 'Wrote {objects} of {images} in {files, plural, one {# file} other {# files}}, nothing left out.'
            : 'Wrote {objects} of {images} in {files, plural, one {# file} other {# files}}.',
          {
            objects: (
              <b>{t('{count, plural, one {# object} other {# objects}}', { count: report.annotations })}</b>
            ),
            images: <b>{t('{count, plural, one {# image} other {# images}}', { count: report.images })}</b>,
            files: report.fileCount,
          },
        )}
      </span>
    </p>
    <code className="path">{report.out}</code>
    <ClassTable format={report.format} classes={report.classes} />
    {report.notes.length > 0 && (
      <ul className="report-notes" data-testid="export-notes">
        {report.notes.map((note) => (
          <li key={note}>{heard(note)}</li>
        ))}
      </ul>
    )}
    {report.keepsNumbers && (
      <div>
        <button
          type="button"
          className="button"
          data-testid="export-renumber"
          title={t('Exports again, with the classes numbered in their order')}
          onClick={onRenumber}
        >
          {t('Number the classes anew')}
        </button>
      </div>
    )}
    <Problems title={t('Left out')} problems={report.leftOut} testId="export-left-out" />
    <Problems title={t('Written otherwise than stored')} problems={report.changed} testId="export-changed" />
    <details className="report-list" data-testid="export-files">
      <summary>
        <ChevronRight size={13} aria-hidden />
        {t('Files')} <span className="badge">{count(report.fileCount)}</span>
      </summary>
      <ul>
        {report.files.slice(0, MOST_LINES).map((file) => (
          <li key={file}>{file}</li>
        ))}
        {report.fileCount > MOST_LINES && (
          <li className="dim">{t('and {count, number} more', { count: report.fileCount - MOST_LINES })}</li>
        )}
      </ul>
    </details>
  </div>
)
