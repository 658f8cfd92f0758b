/** What an import would do, before it does anything: format, images, objects, classes, changes, what does not fit. */
import type { ReactNode } from 'react'
import type { ImportReport } from '../../../common/contract/import.ts'
import { ClassCounts } from '../work/ClassCounts.tsx'
import { LeftOut } from '../work/LeftOut.tsx'
import { NamesOfClasses } from '../work/NamesOfClasses.tsx'
import { count, plural } from '../words.ts'

const Fact = ({ value, text, isMain = false }: { value: number; text: string; isMain?: boolean }) => (
  <div className="import-fact" data-main={isMain ? '' : undefined}>
    <b>{count(value)}</b>
    <span>{text}</span>
  </div>
)

const Facts = ({ report }: { report: ImportReport }) => (
  <div className="import-facts" data-testid="import-facts">
    <Fact value={report.added} text={report.added === 1 ? 'object is added' : 'objects are added'} isMain />
    {report.already > 0 && <Fact value={report.already} text="are there already" />}
    {report.replaced > 0 && <Fact value={report.replaced} text="are replaced" />}
    {report.boxesLeft > 0 && <Fact value={report.boxesLeft} text="boxes become masks" />}
    {report.markedDone > 0 && <Fact value={report.markedDone} text="images are marked done" />}
    {report.marked > 0 && <Fact value={report.marked} text="images get tags or a flag" />}
    {report.leftOut > 0 && <Fact value={report.leftOut} text="are left out" />}
  </div>
)

const unmatchedText = (count: number) =>
  count === 1
    ? 'one image of the labels is not in this folder'
    : `${plural(count, 'image')} of the labels are not in this folder`

export const ImportSummary = ({
  report,
  children,
}: {
  report: ImportReport
  /** What can be chosen, under the counts. */
  children: ReactNode
}) => {
  return (
    <div className="boxes-summary" data-testid="import-summary">
      <p>
        <strong>{report.format}</strong> for {plural(report.images, 'image')}
        {report.unmatched > 0 && <>; {unmatchedText(report.unmatched)}</>}
        {report.untouched > 0 && <>; nothing for the other {count(report.untouched)}</>}.
      </p>
      <Facts report={report} />
      {children}
      <NamesOfClasses dialog="import" namesFrom={report.namesFrom} classes={report.classes} />
      {report.notes.map((note) => (
        <p key={note} className="dim">
          {note}
        </p>
      ))}
      {report.changes.map(({ message, objects, first }) => (
        <p key={message} className="dim">
          {plural(objects, 'object')}, {first}
          {objects > 1 && ' among others'}: {message}
        </p>
      ))}
      {report.classes.length > 0 && (
        <ClassCounts
          classes={report.classes.map(({ objects, ...rest }) => ({ ...rest, count: objects }))}
          total={report.classCount}
          unit="Objects"
        />
      )}
      <LeftOut count={report.leftOut} problems={report.problems} />
    </div>
  )
}
