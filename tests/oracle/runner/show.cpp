// See the header.
#include "runner/show.h"

#include <algorithm>

#include "runner/values.h"

namespace vitrine::oracle {
namespace {

constexpr std::size_t kLongList = 40;
constexpr std::size_t kShownEnds = 2;

int rank_of(const Json& json) {
  if (json.is_number()) return 0;
  if (json.is_string()) return 1;
  return json.is_null() ? 3 : 2;
}

bool comes_before(const Json& a, const Json& b);

bool members_before(const Json& a, const Json& b) {
  nlohmann::json sorted_a = a;
  nlohmann::json sorted_b = b;
  auto at_b = sorted_b.begin();
  for (auto at_a = sorted_a.begin(); at_a != sorted_a.end(); ++at_a, ++at_b) {
    if (at_b == sorted_b.end()) return false;
    if (at_a.key() != at_b.key()) return at_a.key() < at_b.key();
    const Json value_a = at_a.value();
    const Json value_b = at_b.value();
    if (comes_before(value_a, value_b)) return true;
    if (comes_before(value_b, value_a)) return false;
  }
  return at_b != sorted_b.end();
}

// Numbers before text before lists and objects before null; objects by their members in the order
// of their names.
bool comes_before(const Json& a, const Json& b) {
  if (rank_of(a) != rank_of(b)) return rank_of(a) < rank_of(b);
  if (a.is_number()) return a.get<double>() < b.get<double>();
  if (a.is_object() && b.is_object()) return members_before(a, b);
  if (a.is_array() && b.is_array()) {
    return std::lexicographical_compare(a.begin(), a.end(), b.begin(), b.end(), comes_before);
  }
  return a < b;
}

Json show_key(Record& object) {
  std::vector<std::size_t> columns = object.model().primary_key;
  const auto name = [&](std::size_t column) { return object.model().columns[column].name; };
  std::sort(columns.begin(), columns.end(),
            [&](std::size_t a, std::size_t b) { return name(a) < name(b); });
  Json key = Json::object();
  for (const std::size_t column : columns) {
    key[name(column)] = show_value(object.get(column), &object.model().columns[column]);
  }
  return key;
}

Json show_keyed(Record& object, const Relationship& relationship, const Fields& fields) {
  Json shown = Json::object();
  for (Record* member : std::vector<Record*>(object.members(relationship))) {
    shown[*member->get(relationship.key_column).text()] = show_object(member, fields);
  }
  return shown;
}

}  // namespace

Fields fields_of(const Json& op) {
  return op.contains("fields") ? op.at("fields").get<Fields>() : Fields{};
}

Json show_object(Record* object, const Fields& fields) {
  if (!object) return nullptr;
  const Model& model = object->model();
  Json shown = {{"type", model.name}};
  for (const std::string& field : fields) shown[field] = show_attribute(*object, field, false);
  if (!fields.empty()) return shown;
  if (model.primary_key.size() == 1) {
    const Column& column = model.columns[model.primary_key[0]];
    shown[column.name] = show_value(object->get(model.primary_key[0]), &column);
  } else {
    shown["key"] = show_key(*object);
  }
  if (const auto name = model.find_column("name")) {
    shown["name"] = show_value(object->get(*name), &model.columns[*name]);
  }
  return shown;
}

Json show_objects(const std::vector<Record*>& objects, bool ordered, const Fields& fields) {
  Json list = Json::array();
  for (Record* object : objects) list.push_back(show_object(object, fields));
  if (!ordered) sort_list(list);
  return cut_list(std::move(list));
}

Json show_attribute(Record& object, const std::string& attribute, bool ordered,
                    const Fields& fields) {
  const Model& model = object.model();
  const Relationship* relationship = model.find_relationship(attribute);
  if (!relationship) {
    const std::size_t column = model.column_index(attribute);
    return show_value(object.get(column), &model.columns[column]);
  }
  if (!relationship->is_collection()) return show_object(object.related(*relationship), fields);
  if (relationship->collection == CollectionKind::keyed) {
    return show_keyed(object, *relationship, fields);
  }
  // A copy: showing a member may load, and so change, the collection it is in.
  const std::vector<Record*> members = object.members(*relationship);
  return show_objects(members, ordered, fields);
}

Json show_rows(const Session::Rows& rows, bool ordered, const std::vector<const Column*>& columns) {
  Json list = Json::array();
  for (const std::vector<Value>& row : rows) {
    Json& shown = list.emplace_back(Json::array());
    for (std::size_t i = 0; i < row.size(); ++i) {
      shown.push_back(show_value(row[i], i < columns.size() ? columns[i] : nullptr));
    }
  }
  if (!ordered) sort_list(list);
  return cut_list(std::move(list));
}

void sort_list(Json& list) { std::stable_sort(list.begin(), list.end(), comes_before); }

Json cut_list(Json list) {
  if (list.size() <= kLongList) return list;
  const auto ends = static_cast<std::ptrdiff_t>(kShownEnds);
  return {{"count", list.size()},
          {"first", std::vector<Json>(list.begin(), list.begin() + ends)},
          {"last", std::vector<Json>(list.end() - ends, list.end())}};
}

}  // namespace vitrine::oracle
