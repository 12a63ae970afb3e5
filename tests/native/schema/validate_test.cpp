// What validate() refuses, one mistake per test, each reported once and at its place.
#include <doctest/doctest.h>

#include <functional>

#include "schema/shop.h"

namespace vitrine::schema_validate_test {

using namespace vitrine::testing;

namespace {

std::string messages(const std::vector<Issue>& issues) {
  std::string text;
  for (const Issue& issue : issues) text += (text.empty() ? "" : "\n") + issue.message;
  return text;
}

// The message of the one mistake that `change` makes in a shop that is sound without it.
std::string mistake(const std::function<void(Registry&)>& change) {
  Registry registry = shop();
  REQUIRE(registry.validate().empty());
  change(registry);
  return messages(registry.validate());
}

Model& model_in(Registry& registry, const char* name) {
  return const_cast<Model&>(registry.model(name));
}

// As mistake, for a change of one product column, relation or option.
std::string product_mistake(const std::function<void(Model&)>& change) {
  return mistake([&](Registry& registry) { change(model_in(registry, "Product")); });
}

std::string relation_mistake(const std::function<void(Relationship&)>& change) {
  return product_mistake([&](Model& product) { change(product.relationships.front()); });
}

std::string column_mistake(const std::function<void(Column&)>& change) {
  return product_mistake([&](Model& product) { change(product.columns[1]); });
}

std::string category_id_mistake(const std::function<void(Column&)>& change) {
  return product_mistake([&](Model& product) { change(product.columns[2]); });
}

RelationshipOptions& products_options(Relationship& category) { return category.backref->options; }

std::shared_ptr<const Computed> computed(Computed facts) {
  return std::make_shared<const Computed>(std::move(facts));
}

Expression column_expression(std::string name) {
  Expression expression;
  expression.op = Expression::Op::column;
  expression.column = std::move(name);
  return expression;
}

void add_computed(Model& model, std::string name, Computed facts) {
  Column column;
  column.name = std::move(name);
  column.type = ColumnType::integer;
  column.computed = computed(std::move(facts));
  model.columns.push_back(std::move(column));
}

}  // namespace

TEST_CASE("names must be identifiers") {
  CHECK(column_mistake([](Column& column) { column.name = "two words"; }) ==
        "Product.two words: column \"two words\" is not a name of letters, digits and _ that "
        "starts with no digit; rename it.");
  CHECK(mistake([](Registry& registry) {
          registry.add(model_of("2nd", "second", {key_column("id")}));
        }).rfind("2nd: model \"2nd\" is not a name", 0) == 0);
}

TEST_CASE("names of methods and of filter words are refused") {
  CHECK(mistake([](Registry& registry) {
          registry.add(model_of("Transaction", "transaction", {key_column("id")}));
        }) == "Transaction: table \"transaction\" is the name of a method; rename it.");
  CHECK(column_mistake([](Column& column) { column.name = "AND"; }) ==
        "Product.AND: \"AND\" has a meaning of its own in requests; rename it.");
  CHECK(relation_mistake([](Relationship& relationship) { relationship.name = "_count"; }) ==
        "Product._count: \"_count\" has a meaning of its own in requests; rename it.");
  CHECK(column_mistake([](Column& column) { column.name = "RowId"; }) ==
        "Product.RowId: \"RowId\" is SQLite's name for the row's number; rename it.");
  CHECK(mistake([](Registry& registry) {
          registry.add(model_of("Stat", "sqlite_stat", {key_column("id")}));
        }) ==
        "Stat: table \"sqlite_stat\" starts with sqlite_, which SQLite keeps for itself; "
        "rename it.");
}

TEST_CASE("two models cannot share a name or a table, in any case of letters") {
  CHECK(mistake([](Registry& registry) {
          registry.add(model_of("Tag", "tag2", {key_column("id")}));
        }) == "Tag: there are two models of this name; rename one.");
  CHECK(mistake([](Registry& registry) {
          registry.add(model_of("Label", "TAG", {key_column("id")}));
        }) == "Label: table \"TAG\" already belongs to Tag; rename one.");
  CHECK(mistake([](Registry& registry) {
          registry.add(model_of("tag", "label", {key_column("id")}));
        }) ==
        "tag: its name or table is also that of Tag, so neither can be told apart; rename "
        "one.");
}

TEST_CASE("columns and relations of a model share one set of names") {
  CHECK(column_mistake([](Column& column) { column.name = "ID"; }) ==
        "Product.ID: a column and a column have this name; rename one.");
  CHECK(column_mistake([](Column& column) { column.name = "category"; }) ==
        "Product.category: a column and a relation have this name; rename one.");
}

TEST_CASE("a backref cannot take a name that the target already has") {
  CHECK(relation_mistake([](Relationship& category) { category.backref->name = "name"; }) ==
        "Category.name: a column and a relation have this name; rename one.");
}

TEST_CASE("a model needs a primary key") {
  CHECK(mistake([](Registry& registry) {
          registry.add(model_of("Log", "log", {text_column("line")}));
        }) == "Log: it has no primary key; declare at least one column with primary_key.");
}

TEST_CASE("types and their options must fit") {
  CHECK(column_mistake([](Column& column) { column.length = -1; }) ==
        "Product.name: length -1 is negative; give the number of code points, or 0 for no bound.");
  CHECK(column_mistake([](Column& column) { column.length = 5; }) ==
        "Product.name: only a string has a length, and this is of type text; drop the length or "
        "make it a string.");
  CHECK(column_mistake([](Column& column) { column.autoincrement = true; }) ==
        "Product.name: autoincrement needs an integer that is the whole primary key; drop it.");
  CHECK(column_mistake([](Column& column) { column.version_counter = true; }) ==
        "Product.name: a version counter is an integer outside the primary key; change its type "
        "or key.");
  CHECK(column_mistake([](Column& column) { column.check_name = "ck"; }) ==
        "Product.name: check_name names a check that is not there; add the check.");
}

TEST_CASE("bytes are no key, and refer to none") {
  const std::string mistake = ": bytes are no key, for JSON has no form for them; make it text.";
  const auto bytes = [](const char* name) {
    Column column;
    column.name = name;
    column.type = ColumnType::blob;
    return column;
  };
  CHECK(product_mistake([&](Model& product) {
          product.columns.push_back(bytes("id"));
          product.columns.back().primary_key = true;
          std::swap(product.columns.front(), product.columns.back());
          product.columns.pop_back();
        }).find("Product.id" + mistake) == 0);
  CHECK(product_mistake([&](Model& product) {
          product.columns.push_back(bytes("digest"));
          product.columns.back().unique = true;
          product.columns.push_back(bytes("same_as"));
          product.columns.back().foreign_key = ForeignKey{"product", "digest"};
        }) == "Product.same_as" + mistake);
}

TEST_CASE("defaults must be of the type of their column") {
  CHECK(column_mistake([](Column& column) {
          column.client_default = {ClientDefault::Kind::value, 7};
        }) == "Product.name: its default 7 is not of type text; change the default or the type.");
  CHECK(column_mistake(
            [](Column& column) { column.client_default.kind = ClientDefault::Kind::now; }) ==
        "Product.name: its default is the time now, but it is of type text; make it a "
        "datetime or change the default.");
}

TEST_CASE("a model has one version counter at most") {
  CHECK(product_mistake([](Model& product) {
          for (const char* name : {"version", "revision"}) {
            Column counter;
            counter.name = name;
            counter.type = ColumnType::integer;
            counter.version_counter = true;
            product.columns.push_back(counter);
          }
        }) == "Product: it has more than one version counter; keep one.");
}

TEST_CASE("a foreign key refers to a column that is there, is unique and has the same type") {
  const auto add_key = [](const char* table, const char* column) {
    return [=](Model& product) { product.columns.push_back(foreign_column("x", table, column)); };
  };
  CHECK(product_mistake(add_key("shop", "id")) ==
        "Product.x: it refers to shop.id, but there is no table \"shop\"; declare its model, or "
        "correct the foreign key.");
  CHECK(product_mistake(add_key("item", "number")) ==
        "Product.x: it refers to item.number, but Item has no such column; correct the foreign "
        "key.");
  CHECK(product_mistake(add_key("item", "product_id")) ==
        "Product.x: it refers to item.product_id, which is neither a key nor unique; refer to a "
        "key, or make that column unique.");
  // A unique pair, or one that only some rows obey, is no key for one column.
  for (const char* where : {"", "number > 0"}) {
    const auto refers_to_part = [&](Registry& registry) {
      const std::vector<std::string> columns = *where
                                                   ? std::vector<std::string>{"product_id"}
                                                   : std::vector<std::string>{"product_id", "id"};
      UniqueConstraint unique;
      unique.columns = columns;
      unique.where = where;
      model_in(registry, "Item").unique_constraints.push_back(unique);
      model_in(registry, "Product").columns.push_back(foreign_column("x", "item", "product_id"));
    };
    CHECK(mistake(refers_to_part).find("neither a key nor unique") != std::string::npos);
  }
  CHECK(category_id_mistake([](Column& column) { column.type = ColumnType::text; }) ==
        "Product.category_id: it is of type text and refers to category.id of type integer, so "
        "they would never be equal; make the types the same.");
}

TEST_CASE("ON DELETE SET NULL needs a column that may be null") {
  CHECK(category_id_mistake([](Column& column) {
          column.not_null = true;
          column.foreign_key->on_delete = OnDelete::set_null;
        }) ==
        "Product.category_id: ON DELETE SET NULL cannot clear a column that is not null; "
        "make it nullable or choose cascade or restrict.");
}

TEST_CASE("a relation leads to a model that is there, by a foreign key that is there") {
  CHECK(relation_mistake([](Relationship& category) { category.target = "Kategorie"; }) ==
        "Product.category: there is no model \"Kategorie\" for it to lead to; declare the model, "
        "or correct the target.");
  CHECK(category_id_mistake([](Column& column) { column.foreign_key.reset(); }) ==
        "Product.category: no foreign key of product refers to category; declare one, or correct "
        "the relation's foreign_keys.");
}

TEST_CASE("of several foreign keys the relation names one") {
  CHECK(product_mistake([](Model& product) {
          product.columns.push_back(foreign_column("second_id", "category"));
        }) ==
        "Product.category: several foreign keys of product refer to category (category_id "
        "and second_id); name the one to use in foreign_keys.");
  CHECK(relation_mistake([](Relationship& category) { category.foreign_keys = {"nope"}; }) ==
        "Product.category: foreign_keys names nope, but product has no such column; name one of "
        "its foreign keys.");
  CHECK(relation_mistake([](Relationship& category) { category.foreign_keys = {"name"}; }) ==
        "Product.category: foreign_keys names name, but product.name does not refer to category; "
        "name one of its foreign keys.");
}

TEST_CASE("a many-to-many needs its table of links") {
  const auto tags_mistake = [](const std::function<void(Relationship&)>& change) {
    return mistake(
        [&](Registry& registry) { change(model_in(registry, "Tag").relationships.front()); });
  };
  CHECK(tags_mistake([](Relationship& products) { products.secondary.clear(); }) ==
        "Tag.products: a many-to-many needs a table of links; name it in secondary.");
  CHECK(tags_mistake([](Relationship& products) { products.secondary = "links"; }) ==
        "Tag.products: there is no table \"links\" to hold the links; declare it with both foreign "
        "keys.");
  CHECK(tags_mistake([](Relationship& products) { products.secondary = "item"; }) ==
        "Tag.products: no foreign key of item refers to tag; declare one, or correct the "
        "relation's foreign_keys.");
}

TEST_CASE("links of a model to itself must be named") {
  CHECK(mistake([](Registry& registry) {
          Relationship like = relation("similar", "Product", Direction::many_to_many);
          like.secondary = "product_tag";
          model_in(registry, "Product").relationships.push_back(like);
        }) ==
        "Product.similar: it links Product to itself; name the column of product_tag that "
        "refers to this side, then the one for the other side, in foreign_keys.");
}

TEST_CASE("a table of links is filled by its keys alone") {
  CHECK(mistake([](Registry& registry) {
          model_in(registry, "ProductTag").columns.push_back(text_column("why"));
        }) ==
        "ProductTag.why: a table of links has a column that must be filled in; give it a "
        "server default, or make the table a model of its own.");
}

TEST_CASE("back_populates must be answered by the other side") {
  const auto answer = [](const std::function<void(Relationship&)>& change) {
    return mistake([&](Registry& registry) {
      Relationship& category = model_in(registry, "Product").relationships.front();
      category.backref.reset();
      category.back_populates = "products";
      Relationship products = relation("products", "Product", Direction::one_to_many);
      products.back_populates = "category";
      change(products);
      model_in(registry, "Category").relationships.push_back(products);
    });
  };
  CHECK(answer([](Relationship&) {}).empty());
  CHECK(answer([](Relationship& products) { products.back_populates.clear(); }) ==
        "Product.category: back_populates names products, but Category.products has no "
        "back_populates; set its back_populates to category.");
  const std::string text = answer([](Relationship& products) { products.name = "goods"; });
  CHECK(text.find("Product.category: back_populates names products, but Category has no relation "
                  "of that name; declare it there.") != std::string::npos);
}

TEST_CASE("the two sides of a relation use the same foreign key") {
  const std::string text = mistake([](Registry& registry) {
    Model& product = model_in(registry, "Product");
    product.columns.push_back(foreign_column("second_id", "category"));
    Relationship& category = product.relationships.front();
    category.backref.reset();
    category.back_populates = "products";
    category.foreign_keys = {"category_id"};
    Relationship products = relation("products", "Product", Direction::one_to_many);
    products.back_populates = "category";
    products.foreign_keys = {"second_id"};
    model_in(registry, "Category").relationships.push_back(products);
  });
  CHECK(text.find("Product.category: it and Category.products use different foreign keys; name "
                  "the same ones in foreign_keys.") != std::string::npos);
}

TEST_CASE("cascades must not contradict the relation") {
  CHECK(relation_mistake([](Relationship& category) {
          category.cascade = Cascade::parse("all, delete-orphan");
        }) ==
        "Product.category: delete-orphan belongs on the one side of a one-to-many, where a "
        "child has a single parent; move it to the other side or drop it.");
  CHECK(relation_mistake([](Relationship& category) {
          products_options(category).cascade = Cascade::parse("save-update, delete-orphan");
        }) == "Category.products: delete-orphan needs delete too; write \"all, delete-orphan\".");
  CHECK(relation_mistake([](Relationship& category) {
          products_options(category).passive_deletes = PassiveDeletes::all;
        }) ==
        "Category.products: passive_deletes all leaves every child to the database, which "
        "contradicts the delete cascade; drop one of them.");
}

TEST_CASE("a viewonly relation neither writes nor keeps another side in step") {
  const auto heavy = [](const std::function<void(Relationship&)>& change) {
    return mistake([&](Registry& registry) {
      Relationship view = relation("cheap", "Product", Direction::one_to_many);
      view.viewonly = true;
      view.conditions.push_back({"id", Condition::Op::ge, 10});
      change(view);
      model_in(registry, "Category").relationships.push_back(view);
    });
  };
  CHECK(heavy([](Relationship&) {}).empty());
  CHECK(heavy([](Relationship& view) { view.cascade.delete_ = true; }) ==
        "Category.cheap: it is viewonly and cannot delete; drop the delete cascade.");
  CHECK(heavy([](Relationship& view) { view.viewonly = false; }) ==
        "Category.cheap: it has conditions, so what it holds cannot be written; make it viewonly.");
  CHECK(heavy([](Relationship& view) { view.conditions[0].column = "price"; }) ==
        "Category.cheap: conditions names price, but Product has no such column; correct the "
        "name.");
  CHECK(heavy([](Relationship& view) { view.collection = CollectionKind::set; }) ==
        "Category.cheap: it is viewonly and can only be a plain list; drop the collection.");
}

TEST_CASE("collections of a kind need their column, on a side that holds many") {
  const auto kind = [](CollectionKind collection, const char* key, const char* position) {
    return relation_mistake([=](Relationship& category) {
      RelationshipOptions& products = products_options(category);
      products.collection = collection;
      products.key_column = key;
      products.position_column = position;
    });
  };
  CHECK(kind(CollectionKind::keyed, "name", "").empty());
  CHECK(kind(CollectionKind::ordered, "", "category_id").empty());
  CHECK(kind(CollectionKind::keyed, "", "") ==
        "Category.products: key_column is missing; name a column of Product.");
  CHECK(kind(CollectionKind::keyed, "key", "") ==
        "Category.products: key_column names key, but Product has no such column; correct the "
        "name.");
  CHECK(kind(CollectionKind::ordered, "", "name") ==
        "Category.products: its position_column name is no integer; change the column's type.");
  CHECK(kind(CollectionKind::list, "name", "") ==
        "Category.products: only a keyed collection has a key_column; drop it.");
  CHECK(kind(CollectionKind::set, "", "id") ==
        "Category.products: only an ordered collection has a position_column; drop it.");
  CHECK(
      relation_mistake([](Relationship& category) { category.collection = CollectionKind::set; }) ==
      "Product.category: it holds one object, so it cannot be a collection of a kind; drop "
      "the collection.");
}

TEST_CASE("order_by names columns of the target") {
  CHECK(relation_mistake([](Relationship& category) {
          products_options(category).order_by.push_back({"price", true});
        }) ==
        "Category.products: order_by names price, but Product has no such column; correct "
        "the name.");
}

TEST_CASE("constraints, search and display name stored columns") {
  CHECK(product_mistake([](Model& product) {
          product.unique_constraints.push_back({"uq", {"name", "nope", "name"}, ""});
        }) ==
        "Product.nope: unique constraint uq names it, but there is no such column; correct "
        "the name.\nProduct.name: unique constraint uq names it twice; name it once.");
  CHECK(product_mistake([](Model& product) { product.unique_constraints.push_back({}); }) ==
        "Product: unique constraint names no column; name at least one.");
  CHECK(product_mistake([](Model& product) {
          product.check_constraints.push_back({"ck", ""});
        }) == "Product.ck: a check constraint has no condition; give it one.");
  CHECK(product_mistake([](Model& product) { product.search_columns = {"id"}; }) ==
        "Product.id: search looks in text only; take it out of the search columns.");
  CHECK(product_mistake([](Model& product) { product.search_columns = {"category.name"}; }) ==
        "Product.category.name: search reaches text of one-to-many relations by the integer key; "
        "name one of those, and a column of its target.");
  CHECK(product_mistake([](Model& product) { product.display_column = "title"; }) ==
        "Product.title: it is to be displayed, but there is no such column; correct the name.");
}

TEST_CASE("a computed column is computed from what is there") {
  const auto computed_mistake = [](Computed facts) {
    return product_mistake(
        [&](Model& product) { add_computed(product, "extra", std::move(facts)); });
  };
  Computed sum;
  sum.expression =
      Expression{Expression::Op::add, "", {}, {column_expression("id"), column_expression("id")}};
  CHECK(computed_mistake(sum).empty());
  sum.expression->operands.pop_back();
  CHECK(computed_mistake(sum) ==
        "Product.extra: an operation in its expression has fewer than two operands; give it two "
        "or more.");
  sum.expression = column_expression("price");
  CHECK(computed_mistake(sum) ==
        "Product.extra: it is computed from price, which is not a stored "
        "column of Product; correct the name.");
  CHECK(computed_mistake({}) ==
        "Product.extra: a computed column has an expression or counts a relation; give it one of "
        "the two.");
  CHECK(computed_mistake({std::nullopt, "items"}).empty());
  CHECK(computed_mistake({std::nullopt, "category"}) ==
        "Product.extra: it counts category, which is not a to-many relation of Product; name one.");
}

TEST_CASE("what needs a stored column is refused of a computed one") {
  const auto mistake_of = [](void (*change)(Column&)) {
    return product_mistake([&](Model& product) {
      add_computed(product, "extra", {std::nullopt, "items"});
      change(product.columns.back());
    });
  };
  const std::string refusal =
      "Product.extra: it is computed and not stored, so keys, constraints and defaults do not "
      "apply; drop them.";
  CHECK(mistake_of([](Column&) {}).empty());
  CHECK(mistake_of([](Column& column) { column.unique = true; }) == refusal);
  CHECK(mistake_of([](Column& column) { column.index = true; }) == refusal);
  CHECK(mistake_of([](Column& column) { column.not_null = true; }) == refusal);
  CHECK(mistake_of([](Column& column) { column.server_default = "1"; }) == refusal);
  CHECK(mistake_of([](Column& column) { column.check = "extra > 0"; }) == refusal);
  CHECK(mistake_of([](Column& column) {
          column.client_default.kind = ClientDefault::Kind::value;
        }) == refusal);
}

TEST_CASE("models that require each other can never have a first row") {
  CHECK(mistake([](Registry& registry) {
          Column product = foreign_column("favourite_id", "product");
          product.not_null = true;
          model_in(registry, "Product").columns[2].not_null = true;
          model_in(registry, "Category").columns.push_back(product);
        }) ==
        "Category: Category and Product require each other by foreign keys that are not "
        "null, so no row can be the first; make one of these foreign keys nullable.");
}

TEST_CASE("every mistake is reported, and resolve() fails with all of them") {
  Registry registry = shop();
  model_in(registry, "Product").columns[1].length = -1;
  model_in(registry, "Product").relationships.front().target = "Nowhere";
  model_in(registry, "Tag").display_column = "colour";
  CHECK(registry.validate().size() == 3);
  try {
    registry.resolve();
    FAIL("it resolved");
  } catch (const Error& error) {
    CHECK(error.code() == Code::validation);
    CHECK(error.failure().issues.size() == 3);
    CHECK(error.failure().issues[1].model == "Tag");
    CHECK(error.failure().issues[1].field == "colour");
    CHECK(std::string(error.what()).rfind("The registry has 3 mistakes:\n  Product.name", 0) == 0);
  }
  CHECK_FALSE(registry.is_resolved());
}

}  // namespace vitrine::schema_validate_test
