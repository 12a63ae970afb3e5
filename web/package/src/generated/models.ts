// The form that scripts/generate.mjs writes from describe(), by hand until it does;
// src/types/facts.ts explains it. Per model, with T for the class: TRow (every column as rows have
// it), TData (every column as create() takes it: optional are nullable columns, those with a
// default, foreign keys, and a key that the database gives), TFacts. Datetimes are read as string
// and given as string | Date.

export interface CategoryRow {
  id: number
  name: string
  description: string
}

export interface CategoryData {
  id?: number
  name: string
  description: string
}

export interface CategoryFacts {
  row: CategoryRow
  data: CategoryData
  key: 'id'
  unique: 'name'
  mutable: 'name' | 'description'
  relations: {
    products: { many: 'product' }
  }
}

export interface UOMRow {
  id: number
  name: string
  symbol: string | null
}

export interface UOMData {
  id?: number
  name: string
  symbol?: string | null
}

export interface UOMFacts {
  row: UOMRow
  data: UOMData
  key: 'id'
  unique: 'name'
  mutable: 'name' | 'symbol'
  relations: {
    product_items: { many: 'product_item' }
  }
}

export interface ProductRow {
  id: number
  name: string
  description: string
  category_id: number | null
}

export interface ProductData {
  id?: number
  name: string
  description: string
  category_id?: number | null
}

export interface ProductFacts {
  row: ProductRow
  data: ProductData
  key: 'id'
  unique: 'name'
  mutable: 'name' | 'description' | 'category_id'
  relations: {
    category: { one: 'category'; nullable: true }
    image: { many: 'product_picture' }
    photos: { many: 'product_photo' }
    product_items: { many: 'product_item' }
  }
}

export interface Product_ItemRow {
  id: number
  product_id: number | null
  name: string
  description: string
  uom_id: number | null
}

export interface Product_ItemData {
  id?: number
  product_id?: number | null
  name: string
  description: string
  uom_id?: number | null
}

export interface Product_ItemFacts {
  row: Product_ItemRow
  data: Product_ItemData
  key: 'id'
  unique: 'name'
  mutable: 'product_id' | 'name' | 'description' | 'uom_id'
  relations: {
    product: { one: 'product'; nullable: true }
    uom: { one: 'uom'; nullable: true }
    image_url: { many: 'user_picture' }
  }
}

export interface ProductPictureRow {
  width: number
  height: number
  mimetype: string
  original: boolean
  created_at: string
  sha256: string | null
  alt: string | null
  dominant_color: string | null
  product_id: number
}

export interface ProductPictureData {
  width: number
  height: number
  mimetype: string
  original?: boolean
  created_at?: string | Date
  sha256?: string | null
  alt?: string | null
  dominant_color?: string | null
  product_id?: number
}

export interface ProductPictureFacts {
  row: ProductPictureRow
  data: ProductPictureData
  key: 'width' | 'height' | 'product_id'
  unique: never
  mutable: 'mimetype' | 'original' | 'created_at' | 'sha256' | 'alt' | 'dominant_color'
  relations: {
    product: { one: 'product'; nullable: false }
  }
}

export interface UserPictureRow {
  width: number
  height: number
  mimetype: string
  original: boolean
  created_at: string
  sha256: string | null
  alt: string | null
  dominant_color: string | null
  product_item_id: number
}

export interface UserPictureData {
  width: number
  height: number
  mimetype: string
  original?: boolean
  created_at?: string | Date
  sha256?: string | null
  alt?: string | null
  dominant_color?: string | null
  product_item_id?: number
}

export interface UserPictureFacts {
  row: UserPictureRow
  data: UserPictureData
  key: 'width' | 'height' | 'product_item_id'
  unique: never
  mutable: 'mimetype' | 'original' | 'created_at' | 'sha256' | 'alt' | 'dominant_color'
  relations: {
    product_item: { one: 'product_item'; nullable: false }
  }
}

export interface ProductPhotoRow {
  width: number
  height: number
  mimetype: string
  original: boolean
  created_at: string
  sha256: string | null
  alt: string | null
  dominant_color: string | null
  product_id: number
  order_index: number
}

export interface ProductPhotoData {
  width: number
  height: number
  mimetype: string
  original?: boolean
  created_at?: string | Date
  sha256?: string | null
  alt?: string | null
  dominant_color?: string | null
  product_id?: number
  order_index: number
}

export interface ProductPhotoFacts {
  row: ProductPhotoRow
  data: ProductPhotoData
  key: 'width' | 'height' | 'product_id' | 'order_index'
  unique: never
  mutable: 'mimetype' | 'original' | 'created_at' | 'sha256' | 'alt' | 'dominant_color'
  relations: {
    product: { one: 'product'; nullable: false }
  }
}

export interface ImageBlobRow {
  sha256: string
  mimetype: string
  width: number
  height: number
  size_bytes: number
  bytes: Uint8Array
}

export interface ImageBlobData {
  sha256: string
  mimetype: string
  width: number
  height: number
  size_bytes: number
  bytes: Uint8Array
}

export interface ImageBlobFacts {
  row: ImageBlobRow
  data: ImageBlobData
  key: 'sha256'
  unique: never
  mutable: 'mimetype' | 'width' | 'height' | 'size_bytes' | 'bytes'
  relations: Record<never, never>
}

/** The catalog's own models, by table name. */
export interface SeedModels {
  category: CategoryFacts
  uom: UOMFacts
  product: ProductFacts
  product_item: Product_ItemFacts
  product_picture: ProductPictureFacts
  user_picture: UserPictureFacts
  product_photo: ProductPhotoFacts
  image_blob: ImageBlobFacts
}
