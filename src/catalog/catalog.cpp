// Catalog: see the header. Reads run plans; writes are units of work of one session, whose objects
// go when the work is done.
#include "catalog/catalog.h"

#include "catalog/catalog_file.h"
#include "catalog/models.h"
#include "orm/session/nested_write.h"
#include "orm/session/search_index.h"

namespace vitrine {

struct Catalog::Impl {
  explicit Impl(Connection opened)
      : registry(catalog::make_registry()),
        connection(std::move(opened)),
        session(connection, registry, {.autoflush = true, .expire_on_commit = false}) {
    catalog::prepare_file(connection, registry);
  }

  Registry registry;
  Connection connection;
  Session session;
  int depth = 0;  // of begin() without its end

  // One unit of work: all of it, or nothing. `failed` may add what it knows to the error.
  template <class Work, class Failed>
  void unit(Work work, Failed failed) {
    const bool nested = depth > 0;
    try {
      if (nested) session.begin_savepoint();
      work();
      nested ? session.release_savepoint() : session.commit();
    } catch (Error& error) {
      failed(error);
      undo(nested);
      throw;
    } catch (...) {
      undo(nested);
      throw;
    }
    session.clear();
  }

  void undo(bool nested) {
    if (!nested || session.savepoint_depth() < static_cast<std::size_t>(depth)) {
      session.rollback();
    } else {
      session.rollback_savepoint();
    }
    session.clear();
  }
};

namespace {

void locate(const NestedWrite& nested, const Session& session, Error& error) {
  Failure& failure = error.failure();
  if (!failure.path.empty() || !session.last_written()) return;
  failure.path = nested.origin(*session.last_written());
  if (failure.fields.empty()) return;
  failure.path += (failure.path.empty() ? "" : ".") + failure.fields.front();
}

OrderedJson json_of(const Value& value) {
  if (value.integer()) return *value.integer();
  if (value.real()) return *value.real();
  if (value.text()) return *value.text();
  return nullptr;
}

OrderedJson key_of(const Record& record) {
  const Model& model = record.model();
  if (model.primary_key.size() == 1) return json_of(record.key()[0]);
  OrderedJson key = OrderedJson::object();
  for (const std::size_t column : model.primary_key) {
    key[model.columns[column].name] = json_of(record.slot(column).value);
  }
  return key;
}

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

}  // namespace

Catalog::Catalog(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Catalog::Catalog(Catalog&&) noexcept = default;
Catalog::~Catalog() = default;

Catalog Catalog::in_memory() {
  return Catalog(std::make_unique<Impl>(Connection::open(":memory:")));
}

Catalog Catalog::from_image(std::string_view image) {
  return Catalog(std::make_unique<Impl>(Connection::deserialize(image)));
}

Catalog Catalog::open_file(const std::string& path) {
  return Catalog(std::make_unique<Impl>(Connection::open(path)));
}

const Registry& Catalog::registry() const { return impl_->registry; }
Connection& Catalog::connection() { return impl_->connection; }
Session& Catalog::session() { return impl_->session; }

void Catalog::find(std::string_view model, const OrderedJson& request, RowSink& sink) {
  const Select select = read_select(impl_->registry, impl_->registry.model(model), request);
  const Plan plan = compile(impl_->registry, select);
  prepare_search(impl_->connection, select);
  execute(impl_->connection, plan, sink);
}

void Catalog::get(std::string_view model, const OrderedJson& key, const OrderedJson& request,
                  RowSink& sink) {
  const Model& facts = impl_->registry.model(model);
  Select select = read_select(impl_->registry, facts, request);
  select.where = key_filter(read_key(facts, key, ""));
  CountingSink counting(sink);
  const Plan plan = compile(impl_->registry, select);
  prepare_search(impl_->connection, select);
  execute(impl_->connection, plan, counting);
  if (counting.rows() == 0) fail_no_such_key(facts, "", key);
}

std::int64_t Catalog::count(std::string_view model, const OrderedJson& request) {
  const Select select = read_select(impl_->registry, impl_->registry.model(model), request);
  const Sql sql = compile_count(impl_->registry, select);
  prepare_search(impl_->connection, select);
  return *impl_->connection.scalar(sql.text, sql.parameters)->integer();
}

OrderedJson Catalog::create(std::string_view model, const OrderedJson& data) {
  OrderedJson key;
  NestedWrite nested(impl_->session);
  impl_->unit(
      [&] {
        Record& record = nested.create(impl_->registry.model(model), data);
        impl_->session.flush();
        key = key_of(record);
      },
      [&](Error& error) { locate(nested, impl_->session, error); });
  return key;
}

OrderedJson Catalog::update(std::string_view model, const OrderedJson& key,
                            const OrderedJson& data) {
  OrderedJson same;
  NestedWrite nested(impl_->session);
  impl_->unit(
      [&] {
        Record& record = nested.require(impl_->registry.model(model), key);
        nested.update(record, data);
        impl_->session.flush();
        same = key_of(record);
      },
      [&](Error& error) { locate(nested, impl_->session, error); });
  return same;
}

std::vector<Removal> Catalog::remove(std::string_view model, const OrderedJson& key, bool dry_run) {
  std::vector<Removal> removals;
  Session& session = impl_->session;
  const auto mark_and_count = [&] {
    NestedWrite nested(session);
    session.remove(nested.require(impl_->registry.model(model), key));
    for (const Model* facts : impl_->registry.dependency_order()) {
      Removal removal{facts, 0};
      for (const Record* record : session.deleted()) removal.rows += &record->model() == facts;
      if (removal.rows > 0) removals.push_back(removal);
    }
  };
  if (dry_run) {
    try {
      mark_and_count();
    } catch (...) {
      session.clear();
      throw;
    }
    session.clear();
  } else {
    impl_->unit(mark_and_count, [](Error&) {});
  }
  return removals;
}

void Catalog::begin() {
  if (impl_->depth > 0) impl_->session.begin_savepoint();
  ++impl_->depth;
}

void Catalog::commit() {
  if (impl_->depth == 0) fail(Code::state, "There is no transaction to commit; begin() one first.");
  if (impl_->depth > 1) {
    impl_->session.release_savepoint();
  } else {
    impl_->session.commit();
  }
  --impl_->depth;
}

void Catalog::rollback() {
  if (impl_->depth == 0) {
    fail(Code::state, "There is no transaction to roll back; begin() one first.");
  }
  if (impl_->depth > 1) {
    impl_->session.rollback_savepoint();
  } else {
    impl_->session.rollback();
  }
  impl_->session.clear();
  --impl_->depth;
}

std::string Catalog::export_file() {
  if (impl_->depth > 0) {
    fail(Code::busy, "A transaction is open; commit it or roll it back before exporting.");
  }
  return impl_->connection.serialize();
}

}  // namespace vitrine
