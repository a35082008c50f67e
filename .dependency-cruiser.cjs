/** The arrows of the house: who may import whom. */
const only = (name, from, allowed, comment) => ({
  name,
  comment,
  severity: 'error',
  from: { path: from },
  to: { path: '^(functions|events|infra|statemachines|test)/', pathNot: [from, ...allowed] },
})

module.exports = {
  forbidden: [
    only('core-is-pure', '^functions/core/', [], 'core decides and never touches the world'),
    only('view-looks-at-core', '^functions/view/', ['^functions/core/'], 'props → HTML'),
    only('events-look-at-core', '^events/', ['^functions/core/'], 'contracts are made of core’s words'),
    only('edge-never-decides', '^functions/edge/', ['^functions/core/', '^events/'], 'edge touches the world'),
    only(
      'handlers-join',
      '^functions/(handlers|commands)/',
      ['^functions/(edge|view|core)/', '^events/'],
      'a handler joins the halves; handlers do not know each other',
    ),
    {
      name: 'handlers-stand-alone',
      severity: 'error',
      from: { path: '^functions/(handlers|commands)/([^/]+)$' },
      to: { path: '^functions/handlers/', pathNot: '^functions/$1/$2$' },
    },
    only('infra-knows-handlers-by-path', '^infra/', ['^events/'], 'infra names handler files, it never imports them'),
    {
      name: 'the-story-looks-from-outside',
      comment: 'what the story saw was read back from outside; it imports nothing that it checks',
      severity: 'error',
      from: { path: '^infra/local/story' },
      to: { path: '^(functions|events|infra/(stacks|constructs))/' },
    },
    {
      name: 'the-rehearsal-looks-from-outside',
      comment: 'what a case expects is an invariant: what is wrong in the core must not be expected',
      severity: 'error',
      from: { path: '^functions/core/rehearsal/' },
      to: { pathNot: '^functions/core/rehearsal/' },
    },
    {
      name: 'aws-sdk-only-in-edge',
      severity: 'error',
      from: { path: '^(functions|events)/', pathNot: '^functions/edge/' },
      to: { path: 'node_modules/@(aws-sdk|aws-lambda-powertools|smithy)/' },
    },
    {
      name: 'middy-only-in-lambda',
      severity: 'error',
      from: { pathNot: '^functions/edge/lambda\\.ts$' },
      to: { path: 'node_modules/@middy/' },
    },
    {
      name: 'node-stays-out-of-core-and-view',
      severity: 'error',
      from: { path: '^(functions/(core|view)|events)/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    { name: 'nothing-unresolved', severity: 'error', from: {}, to: { couldNotResolve: true, pathNot: '^aws-lambda$' } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    parser: 'swc',
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.json'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
}
