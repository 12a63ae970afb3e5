// The SQL that both lanes written by hand send, so that they are asked the same.
export const kProducts = 'SELECT id, name, description, category_id FROM product'
export const kItems = 'SELECT id, product_id, name, description, uom_id FROM product_item'
export const kCategories = 'SELECT id, name, description FROM category'
export const kTop = `SELECT id, name, description, category_id FROM (SELECT *, row_number() OVER
  (PARTITION BY category_id ORDER BY name DESC) AS place FROM product) WHERE place <= 3
  ORDER BY category_id, name DESC`
// A search of products looks in their own words and in those of their items.
const textOfItems = (column) =>
  `(SELECT group_concat(${column}, ' ') FROM product_item WHERE product_id = product.id)`
export const kWordColumns = 'name, description, item_names, item_descriptions'
export const kFillWords = `INSERT INTO temp.words (rowid, ${kWordColumns})
  SELECT id, name, description, ${textOfItems('name')}, ${textOfItems('description')} FROM product`
export const kSearch = `${kProducts} WHERE id IN (SELECT rowid FROM temp.words WHERE words MATCH ?)
  ORDER BY id LIMIT 20`
