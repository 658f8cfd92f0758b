/** What an import would do, before it does anything: format, images, objects, classes, changes, what does not fit. */
import type { ReactNode } from 'react'
import type { ImportReport } from '../../../common/contract/import.ts'
import { ClassCounts } from '../work/ClassCounts.tsx'
import { LeftOut } from '../work/LeftOut.tsx'
import { NamesOfClasses } from '../work/NamesOfClasses.tsx'
import { count } from '../words.ts'
import { heard } from '../../texts/heard.ts'
import { rich, t } from '../../texts/t.ts'

const Fact = ({ value, text, isMain = false }: { value: number; text: string; isMain?: boolean }) => (
  <div className="import-fact" data-main={isMain ? '' : undefined}>
    <b>{count(value)}</b>
    <span>{text}</span>
  </div>
)

/** What there is beside the objects that are added; of most imports most are 0. */
const others = ({ already, replaced, boxesLeft, markedDone, marked, leftOut }: ImportReport) =>
  [
    [already, t('{count, plural, one {is there already} other {are there already}}', { count: already })],
    [replaced, t('{count, plural, one {is replaced} other {are replaced}}', { count: replaced })],
    [
      boxesLeft,
      t('{count, plural, one {box becomes a mask} other {boxes become masks}}', { count: boxesLeft }),
    ],
    [
      markedDone,
      t('{count, plural, one {image is marked done} other {images are marked done}}', { count: markedDone }),
    ],
    [
      marked,
      t('{count, plural, one {image gets tags or a flag} other {images get tags or a flag}}', {
        count: marked,
      }),
    ],
    [leftOut, t('{count, plural, one {is left out} other {are left out}}', { count: leftOut })],
  ] as const

const Facts = ({ report }: { report: ImportReport }) => (
  <div className="import-facts" data-testid="import-facts">
    <Fact
      value={report.added}
      text={t('{count, plural, one {object is added} other {objects are added}}', { count: report.added })}
      isMain
    />
    {others(report).map(
      ([value, text], index) => value > 0 && <Fact key={index} value={value} text={text} />,
    )}
  </div>
)

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
        {rich(
          '{format} for {images, plural, one {# image} other {# images}}{unmatched, plural, =0 {} =1 {; one image of the labels is not in this folder} other {; # images of the labels are not in this folder}}{untouched, plural, =0 {} other {; nothing for the other #}}.',
          {
            format: <strong>{heard(report.format)}</strong>,
            images: report.images,
            unmatched: report.unmatched,
            untouched: report.untouched,
          },
        )}
      </p>
      <Facts report={report} />
      {children}
      <NamesOfClasses dialog="import" namesFrom={report.namesFrom} classes={report.classes} />
      {report.notes.map((note) => (
        <p key={note} className="dim">
          {heard(note)}
        </p>
      ))}
      {report.changes.map(({ message, objects, first }) => (
        <p key={message} className="dim">
          {t(
            '{objects, plural, one {# object} other {# objects}}, {first}{objects, plural, =0 {} =1 {} other { among others}}: {message}',
            { objects, first, message: heard(message) },
          )}
        </p>
      ))}
      {report.classes.length > 0 && (
        <ClassCounts
          classes={report.classes.map(({ objects, ...rest }) => ({ ...rest, count: objects }))}
          total={report.classCount}
          unit={t('Objects')}
        />
      )}
      <LeftOut count={report.leftOut} problems={report.problems} />
    </div>
  )
}
