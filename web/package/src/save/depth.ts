// How deep a graph may be that is saved.

/** As deep as nested data and includes may be: src/orm/session/nested_write.h, query/refuse.h. */
export const kMaxDepth = 16
