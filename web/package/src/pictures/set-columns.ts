// Sets of pictures: an original and its thumbnails. A gallery's owner has several.
import type { ModelDescription, RelationshipDescription } from '../types/description.js'

/**
 * The key columns that tell the sets of one owner apart, of the model of pictures `facts` and its
 * relation to the owners; none where each has one set.
 */
export function setColumnsOf(
  { primary_key }: ModelDescription,
  { foreign_keys }: RelationshipDescription,
): string[] {
  return primary_key.filter((column) => !['width', 'height', ...foreign_keys].includes(column))
}
