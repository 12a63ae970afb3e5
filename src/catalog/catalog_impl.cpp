// See the header. Objects go when their unit ends.
#include "catalog/catalog_impl.h"

#include "catalog/catalog_file.h"
#include "catalog/contents.h"

namespace vitrine {

namespace {

// What is replaced leaves contents behind: looking for them each time would cost more than the
// attachments themselves, and some dozens of old pictures are no loss.
constexpr int kAttachmentsPerSweep = 64;

}  // namespace

Json json_of(const Value& value) {
  if (value.integer()) return *value.integer();
  if (value.real()) return *value.real();
  if (value.text()) return *value.text();
  return nullptr;
}

Json key_of(const Record& record) {
  const Model& model = record.model();
  if (model.primary_key.size() == 1) return json_of(record.key()[0]);
  Json key = Json::object();
  for (const std::size_t column : model.primary_key) {
    key[model.columns[column].name] = json_of(record.slot(column).value);
  }
  return key;
}

void name_model(const Registry& registry, Failure& failure) {
  for (const auto& model : registry.models()) {
    if (failure.model == model->table) failure.model = model->name;
  }
}

Filter key_filter(const Model& model, const Key& key) {
  Filter all;
  all.op = Operator::all_of;
  for (const KeyPart& part : key) {
    Filter filter;
    filter.op = Operator::eq;
    filter.path.attribute = model.columns[part.column].name;
    filter.values = {part.value};
    all.operands.push_back(std::move(filter));
  }
  return all;
}

std::optional<Filter> read_where(const Registry& registry, const Model& model,
                                 const Json& request) {
  return read_filter(registry, model, request.at("where"), "where");
}

void fail_missing(const Model& model, const Json& key) {
  static_cast<void>(read_key(model, key, ""));
  fail_no_such_key(model, "", key);
}

Catalog::Impl::Impl(const CatalogSchema& known, Connection opened)
    : schema(known),
      registry(known.registry),
      connection(std::move(opened)),
      session(connection, registry, {.autoflush = true, .expire_on_commit = false}),
      history(connection, session, registry) {}

std::unique_ptr<Catalog::Impl> Catalog::Impl::of_file(const CatalogSchema& known,
                                                      Connection opened) {
  catalog::prepare_file(opened, known);
  return std::make_unique<Impl>(known, std::move(opened));
}

bool Catalog::Impl::are_own_tables() {
  // A file may have been made by another program, and SQL may alter tables at any time.
  const Value version = *connection.scalar("PRAGMA main.schema_version");
  if (schema_version != version) has_own_tables = catalog::has_own_tables(connection, schema);
  schema_version = version;
  return has_own_tables;
}

void Catalog::Impl::check_transaction() const {
  if (!lost_transaction()) return;
  fail({.code = Code::state,
        .reason = "transaction_lost",
        .message = "The transaction was undone when storage or memory failed: roll it back, and do "
                   "all of it again."});
}

void Catalog::Impl::keep_later_work() noexcept {
  try {
    history.settle();
  } catch (const std::exception&) {
    return;
  }
}

void Catalog::Impl::commit() {
  session.flush();
  if (attached >= kAttachmentsPerSweep) {
    catalog::sweep_contents(session, history.contents());
    attached = 0;
  }
  history.seal();
  session.commit();
}

Catalog::Unit::Unit(Impl& impl)
    : impl_(impl), nested_(impl.depth > 0 || impl.connection.in_transaction()) {
  impl.check_transaction();
  if (!nested_) impl.history.settle();
  try {
    if (nested_) {
      impl_.session.begin_savepoint();
    } else {
      impl_.session.begin();
    }
  } catch (...) {
    undo();
    throw;
  }
  // A unit rolls back as a whole.
  impl_.session.undo_flushes(false);
}

Catalog::Unit::~Unit() {
  impl_.session.undo_flushes(true);
  if (!ended_) undo();
}

void Catalog::Unit::commit() {
  if (nested_) {
    impl_.session.release_savepoint();
  } else {
    impl_.commit();
  }
  impl_.session.clear();
  ended_ = true;
}

void Catalog::Unit::end(DryRun dry_run) {
  if (dry_run == DryRun::no) return commit();
  impl_.session.flush();
}

// The failure on its way out says what happened first; one of the undoing adds nothing to it.
void Catalog::Unit::undo() noexcept {
  Session& session = impl_.session;
  ended_ = true;
  try {
    const bool whole = !nested_ || impl_.lost_transaction();
    if (whole) {
      session.rollback();
    } else {
      session.rollback_savepoint();
    }
    session.clear();
  } catch (const std::exception&) {
    return;
  }
}

}  // namespace vitrine
