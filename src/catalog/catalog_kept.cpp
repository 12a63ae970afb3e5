// Catalog: requests that are kept to be run again with other values.
#include <algorithm>
#include <array>
#include <utility>

#include "catalog/catalog_impl.h"
#include "catalog/counting_sink.h"
#include "orm/query/compile.h"
#include "orm/session/search_index.h"

namespace vitrine {
namespace {

// `marked` with the values in place of their marks.
Json filled(const Json& marked, std::span<const OpenValue> values) {
  Json json = marked;
  if (marked.is_object()) {
    for (const auto& [name, value] : marked.items()) json[name] = filled(value, values);
  }
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (marked == Json(integer_mark(i))) json = values[i].integer;
    if (marked == Json(text_mark(i))) json = values[i].text;
  }
  return json;
}

// Of a list in the order of its key, whose page is all that is open, the place of `offset` among
// the two values.
std::optional<std::size_t> open_offset(const Select& select, std::size_t count) {
  const Model& model = *select.model;
  const auto is_key = [&](const Order& order) {
    return order.path.relations.empty() &&
           order.path.attribute == model.columns[*model.rowid_column].name;
  };
  const bool in_order = model.rowid_column && select.order_by.size() < 2 &&
                        std::all_of(select.order_by.begin(), select.order_by.end(), is_key);
  if (count != 2 || !in_order || !select.search.empty() || !select.after.empty()) return {};
  for (const std::size_t place : {0, 1}) {
    if (select.offset == integer_mark(place) && select.limit == integer_mark(1 - place)) {
      return place;
    }
  }
  return {};
}

// The same list behind a row of it, whose key is a third value.
Select behind(const Select& select) {
  Select further = select;
  further.after.assign(select.order_by.size() + 1, Value(integer_mark(2)));
  return further;
}

std::optional<LeafedList> leafed_list(const Registry& registry, const Select& select,
                                      std::size_t count) {
  const auto offset = open_offset(select, count);
  if (!offset) return {};
  Plan plan = compile(registry, behind(select));
  const auto& columns = plan.root.columns;
  const auto key = std::find(columns.begin(), columns.end(), *select.model->rowid_column);
  const auto key_column = static_cast<std::size_t>(key - columns.begin());
  auto further = KeptPlan::of(std::move(plan), count + 1);
  if (!further) return {};
  return LeafedList{*offset, key_column, std::move(*further), {}};
}

// Runs the page from the last mark before it.
void run_page(Connection& connection, KeptPlan& plan, LeafedList& list,
              std::span<const OpenValue> values, RowSink& sink) {
  CountingSink counting(sink, list.key_column);
  const auto version = connection.data_version();
  const std::int64_t offset = values[list.offset].integer;
  const auto mark = version ? list.marks.before(offset, *version) : std::nullopt;
  if (mark) {
    std::array<OpenValue, 3> moved{values[0], values[1], {mark->key, {}}};
    moved[list.offset].integer -= mark->rows;
    execute(connection, list.further, moved, counting);
  } else {
    execute(connection, plan, values, counting);
  }
  const bool is_known = version && offset >= 0 && counting.rows() > 0;
  if (is_known) list.marks.note({offset + counting.rows(), counting.last_key()}, *version);
}

}  // namespace

const Plan* Catalog::keep_plan(std::size_t number, std::string_view model, const Json* key,
                               const Json& request, std::size_t count) {
  if (number >= kMaxKept || count > kMaxOpenValues) {
    fail(Code::state, "A catalog keeps at most " + std::to_string(kMaxKept) + " plans of " +
                          std::to_string(kMaxOpenValues) + " values each.");
  }
  const Model& facts = impl_->registry.model(model);
  Select select = read_select(impl_->registry, facts, request);
  if (key != nullptr) select.where = key_filter(facts, read_key(facts, *key, ""));
  auto plan = KeptPlan::of(compile(impl_->registry, select), count);
  if (!plan) return nullptr;
  auto leafed = leafed_list(impl_->registry, select, count);
  if (impl_->kept.size() <= number) impl_->kept.resize(number + 1);
  auto& kept = impl_->kept[number];
  kept.reset(new KeptRead{std::move(select), key != nullptr ? *key : Json(), key != nullptr, count,
                          std::move(*plan), std::move(leafed)});
  return &kept->plan.plan();
}

void Catalog::run_kept(std::size_t number, std::span<const OpenValue> values, RowSink& sink) {
  impl_->check_transaction();
  KeptRead* kept = number < impl_->kept.size() ? impl_->kept[number].get() : nullptr;
  if (kept == nullptr || kept->count != values.size()) {
    fail(Code::state, "There is no plan " + std::to_string(number) + " for " +
                          std::to_string(values.size()) + " values: keep it first.");
  }
  prepare_search(impl_->connection, kept->select);
  if (kept->leafed) return run_page(impl_->connection, kept->plan, *kept->leafed, values, sink);
  CountingSink counting(sink);
  execute(impl_->connection, kept->plan, values, counting);
  if (!kept->is_get || counting.rows() > 0) return;
  fail_missing(*kept->select.model, filled(kept->key, values));
}

}  // namespace vitrine
