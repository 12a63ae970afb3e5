// Catalog: requests for rows, each compiled and run at once.
#include "catalog/catalog_impl.h"
#include "catalog/counting_sink.h"
#include "orm/query/compile.h"
#include "orm/session/search_index.h"

namespace vitrine {
namespace {

// A program reads what it wrote in a few forms.
constexpr std::size_t kMaxReadBacks = 16;

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
  select.where = key_filter(facts, read_key(facts, key, ""));
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
  Key key;
  for (const std::size_t column : model.primary_key) {
    key.push_back({column, integer_mark(key.size())});
  }
  Select select = read_select(registry, model, request);
  select.where = key_filter(model, key);
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

}  // namespace vitrine
