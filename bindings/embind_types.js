// A library of Emscripten's: types that none of our calls has. Embind tells of all it knows at each
// start, and what it would do with them is 5 kB of the glue. A call that came to have one of them
// would be refused as unbound.
/* global LibraryManager, mergeInto */
const kUnused = ['bigint', 'emval', 'memory_view', 'std_string', 'std_wstring']

mergeInto(
  LibraryManager.library,
  Object.fromEntries(
    kUnused.flatMap((type) => [
      [`_embind_register_${type}`, function () {}],
      [`_embind_register_${type}__deps`, []],
    ]),
  ),
)
