// The SQL that both lanes written by hand send, so that they are asked the same.
export const kProducts = 'SELECT id, name, description, category_id FROM product'
export const kItems = 'SELECT id, product_id, name, description, uom_id FROM product_item'
export const kCategories = 'SELECT id, name, description FROM category'
export const kTop = `SELECT id, name, description, category_id FROM (SELECT *, row_number() OVER
  (PARTITION BY category_id ORDER BY name DESC) AS place FROM product) WHERE place <= 3
  ORDER BY category_id, name DESC`
export const kSearch = `${kProducts} WHERE id IN (SELECT rowid FROM temp.words WHERE words MATCH ?)
  ORDER BY id LIMIT 20`
