// Bounds that C++ and TypeScript each name: constants of one value on both sides of the bridge.

// Each with the files that name it.
export const kBounds = [
  {
    meaning: 'the longest side of a picture',
    names: {
      'src/image/limits.h': 'kMaxSide',
      'web/package/src/pictures/scaled-size.ts': 'kMaxSide',
    },
  },
  {
    meaning: 'the pixels of a picture',
    names: {
      'src/image/limits.h': 'kMaxPixels',
      'web/package/src/pictures/scaled-size.ts': 'kMaxPixels',
    },
  },
  {
    meaning: 'the bytes of a picture',
    names: {
      'src/image/limits.h': 'kMaxBytes',
      'web/package/src/archive/pictures.ts': 'kMostPictureBytes',
    },
  },
  {
    meaning: 'the plans that are kept',
    names: { 'src/catalog/catalog.h': 'kMaxKept', 'web/package/src/kept-plans.ts': 'kMaxPlans' },
  },
  {
    meaning: 'the values of a kept plan',
    names: {
      'src/orm/session/kept_plan.h': 'kMaxOpenValues',
      'web/package/src/values/open-request.ts': 'kMaxValues',
    },
  },
  {
    meaning: 'how deep requests and data nest',
    names: {
      'src/orm/query/refuse.h': 'kMaxDepth',
      'src/orm/session/nested_write.h': 'kMaxDepth',
      'web/package/src/save/depth.ts': 'kMaxDepth',
    },
  },
]

// The value of the constant `name` in the text of a source, a product of numbers; NaN where it is
// not.
export function boundIn(text, name) {
  const factors = new RegExp(`\\b${name} = ([\\d'_ *]+);?$`, 'm').exec(text)?.[1]
  if (factors === undefined) return NaN
  return factors
    .replaceAll(/['_]/g, '')
    .split('*')
    .map(Number)
    .reduce((a, b) => a * b)
}
