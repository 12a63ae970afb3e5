// The names by which JavaScript calls the module. Every call leaves an Answer, whose header's
// address is asked for once; arguments are written into the inbox as UTF-8 JSON first, and a whole
// file into memory of its own.
#include <emscripten/bind.h>
#include <emscripten/emscripten.h>

#include <cstdint>
#include <memory>
#include <new>
#include <span>
#include <string_view>

#include "base/check.h"
#include "bindings/answer.h"
#include "bindings/js_files.h"
#include "bindings/open_catalogs.h"
#include "bindings/verbs.h"
#include "catalog/models.h"
#include "catalog/strange_file.h"

namespace {

using namespace vitrine;

struct Bridge {
  OpenCatalogs& catalogs = open_catalogs();
  Answer answer;
  std::unique_ptr<char[]> inbox;  // not cleared first, which would take as long as filling it
  std::uint32_t inbox_bytes = 0;
  DatabaseImage file;

  std::string_view received() const { return {inbox.get(), inbox_bytes}; }
};

Bridge& bridge() {
  static Bridge the_bridge;
  return the_bridge;
}

// Made by vitrinePreinitialize().
const CatalogSchema* prepared_schema = nullptr;

const CatalogSchema& ready_schema() {
  VITRINE_CHECK(prepared_schema != nullptr);
  return *prepared_schema;
}

std::uint32_t address(const void* pointer) {
  return static_cast<std::uint32_t>(reinterpret_cast<std::uintptr_t>(pointer));
}

std::string_view received(std::uint32_t size_bytes) {
  return bridge().received().substr(0, size_bytes);
}

std::uint32_t header() { return address(bridge().answer.header()); }

// Room for at least `size_bytes`; 0 when there is no memory for it. What it held is gone.
std::uint32_t inbox(std::uint32_t size_bytes) {
  bridge().inbox.reset();
  bridge().inbox.reset(new (std::nothrow) char[size_bytes]);
  bridge().inbox_bytes = bridge().inbox != nullptr ? size_bytes : 0;
  return address(bridge().inbox.get());
}

// Room for a file of exactly `size_bytes`, for the call that takes it; 0 when there is no memory.
std::uint32_t file(std::uint32_t size_bytes) {
  try {
    bridge().file = DatabaseImage();
    bridge().file = DatabaseImage::of_size(size_bytes);
    return address(bridge().file.data());
  } catch (const std::exception&) {
    return 0;
  }
}

void open_empty() {
  answer_with(bridge().answer, [](Answer& answer) {
    answer.json(bridge().catalogs.add(Catalog::in_memory(ready_schema())));
  });
}

void open_image(bool trusted) {
  answer_with(bridge().answer, [&](Answer& answer) {
    const Trusted trust = trusted ? Trusted::yes : Trusted::no;
    auto& file = bridge().file;
    answer.json(bridge().catalogs.add(Catalog::from_image(std::move(file), trust, ready_schema())));
  });
}

void open_files(std::uint32_t first, bool logs) {
  answer_with(bridge().answer, [&](Answer& answer) {
    const Journal journal = logs ? Journal::wal : Journal::memory;
    const auto& schema = ready_schema();
    answer.json(bridge().catalogs.add(Catalog::open_handles(js_files(first), journal, schema)));
  });
}

void shape(std::uint32_t catalog, std::uint32_t shape) {
  answer_with(bridge().answer, [&](Answer& answer) {
    answer.json_text(bridge().catalogs.at(catalog).shapes.description(shape));
  });
}

// What every call that may write ends with.
void tell_commits(std::uint32_t catalog) {
  bridge().answer.commits(bridge().catalogs.commits(catalog));
}

using Verb = void(OpenCatalog&, std::uint32_t, const Json&, Answer&);

template <Verb* verb>
void call(std::uint32_t catalog, std::uint32_t model, std::uint32_t size_bytes) {
  answer_with(bridge().answer, [&](Answer& answer) {
    OpenCatalog& open = bridge().catalogs.at(catalog);
    open.attached = bridge().received().substr(size_bytes);
    verb(open, model, Json::parse(received(size_bytes)), answer);
  });
  tell_commits(catalog);
}

void run_plan(std::uint32_t catalog, std::uint32_t number, std::uint32_t count) {
  answer_with(bridge().answer, [&](Answer& answer) {
    run_kept(bridge().catalogs.at(catalog), number, count, bridge().received(), answer);
  });
}

// The inbox holds a packet: the numbers, the text, the blobs.
void insert_packet(std::uint32_t catalog, std::uint32_t model, std::uint32_t numbers,
                   std::uint32_t text_bytes, std::uint32_t blob_bytes) {
  answer_with(bridge().answer, [&](Answer& answer) {
    const auto* at = bridge().inbox.get();
    const std::span<const double> cells(reinterpret_cast<const double*>(at), numbers);
    at += cells.size_bytes();
    create_many(bridge().catalogs.at(catalog), model, cells, {at, text_bytes},
                {at + text_bytes, blob_bytes}, answer);
  });
  tell_commits(catalog);
}

template <void (Catalog::*step)()>
void transact(std::uint32_t catalog) {
  answer_with(bridge().answer, [&](Answer&) { (bridge().catalogs.at(catalog).catalog.*step)(); });
  tell_commits(catalog);
}

void ask(std::uint32_t catalog, Json (*question)(Catalog&)) {
  answer_with(bridge().answer, [&](Answer& answer) {
    answer.json(question(bridge().catalogs.at(catalog).catalog));
  });
  tell_commits(catalog);
}

void undo(std::uint32_t catalog) {
  ask(catalog, [](Catalog& opened) { return opened.undo(); });
}

void redo(std::uint32_t catalog) {
  ask(catalog, [](Catalog& opened) { return opened.redo(); });
}

void history(std::uint32_t catalog) {
  ask(catalog, [](Catalog& opened) { return opened.history(); });
}

void changes(std::uint32_t catalog) {
  ask(catalog, [](Catalog& opened) { return opened.changes(); });
}

void export_file(std::uint32_t catalog) {
  answer_with(bridge().answer, [&](Answer& answer) {
    answer.bytes(bridge().catalogs.at(catalog).catalog.export_file());
  });
}

void replace_file(std::uint32_t catalog) {
  answer_with(bridge().answer, [&](Answer&) {
    catalog::replace_with(bridge().catalogs.at(catalog).catalog, std::move(bridge().file));
  });
  tell_commits(catalog);
}

void watch_catalog(std::uint32_t catalog, bool on) {
  answer_with(bridge().answer, [&](Answer&) { watch(bridge().catalogs.at(catalog), on); });
}

void noted_statements(std::uint32_t catalog) {
  answer_with(bridge().answer,
              [&](Answer& answer) { statements(bridge().catalogs.at(catalog), answer); });
}

void close(std::uint32_t catalog) {
  answer_with(bridge().answer, [&](Answer&) { bridge().catalogs.close(catalog); });
}

}  // namespace

// What is the same at each start is done once: scripts/preinitialize.mjs calls this when the module
// is built, and the module begins with the memory that it leaves. It may not call JavaScript.
extern "C" EMSCRIPTEN_KEEPALIVE void vitrinePreinitialize() {
  prepared_schema = new CatalogSchema(catalog::make_registry());
}

EMSCRIPTEN_BINDINGS(vitrine) {
  using emscripten::function;
  function("header", &header);
  function("inbox", &inbox);
  function("file", &file);
  function("openEmpty", &open_empty);
  function("openImage", &open_image);
  function("openFiles", &open_files);
  function("shape", &shape);
  function("find", &call<vitrine::find>);
  function("get", &call<vitrine::get>);
  function("keep", &call<vitrine::keep>);
  function("runKept", &run_plan);
  function("count", &call<vitrine::count>);
  function("create", &call<vitrine::create>);
  function("update", &call<vitrine::update>);
  function("remove", &call<vitrine::remove>);
  function("upsert", &call<vitrine::upsert>);
  function("createMany", &insert_packet);
  function("updateMany", &call<vitrine::update_many>);
  function("removeMany", &call<vitrine::remove_many>);
  function("aggregate", &call<vitrine::aggregate>);
  function("toSql", &call<vitrine::to_sql>);
  function("tables", &call<vitrine::tables>);
  function("sql", &call<vitrine::sql>);
  function("attach", &call<vitrine::attach>);
  function("reorder", &call<vitrine::reorder>);
  function("content", &call<vitrine::content>);
  function("sniff", &call<vitrine::sniff>);
  function("sweep", &call<vitrine::sweep>);
  function("watch", &watch_catalog);
  function("statements", &noted_statements);
  function("begin", &transact<&Catalog::begin>);
  function("commit", &transact<&Catalog::commit>);
  function("rollback", &transact<&Catalog::rollback>);
  function("settle", &transact<&Catalog::settle>);
  function("tidy", &transact<&Catalog::tidy>);
  function("undo", &undo);
  function("redo", &redo);
  function("history", &history);
  function("changes", &changes);
  function("exportFile", &export_file);
  function("replaceFile", &replace_file);
  function("close", &close);
}
