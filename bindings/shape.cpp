// A shape's signature is what identifies it cheaply: addresses in the registry, which never change
// while the catalog is open, and column numbers.
#include "bindings/shape.h"

#include <cstdint>

#include "base/check.h"
#include "base/error.h"
#include "base/json.h"

namespace vitrine {
namespace {

void append_number(std::string& signature, std::uintptr_t number) {
  signature.append(reinterpret_cast<const char*>(&number), sizeof number);
}

void append_signature(std::string& signature, const PlanNode& node) {
  append_number(signature, reinterpret_cast<std::uintptr_t>(node.model));
  append_number(signature, node.visible_columns);
  for (std::size_t i = 0; i < node.visible_columns; ++i) append_number(signature, node.columns[i]);
  append_number(signature, node.counts.size());
  for (const std::string& count : node.counts) signature.append(count).push_back('\0');
  append_number(signature, node.children.size());
  for (const PlanChild& child : node.children) {
    append_number(signature, reinterpret_cast<std::uintptr_t>(child.relationship));
    append_signature(signature, child.node);
  }
}

Json describe_node(const PlanNode& node) {
  Json columns = Json::array();
  for (std::size_t i = 0; i < node.visible_columns; ++i) {
    const Column& column = node.model->columns[node.columns[i]];
    columns.push_back(Json::array({column.name, cell_kind_name(cell_kind(column.type))}));
  }
  Json children = Json::array();
  for (const PlanChild& child : node.children) {
    // Requests in JSON never ask for it, and a packet has no place for it.
    VITRINE_CHECK(!child.joined);
    Json link;
    link["name"] = child.relationship->name;
    link["many"] = !child.relationship->is_many_to_one();
    link["list"] = child.relationship->is_collection();
    link["node"] = describe_node(child.node);
    children.push_back(std::move(link));
  }
  Json described;
  described["columns"] = std::move(columns);
  described["counts"] = node.counts;
  described["children"] = std::move(children);
  return described;
}

}  // namespace

CellKind cell_kind(ColumnType type) {
  switch (type) {
    case ColumnType::integer:
    case ColumnType::real:
      return CellKind::number;
    case ColumnType::boolean:
      return CellKind::boolean;
    case ColumnType::string:
    case ColumnType::text:
    case ColumnType::datetime:
      return CellKind::text;
    case ColumnType::json:
      return CellKind::json;
    case ColumnType::blob:
      return CellKind::blob;
  }
  return CellKind::text;
}

std::string_view cell_kind_name(CellKind kind) {
  switch (kind) {
    case CellKind::number:
      return "number";
    case CellKind::boolean:
      return "boolean";
    case CellKind::text:
      return "text";
    case CellKind::json:
      return "json";
    case CellKind::blob:
      return "blob";
  }
  return "text";
}

std::size_t ShapeTable::intern(const PlanNode& root) {
  signature_.clear();
  append_signature(signature_, root);
  if (const auto found = known_.find(signature_); found != known_.end()) return found->second;
  if (descriptions_.size() == kMaxShapes) {
    fail(Code::state, "This catalog has answered " + std::to_string(kMaxShapes) +
                          " requests of different shapes; open it again, and ask for fewer "
                          "combinations of select and include.");
  }
  descriptions_.push_back(describe_node(root).dump());
  known_.emplace(signature_, descriptions_.size() - 1);
  return descriptions_.size() - 1;
}

const std::string& ShapeTable::description(std::size_t shape) const {
  if (shape >= descriptions_.size()) {
    fail(Code::state, "There is no shape " + std::to_string(shape) + " in this catalog.");
  }
  return descriptions_[shape];
}

}  // namespace vitrine
