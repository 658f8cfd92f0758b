/**
 * Keeps the thread that decodes off the processors that onnxruntime has pinned its pool to (Linux). The runtime pins
 * one thread to each core but the first and expects its caller on that one, yet leaves the caller free: where the
 * scheduler puts both on one core they take turns there, up to 14 ms of a click, while another core stands idle.
 */
import { execFile } from 'node:child_process'
import { readdir, readFile } from 'node:fs/promises'
import { promisify } from 'node:util'

/** A list of processors as /proc writes it, such as `0-2,5`, in ascending order. */
export const readCpus = (list: string): number[] =>
  list
    .trim()
    .split(',')
    .filter((range) => range !== '')
    .flatMap((range) => {
      const [first = 0, last = first] = range.split('-').map(Number)
      return Array.from({ length: last - first + 1 }, (_, i) => first + i)
    })

/**
 * The processors that are left to the caller: its own without those that some thread is pinned to. Null when no
 * thread is pinned or nothing would be left.
 * @param own the processors that the caller may run on
 * @param threads the processors that each thread of the process may run on
 */
export const cpusBesides = (
  own: readonly number[],
  threads: readonly (readonly number[])[],
): number[] | null => {
  const pinned = new Set(threads.filter(({ length }) => length < own.length).flat())
  const left = own.filter((cpu) => !pinned.has(cpu))
  return left.length > 0 && left.length < own.length ? left : null
}

const allowedOf = async (thread: string): Promise<number[]> => {
  const status = await readFile(`/proc/self/task/${thread}/status`, 'utf8')
  return readCpus(/^Cpus_allowed_list:(.*)$/m.exec(status)?.[1] ?? '')
}

/**
 * Moves this process's first thread, the one that runs the sessions. To be called when they are open: threads that
 * start later are kept where it is. Does nothing where it can't: other systems pin nothing or have no such tool.
 */
export const keepOffPool = async (): Promise<void> => {
  if (process.platform !== 'linux') return
  try {
    const threads = await Promise.all((await readdir('/proc/self/task')).map(allowedOf))
    const left = cpusBesides(await allowedOf(String(process.pid)), threads)
    // util-linux; Node can't do it by itself.
    if (left !== null) await promisify(execFile)('taskset', ['-cp', left.join(','), String(process.pid)])
  } catch {
    // A container without /proc or util-linux: decodes are slower there now and then.
  }
}
