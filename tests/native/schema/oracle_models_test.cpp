// The models of the oracle's scenarios, as descriptions: they resolve, and they say what SQLAlchemy
// said of the same models (tests/oracle/schema.json, recorded).
#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "orm/schema/description.h"
#include "support/source_file.h"

namespace vitrine::schema_oracle_models_test {

#if VITRINE_HAS_FILES

using namespace vitrine::testing;

namespace {

using Recorded = nlohmann::ordered_json;

Registry models_of(const std::string& schema) {
  Registry registry;
  add_description(registry, Json::parse(source_file("tests/oracle/" + schema + "_models.json")));
  registry.resolve();
  registry.verify();
  return registry;
}

Recorded recorded(const std::string& schema) {
  return Recorded::parse(source_file("tests/oracle/schema.json"))[schema];
}

// Inheritance is not described yet.
bool is_inherited(const std::string& table) { return table == "asset" || table == "video"; }

std::string recorded_direction(const Relationship& relationship) {
  if (relationship.is_many_to_one()) return "MANYTOONE";
  return relationship.direction == Direction::one_to_many ? "ONETOMANY" : "MANYTOMANY";
}

// The recorded words are in the order of the alphabet; parse() makes them comparable.
Cascade recorded_cascade(const Recorded& words) {
  std::string joined;
  for (const Recorded& word : words) joined += word.get<std::string>() + ",";
  return Cascade::parse(joined);
}

std::vector<std::string> recorded_order(const Relationship& relationship) {
  std::vector<std::string> order;
  for (const OrderBy& by : relationship.order_by) {
    order.push_back(relationship.target_model->table + "." + by.column +
                    (by.descending ? " DESC" : ""));
  }
  return order;
}

Recorded recorded_passive_deletes(const Relationship& relationship) {
  if (relationship.passive_deletes == PassiveDeletes::all) return "all";
  return relationship.passive_deletes == PassiveDeletes::yes;
}

void check_relationship(const Model& model, const std::string& name, const Recorded& facts) {
  CAPTURE(model.name);
  CAPTURE(name);
  const Relationship& relationship = model.relationship(name);
  CHECK(relationship.target == facts["target"]);
  CHECK(recorded_direction(relationship) == facts["kind"]);
  CHECK(relationship.is_collection() == facts["list"]);
  CHECK(relationship.cascade == recorded_cascade(facts["cascade"]));
  CHECK(relationship.viewonly == facts["viewonly"]);
  CHECK(recorded_passive_deletes(relationship) == facts["passive_deletes"]);
  CHECK(recorded_order(relationship) == facts["order_by"]);
  const auto inverse = relationship.inverse;
  CHECK((inverse == nullptr) == facts["reverse"].empty());
  if (inverse != nullptr) CHECK(inverse->name == facts["reverse"][0]);
  const auto links = relationship.secondary_model;
  CHECK((links == nullptr) == facts["secondary"].is_null());
}

void check_column(const Model& model, const Recorded& facts) {
  CAPTURE(model.name);
  CAPTURE(facts["name"].get<std::string>());
  const Column& column = model.columns[model.column_index(facts["name"].get<std::string>())];
  CHECK(column.primary_key == facts["primary_key"]);
  CHECK((column.not_null || column.primary_key) == !facts["nullable"]);
  CHECK(column.foreign_key.has_value() == !facts["foreign_key"].is_null());
  if (column.foreign_key) {
    CHECK(column.foreign_key->table + "." + column.foreign_key->column == facts["foreign_key"][0]);
  }
  const bool has_default = column.client_default.kind != ClientDefault::Kind::none;
  CHECK(has_default == !facts["default"].is_null());
  CHECK(column.server_default.empty() == facts["server_default"].is_null());
}

void check_against_record(const std::string& schema) {
  const Registry registry = models_of(schema);
  const Recorded facts = recorded(schema);
  for (const auto& [table, table_facts] : facts["tables"].items()) {
    if (is_inherited(table)) continue;
    for (const Recorded& column : table_facts["columns"]) {
      check_column(registry.model(table), column);
    }
  }
  for (const auto& [name, entity] : facts["entities"].items()) {
    if (is_inherited(entity["table"])) continue;
    for (const auto& [relationship, relationship_facts] : entity["relationships"].items()) {
      check_relationship(registry.model(name), relationship, relationship_facts);
    }
  }
}

OnDelete on_delete(const Registry& registry, const char* model, const char* column) {
  const Model& found = registry.model(model);
  return found.columns[found.column_index(column)].foreign_key->on_delete;
}

}  // namespace

TEST_CASE("the seed's models are what SQLAlchemy recorded of them") {
  check_against_record("core");
}

TEST_CASE("the models of the other features are what SQLAlchemy recorded of them") {
  check_against_record("ext");
}

TEST_CASE("a delete of the seed's category reaches its pictures by the database alone") {
  const Registry registry = models_of("core");
  CHECK(on_delete(registry, "Product", "category_id") == OnDelete::cascade);
  CHECK(on_delete(registry, "Product_Item", "product_id") == OnDelete::cascade);
  CHECK(on_delete(registry, "Product_Item", "uom_id") == OnDelete::cascade);
  CHECK(on_delete(registry, "UserPicture", "product_item_id") == OnDelete::cascade);
}

TEST_CASE("where the database deletes what the relationships say, that is known") {
  const Registry core = models_of("core");
  for (const auto& model : core.models()) CHECK(model->cascades_in_database);
  const Registry ext = models_of("ext");
  for (const char* name : {"Box", "Node", "Owner", "Supplier", "Offer"}) {
    CAPTURE(name);
    CHECK(ext.model(name).cascades_in_database);
  }
  // Children that stay, links, and versions that are looked at.
  for (const char* name : {"Parent", "Article", "Tag", "Priced"}) {
    CAPTURE(name);
    CHECK_FALSE(ext.model(name).cascades_in_database);
  }
}

TEST_CASE("each policy of the parent's children keeps its ON DELETE") {
  const Registry registry = models_of("ext");
  CHECK(on_delete(registry, "PlainKid", "parent_id") == OnDelete::nothing);
  CHECK(on_delete(registry, "OrphanKid", "parent_id") == OnDelete::cascade);
  CHECK(on_delete(registry, "PassiveKid", "parent_id") == OnDelete::cascade);
  CHECK(on_delete(registry, "SetNullKid", "parent_id") == OnDelete::set_null);
  CHECK(on_delete(registry, "RestrictKid", "parent_id") == OnDelete::restrict);
  CHECK(registry.model("OnlyKid").columns[2].unique);
}

TEST_CASE("what the recorded tables do not say is described too") {
  const Registry registry = models_of("ext");
  const Model& priced = registry.model("Priced");
  CHECK(priced.version_column == priced.find_column("version"));
  CHECK_THROWS_AS(priced.columns[priced.column_index("qty")].validator(-1), Error);
  CHECK(priced.columns[priced.column_index("total_cents")].computed->expression);
  CHECK(priced.unique_constraints.front().columns == std::vector<std::string>{"name", "lang"});
  CHECK(registry.model("Owner").columns.back().computed->count_of == "shots");
  const Model& box = registry.model("Box");
  CHECK(box.relationship("heavy_things").conditions.front().value == Value(10));
  CHECK(box.relationship("slots").position_column == "position");
  CHECK(box.relationship("notes").key_column == "key");
  CHECK(box.relationship("marks").collection == CollectionKind::set);
}

#endif

}  // namespace vitrine::schema_oracle_models_test
