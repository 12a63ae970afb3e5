// The catalog's registry: the declarations of models.h, in the order in which they are shown.
#include "catalog/models.h"

namespace vitrine::catalog {

Registry declare_models() {
  Registry registry;
  declare::declare<Category>(registry);
  declare::declare<UOM>(registry);
  declare::declare<Product>(registry);
  declare::declare<Product_Item>(registry);
  declare::declare<ProductPicture>(registry);
  declare::declare<UserPicture>(registry);
  declare::declare<ProductPhoto>(registry);
  declare::declare<ImageBlob>(registry);
  return registry;
}

Registry make_registry() {
  Registry registry = declare_models();
  registry.resolve_own();
  return registry;
}

}  // namespace vitrine::catalog
