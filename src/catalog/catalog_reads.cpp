// Catalog: requests for rows, each compiled and run at once, or kept to be run again with other
// values.
#include <algorithm>

#include "catalog/catalog_impl.h"
#include "orm/query/compile.h"
#include "orm/session/search_index.h"

namespace vitrine {
namespace {

// Passes rows on and notes whether there were any.
class CountingSink : public RowSink {
 public:
  explicit CountingSink(RowSink& sink) : sink_(sink) {}
  void begin_node(const PlanNode& node, const PlanChild* link) override {
    root_ = link == nullptr;
    sink_.begin_node(node, link);
  }
  void row(Statement& statement, std::int64_t parent_row) override {
    if (root_) ++rows_;
    sink_.row(statement, parent_row);
  }
  void end_node(std::span<const std::int64_t> targets) override { sink_.end_node(targets); }
  std::int64_t rows() const { return rows_; }

 private:
  RowSink& sink_;
  bool root_ = false;
  std::int64_t rows_ = 0;
};

// A program reads what it wrote in a few forms.
constexpr std::size_t kMaxReadBacks = 16;

Filter key_filter(const std::vector<Assignment>& key) {
  Filter all;
  all.op = Operator::all_of;
  for (const Assignment& part : key) {
    Filter filter;
    filter.op = Operator::eq;
    filter.path.attribute = part.column;
    filter.values = {part.value};
    all.operands.push_back(std::move(filter));
  }
  return all;
}

// The parts of a key, in the order of the model's, when each is a whole number.
std::optional<std::vector<OpenValue>> whole_numbers(const Model& model, const Json& key) {
  std::vector<OpenValue> values;
  for (const std::size_t column : model.primary_key) {
    const Json& part = key.is_object() ? key.at(model.columns[column].name) : key;
    if (!part.is_number_integer()) return std::nullopt;
    values.push_back({part.get<std::int64_t>(), {}});
  }
  return values;
}

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

// Says which key it is that nothing has; a key that is none is refused instead.
[[noreturn]] void fail_missing(const Model& model, const Json& key) {
  static_cast<void>(read_key(model, key, ""));
  fail_no_such_key(model, "", key);
}

}  // namespace

void Catalog::find(std::string_view model, const Json& request, RowSink& sink) {
  impl_->check_transaction();
  const Select select = read_select(impl_->registry, impl_->registry.model(model), request);
  const Plan plan = compile(impl_->registry, select);
  prepare_search(impl_->connection, select);
  execute(impl_->connection, plan, sink);
}

void Catalog::get(std::string_view model, const Json& key, const Json& request, RowSink& sink) {
  impl_->check_transaction();
  const Model& facts = impl_->registry.model(model);
  Select select = read_select(impl_->registry, facts, request);
  select.where = key_filter(read_key(facts, key, ""));
  CountingSink counting(sink);
  const Plan plan = compile(impl_->registry, select);
  prepare_search(impl_->connection, select);
  execute(impl_->connection, plan, counting);
  if (counting.rows() == 0) fail_missing(facts, key);
}

KeptReadBack* Catalog::Impl::read_back_of(const Model& model, const Json& request) {
  for (KeptReadBack& known : kept_read_backs) {
    if (known.model == &model && known.request == request) return &known;
  }
  std::vector<Assignment> key;
  for (const std::size_t column : model.primary_key) {
    key.push_back({model.columns[column].name, integer_mark(key.size())});
  }
  Select select = read_select(registry, model, request);
  select.where = key_filter(key);
  auto plan = KeptPlan::of(compile(registry, select), key.size());
  if (!plan) return nullptr;
  if (kept_read_backs.size() == kMaxReadBacks) kept_read_backs.erase(kept_read_backs.begin());
  kept_read_backs.push_back({&model, request, std::move(select), std::move(*plan)});
  return &kept_read_backs.back();
}

void Catalog::read(const Model& model, const Json& key, const ReadBack& read_back) {
  const auto values = whole_numbers(model, key);
  KeptReadBack* kept = values ? impl_->read_back_of(model, read_back.request) : nullptr;
  if (!kept) return get(model.name, key, read_back.request, read_back.sink);
  prepare_search(impl_->connection, kept->select);
  CountingSink counting(read_back.sink);
  execute(impl_->connection, kept->plan, *values, counting);
  if (counting.rows() == 0) fail_missing(model, key);
}

std::int64_t Catalog::count(std::string_view model, const Json& request) {
  impl_->check_transaction();
  const Select select = read_select(impl_->registry, impl_->registry.model(model), request);
  const Sql sql = compile_count(impl_->registry, select);
  prepare_search(impl_->connection, select);
  return *impl_->connection.scalar(sql.text, sql.parameters)->integer();
}

const Plan* Catalog::keep(std::size_t number, std::string_view model, const Json* key,
                          const Json& request, std::size_t count) {
  if (number >= kMaxKept || count > kMaxOpenValues) {
    fail(Code::state, "A catalog keeps at most " + std::to_string(kMaxKept) + " plans of " +
                          std::to_string(kMaxOpenValues) + " values each.");
  }
  const Model& facts = impl_->registry.model(model);
  Select select = read_select(impl_->registry, facts, request);
  if (key != nullptr) select.where = key_filter(read_key(facts, *key, ""));
  auto plan = KeptPlan::of(compile(impl_->registry, select), count);
  if (!plan) return nullptr;
  if (impl_->kept.size() <= number) impl_->kept.resize(number + 1);
  auto& kept = impl_->kept[number];
  kept.reset(new KeptRead{std::move(select), key != nullptr ? *key : Json(), key != nullptr, count,
                          std::move(*plan)});
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
  CountingSink counting(sink);
  execute(impl_->connection, kept->plan, values, counting);
  if (!kept->is_get || counting.rows() > 0) return;
  fail_missing(*kept->select.model, filled(kept->key, values));
}

}  // namespace vitrine
