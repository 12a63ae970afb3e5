// The graph that every library stores: categories with products, one of them edited and one deleted
// afterwards; and what is then to be loaded.
export const kTables = `
  create table category (id integer primary key autoincrement, name text not null unique);
  create table product (
    id integer primary key autoincrement, name text not null, price real, picture blob,
    category_id integer references category(id) on delete cascade)`

export const kCategories = [
  { name: 'Boots', products: [{ name: 'Hiking boot é', price: 99.5, picture: [1, 2, 255] }] },
  {
    name: 'Hats',
    products: [
      { name: 'Cap', price: 10, picture: null },
      { name: 'To be deleted', price: null, picture: null },
    ],
  },
]

// The price of the cap is set to 12, and what is to be deleted is.
export const kExpected = [
  { name: 'Boots', products: [{ name: 'Hiking boot é', price: 99.5, picture: [1, 2, 255] }] },
  { name: 'Hats', products: [{ name: 'Cap', price: 12, picture: null }] },
]

// A loaded product as the graph has it; libraries give bytes as Uint8Array or Buffer.
export const product = ({ name, price, picture }) => ({
  name,
  price,
  picture: picture === null ? null : [...picture],
})

export const bytes = (picture) => (picture === null ? null : new Uint8Array(picture))
