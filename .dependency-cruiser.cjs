/** The arrows of docs/architecture.md: what each folder may import. */
const only = (folder, allowed, comment) => ({
  name: `${folder}-imports`,
  comment,
  severity: 'error',
  from: { path: `^${folder}/` },
  to: { pathNot: [`^${folder}/`, ...allowed] },
})
const npm = (...names) => names.map((name) => `node_modules/${name}/`)
const node =
  '^(node:)?(fs|path|os|url|crypto|child_process|events|module|http|https|net|util|stream|buffer|worker_threads|timers|zlib|process|perf_hooks|readline|v8|vm|fs/promises|timers/promises|stream/promises)$'

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'no-circular',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no-folder-circles',
      comment: 'what two folders both need lies in a third; in core that is mostly core/files',
      severity: 'error',
      scope: 'folder',
      from: { path: '^(core|renderer)/' },
      to: { circular: true },
    },
    {
      name: 'not-resolved',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: ['\\?worker', '\\?url'] },
    },
    only('common', [...npm('zod', 'clipper2-ts')], 'common runs anywhere: no DOM, no Node'),
    only(
      'core',
      [
        '^common/',
        node,
        ...npm(
          'zod',
          'better-sqlite3',
          '@types/better-sqlite3',
          'onnxruntime-node',
          'onnxruntime-common',
          '@napi-rs/image',
          '@huggingface/tokenizers',
          'csv-parse',
          'fast-png',
          'fast-xml-parser',
          'omggif',
          '@types/omggif',
          'tiff',
          'image-size',
          '@cornerstonejs/codec-openjpeg',
          'libheif-js',
          'lru-cache',
          'env-paths',
          'yaml',
        ),
      ],
      'core is pure Node: no electron, no DOM',
    ),
    only(
      'electron',
      ['^common/', '^core/', '^renderer/texts/(languages|texts)\\.ts$', node, ...npm('electron', 'zod')],
      'a thin shell; its dialogs and menus speak by the catalogue of the page',
    ),
    only('web', ['^common/', '^core/', node, ...npm('ws', '@types/ws', 'msgpackr')], 'a thin shell'),
    only('cli', ['^common/', '^core/', node, ...npm('zod')], 'a thin shell'),
    only('lib', ['^common/', '^core/', node], 'a thin shell: the same core as a library'),
    {
      ...only('renderer', ['^common/', ...npm('.+')], 'browser only'),
    },
    {
      name: 'renderer-npm',
      severity: 'error',
      from: { path: '^renderer/' },
      to: { path: npm('electron', 'better-sqlite3', 'onnxruntime-node', '@napi-rs/image', 'ws') },
    },
    {
      name: 'tools-by-their-registry',
      comment: 'renderer/tools/all-tools.ts is the way to a tool; a new one is one folder and one line there',
      severity: 'error',
      from: { path: '^renderer/', pathNot: '^renderer/tools/' },
      to: { path: '^renderer/tools/[^/]+/' },
    },
    {
      name: 'tools-apart',
      comment: 'no tool imports another, nor what shows or runs it',
      severity: 'error',
      from: { path: '^renderer/tools/([^/]+)/' },
      to: {
        path: '^renderer/',
        pathNot: ['^renderer/tools/[^/]+$', '^renderer/tools/$1/', '^renderer/(paint|segmentation|texts)/'],
      },
    },
    {
      name: 'panels-show',
      comment:
        'panels know state and actions, and of the tools only what all have in common; not canvas, masks or workers',
      severity: 'error',
      from: { path: '^renderer/panels/' },
      to: {
        path: '^renderer/',
        pathNot: [
          '^renderer/(panels|state|actions|paint|texts)/',
          '^renderer/tools/[^/]+$',
          '^renderer/workbench/store\\.ts$',
          '^renderer/fetch-blob\\.ts$',
        ],
      },
    },
    {
      name: 'who-writes-the-project-file',
      comment:
        'others get a ReadStore (core/store/read-store.ts), and change records by a Diff through editing.ts',
      severity: 'error',
      from: {
        path: '^(core|cli|lib|web|electron)/',
        pathNot: '^core/(store/|project/project\\.ts$|editing/|library/scan\\.ts$|images/facts\\.ts$)',
      },
      to: { path: '^core/store/(store|apply-diff)\\.ts$' },
    },
    {
      name: 'core-is-composed-at-its-top',
      comment:
        'the files at the top of core compose its rooms; only the calls (handlers) and the shells’ own parts look up to them',
      severity: 'error',
      from: { path: '^core/[^/]+/', pathNot: '^core/(handlers|shell)/' },
      to: { path: '^core/[^/]+\\.ts$' },
    },
    {
      name: 'formats-by-their-registry',
      comment:
        'core/formats/all-formats.ts is the way to a format; a new one is one folder and one line there',
      severity: 'error',
      from: { path: '^(core|cli|lib|web|electron)/', pathNot: '^core/formats/' },
      to: { path: '^core/formats/[^/]+/' },
    },
    {
      name: 'formats-apart',
      comment: 'no format imports another; what several need is in core/export or core/import',
      severity: 'error',
      from: { path: '^core/formats/([^/]+)/' },
      to: { path: '^core/formats/', pathNot: ['^core/formats/$1/', '^core/formats/format\\.ts$'] },
    },
    {
      name: 'onnxruntime-in-one-place',
      severity: 'error',
      from: { path: '^(core|cli|lib|web|electron)/', pathNot: '^core/inference/host/sessions\\.ts$' },
      to: { path: npm('onnxruntime-node') },
    },
    {
      name: 'inference-client-knows-no-host',
      comment: 'they run in two processes and share what lies between them: core/inference/*.ts',
      severity: 'error',
      from: { path: '^core/inference/client/' },
      to: { path: '^core/inference/host/' },
    },
    {
      name: 'inference-host-knows-no-client',
      severity: 'error',
      from: { path: '^core/inference/host/' },
      to: { path: '^core/inference/client/' },
    },
    {
      name: 'inference-border-knows-no-side',
      comment: 'what both processes know depends on neither',
      severity: 'error',
      from: { path: '^core/inference/[^/]+$' },
      to: { path: '^core/inference/(client|host)/' },
    },
    {
      name: 'host-knows-the-shell',
      comment: 'renderer/host*.ts are the only files that know which shell runs',
      severity: 'error',
      from: { path: '^renderer/', pathNot: '^renderer/host' },
      to: { path: npm('msgpackr') },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      extensions: ['.ts', '.tsx', '.js', '.json'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
}
