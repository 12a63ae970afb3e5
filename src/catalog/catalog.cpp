// Catalog: see the header. Reads are in catalog_reads.cpp; writes are units of work of one session,
// whose objects go when the work is done.
#include "catalog/catalog.h"

#include "catalog/catalog_impl.h"
#include "catalog/strange_file.h"
#include "sqlite/handle_vfs.h"

namespace vitrine {

namespace {

// Where in the data the object is that could not be written.
void locate(const NestedWrite& nested, const Session& session, Failure& failure) {
  if (!failure.path.empty() || !session.last_written()) return;
  failure.path = nested.path(*session.last_written());
  if (failure.fields.empty()) return;
  failure.path += (failure.path.empty() ? "" : ".") + failure.fields.front();
}

// A cascade came back to the object that was to be changed.
void check_is_there(const Record& record) {
  if (record.state() != ObjectState::deleted) return;
  fail({.code = Code::validation,
        .reason = "deletes_itself",
        .message = "What this update deletes takes along " + record.describe() +
                   ", which it is about: delete that by a call of its own.",
        .model = record.model().name});
}

// Runs `change`, which gives the object it wrote, to the end of the unit; the answer is its key.
template <class Change>
Json written(Catalog& catalog, Catalog::Unit& unit, const Catalog::ReadBack* read_back,
             Change change) {
  Session& session = unit.session();
  NestedWrite nested(session);
  const Record* record = nullptr;
  try {
    record = change(nested);
    session.flush();
    check_is_there(*record);
  } catch (Error& error) {
    locate(nested, session, error.failure());
    throw;
  }
  Json key = key_of(*record);
  if (read_back) catalog.read(record->model(), key, *read_back);
  unit.commit();
  return key;
}

}  // namespace

Catalog::Catalog(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Catalog::Catalog(Catalog&&) noexcept = default;
Catalog::~Catalog() = default;

Catalog Catalog::in_memory(const CatalogSchema& schema) {
  return Catalog(Impl::of_file(schema, Connection::open(":memory:")));
}

Catalog Catalog::from_image(std::string_view image) { return from_image(DatabaseImage(image)); }

Catalog Catalog::from_image(DatabaseImage image, Trusted trusted, const CatalogSchema& schema) {
  Connection opened = catalog::open_stranger(std::move(image), schema, trusted);
  return Catalog(std::make_unique<Impl>(schema, std::move(opened)));
}

Catalog Catalog::open_file(const std::string& path) {
  return Catalog(Impl::of_file(catalog::own_schema(), Connection::open(path)));
}

Catalog Catalog::open_handles(HandleFiles files, Journal journal, const CatalogSchema& schema) {
  Catalog catalog(Impl::of_file(schema, Connection::open_handles(std::move(files))));
  // Only now: a file that turned out to be none of ours has been left as it was.
  catalog.connection().use_journal(journal);
  return catalog;
}

const CatalogSchema& Catalog::schema() const { return impl_->schema; }
const Registry& Catalog::registry() const { return impl_->registry; }
Connection& Catalog::connection() { return impl_->connection; }
Session& Catalog::session() { return impl_->session; }

Json Catalog::create(std::string_view model, const Json& data, const ReadBack* read_back) {
  Unit unit(*impl_);
  const Model& facts = impl_->registry.model(model);
  return written(*this, unit, read_back,
                 [&](NestedWrite& nested) { return &nested.create(facts, data); });
}

Json Catalog::update(std::string_view model, const Json& key, const Json& data,
                     const ReadBack* read_back) {
  Unit unit(*impl_);
  const Model& facts = impl_->registry.model(model);
  return written(*this, unit, read_back, [&](NestedWrite& nested) {
    Record& record = nested.require(facts, key);
    nested.update(record, data);
    return &record;
  });
}

Json Catalog::upsert(std::string_view model, const Json& data, const ReadBack* read_back) {
  Unit unit(*impl_);
  const Model& facts = impl_->registry.model(model);
  return written(*this, unit, read_back,
                 [&](NestedWrite& nested) { return &nested.upsert(facts, data); });
}

void Catalog::begin() {
  impl_->check_transaction();
  const bool is_open = impl_->connection.in_transaction();
  if (impl_->depth == 0) impl_->joined = is_open;
  if (is_open) {
    impl_->session.begin_savepoint();
  } else {
    impl_->history.settle();
    impl_->connection.run("BEGIN");
  }
  ++impl_->depth;
}

void Catalog::commit() {
  if (impl_->depth == 0) fail(Code::state, "There is no transaction to commit; begin() one first.");
  impl_->check_transaction();
  if (impl_->depth > 1 || impl_->joined) {
    impl_->session.release_savepoint();
  } else {
    impl_->commit();
  }
  --impl_->depth;
}

void Catalog::rollback() {
  if (impl_->depth == 0) {
    fail(Code::state, "There is no transaction to roll back; begin() one first.");
  }
  const bool is_lost = impl_->lost_transaction();
  if (is_lost) impl_->keep_later_work();
  if ((impl_->depth > 1 || impl_->joined) && !is_lost) {
    impl_->session.rollback_savepoint();
  } else {
    impl_->session.rollback();
  }
  impl_->session.clear();
  --impl_->depth;
}

Json Catalog::undo() { return impl_->history.undo(); }
Json Catalog::redo() { return impl_->history.redo(); }
Json Catalog::history() {
  impl_->history.settle();
  return impl_->history.steps();
}
void Catalog::replaced() { impl_->history.replaced(); }
void Catalog::settle() { impl_->history.settle(); }
void Catalog::tidy() { impl_->connection.tidy(); }
std::int64_t Catalog::commits() const { return impl_->history.commits(); }
Json Catalog::changes() const { return impl_->history.changes(); }

std::string Catalog::export_file() {
  if (impl_->depth > 0) {
    fail(Code::busy, "A transaction is open; commit it or roll it back before exporting.");
  }
  return impl_->connection.serialize();
}

}  // namespace vitrine
