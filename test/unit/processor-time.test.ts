import { expect, it } from 'vitest'
import { processorTimes } from '../../bench/processor-time.ts'

const page = { pid: 1, tid: 2 }
const task = (ts: number, dur: number, tdur: number, thread = page) => ({
  name: 'ThreadControllerImpl::RunTask',
  ph: 'X',
  ts,
  dur,
  tdur,
  ...thread,
})
const mark = (name: 'event' | 'frame', ts: number) => ({ name: `bench:${name}`, ph: 'I', ts, ...page })

it('an event costs its task and that of its frame, not what lies between or on other threads', () => {
  const events = [
    task(0, 100, 90),
    mark('event', 10),
    task(150, 500, 500),
    task(900, 300, 210),
    // Within the frame's task.
    task(910, 50, 40),
    mark('frame', 920),
    task(900, 300, 999, { pid: 1, tid: 3 }),
  ]
  expect(processorTimes(events)).toEqual([0.3])
})

it('an event that comes with its frame is one task, and one without a frame is not told', () => {
  const events = [
    task(0, 1000, 800),
    mark('event', 10),
    mark('frame', 20),
    task(2000, 10, 5),
    mark('event', 2001),
  ]
  expect(processorTimes(events)).toEqual([0.8])
})
