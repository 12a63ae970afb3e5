// Catalog: one open catalog, the whole of what the bindings call. Requests are JSON; rows go to a
// sink. It owns the connection and the session, and decides nothing about form: that is the
// bindings' part.
//
// Every write is one unit of work: it happens as a whole or leaves nothing behind, and it runs in
// the transaction that is open, or else in one of its own.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "catalog/catalog_schema.h"
#include "orm/query/request_json.h"
#include "orm/schema/description.h"
#include "orm/session/execute.h"
#include "sqlite/connection.h"

namespace vitrine {

class NewRows;
class Session;

// What sniffing finds in a picture: { mimetype, width, height, orientation, ladder: [[width,
// height]], sha256 }, sizes as it is shown, the orientation as EXIF numbers it; the digest null
// unless it is asked for. `bytes` may be the beginning alone of a file of `file_bytes`: the answer
// is then null where its size does not lie in them. IMAGE as image/sniff.h says.
Json picture_facts(std::string_view bytes, std::size_t file_bytes, bool with_digest);

// How many rows of a model a delete takes with it.
struct Removal {
  const Model* model = nullptr;
  std::int64_t rows = 0;
};

// Whether a delete only says what would go, and is taken back.
enum class DryRun { no, yes };

// Whether a file is one that its user made, so that its rows need not be looked through.
enum class Trusted { no, yes };

class Catalog {
 public:
  // An empty catalog in memory. Of all of these: its schema outlives it, and is by itself that of
  // the seed's models.
  static Catalog in_memory(const CatalogSchema& schema = catalog::own_schema());
  // The catalog in a .sqlite file's bytes (copied). CORRUPT when they are damaged or not a SQLite
  // database; SCHEMA_NEWER or VALIDATION when its tables are not a catalog's.
  static Catalog from_image(std::string_view image);
  // The same, in the image's own memory where that can be. In a trusted file damage is found only
  // when it is come upon.
  static Catalog from_image(DatabaseImage image, Trusted trusted = Trusted::no,
                            const CatalogSchema& schema = catalog::own_schema());
  // In a file, created when missing (native builds).
  static Catalog open_file(const std::string& path);
  // In files that somebody opened and keeps from others, created when the main one is empty.
  static Catalog open_handles(HandleFiles files, Journal journal = Journal::wal,
                              const CatalogSchema& schema = catalog::own_schema());
  Catalog(Catalog&&) noexcept;
  ~Catalog();

  const CatalogSchema& schema() const;
  const Registry& registry() const;
  Connection& connection();
  Session& session();

  // `model` is a class or table name; `request` as request_json.h reads it.
  void find(std::string_view model, const Json& request, RowSink& sink);
  // `key`: a number, {column: value, ...} of the key, or {unique column: value}. NOT_FOUND when
  // there is none. `request` has select and include only.
  void get(std::string_view model, const Json& key, const Json& request, RowSink& sink);
  std::int64_t count(std::string_view model, const Json& request);

  // Keeps the plan of such a find, or of a get when `key` is not nullptr, under `number`, for runs
  // with other values: where the `count` values belong, `key` and `request` hold marks
  // (kept_plan.h). What was kept there goes. Gives the plan, or nullptr when it depends on a value.
  const Plan* keep_plan(std::size_t number, std::string_view model, const Json* key,
                        const Json& request, std::size_t count);
  // Runs the plan kept under `number`; STATE when there is none or it has another count of values.
  void run_kept(std::size_t number, std::span<const OpenValue> values, RowSink& sink);
  static constexpr std::size_t kMaxKept = 128;

  // The groups that request_json.h's read_aggregate reads, ready to be stepped; end the loan before
  // the next call.
  Borrowed aggregate(std::string_view model, const Json& request);
  // What a request is as SQL: [{ relation: "products.category", sql, parameters }], the root first.
  // "(keys)" stands for the keys of the rows above.
  Json to_sql(std::string_view model, const Json& request);
  // The tables that the rows of a request depend on: when none of them changes, neither do they.
  std::vector<std::string> tables(std::string_view model, const Json& request);
  // Any one statement with its parameters (null, boolean, number, text, $bytes, $int), ready to be
  // stepped. A write belongs to the transaction that begin() opened: call it inside one.
  Borrowed sql(std::string_view text, const Json& parameters);

  // How the row that was written is read, in the same unit of work: as get does. When that fails,
  // for instance because the request names an unknown relation, nothing is written.
  struct ReadBack {
    const Json& request;
    RowSink& sink;
  };
  // Reads the row with this key so, by a plan that is kept for the next time.
  void read(const Model& model, const Json& key, const ReadBack& read_back);
  // Nested data as docs/writes.md says; the answer is the row's key, as `get` takes it.
  Json create(std::string_view model, const Json& data, const ReadBack* read_back = nullptr);
  Json update(std::string_view model, const Json& key, const Json& data,
              const ReadBack* read_back = nullptr);
  // As create, or as update of the row that has the key or a unique value in `data`.
  Json upsert(std::string_view model, const Json& data, const ReadBack* read_back = nullptr);
  // The number of rows. A failure's path says which row and column it was: "[12].name".
  std::int64_t create_many(std::string_view model, NewRows& rows);
  // { where, data }: sets the columns in data, the same for all; the number of rows.
  std::int64_t update_many(std::string_view model, const Json& request);
  // Deletes what fits { where }, as remove does.
  std::vector<Removal> remove_many(std::string_view model, const Json& request,
                                   DryRun dry_run = DryRun::no);
  // Deletes with cascades, or in a dry run only says what would go, and is refused as the delete
  // would be; models in dependency order.
  std::vector<Removal> remove(std::string_view model, const Json& key, DryRun dry_run = DryRun::no);

  // Pictures. `model` is the pictures' own: "product_picture". What is attached was prepared
  // outside: { key, set, of, pictures: [{ width, height, mimetype, sha256, size_bytes }], alt,
  // dominant_color }, with the bytes of the pictures one after the other. The first is the original
  // and replaces the set, unless `of` is the sha256 of the original that is there: then all are its
  // thumbnails. With null for `set` it becomes the last of a gallery. The answer is the key of the
  // first. Fails as picture_set.h says; IMAGE, reason replaced, when another original is there;
  // NOT_FOUND when `key` names no owner.
  Json attach(std::string_view model, const Json& request, std::string_view bytes,
              const ReadBack* read_back = nullptr);
  // Numbers the sets of a gallery anew, in this order.
  void reorder_pictures(std::string_view model, const Json& key, const Json& order);
  // The bytes under this SHA-256. IMAGE, reason no_bytes, when there are none.
  std::string content(std::string_view sha256);
  // Deletes the contents that nothing refers to, no step of the history either; how many that were.
  std::int64_t sweep_contents();

  // A transaction, or inside one, also one that was begun in SQL, a savepoint. commit and rollback
  // end the innermost; STATE when none. When SQLite undoes a transaction by itself, every call
  // until its rollback fails: STATE, reason transaction_lost.
  void begin();
  void commit();
  void rollback();

  // The last transaction taken back, or the last one taken back done again, and what could be; as
  // history.h says. Of the catalog in its file, whichever program or tab wrote it.
  Json undo();
  Json redo();
  Json history();
  // After writes through connection() that ended outside of begin() and commit(): what they changed
  // becomes a step, and counts as a commit.
  void settle();
  // For moments in which nobody waits: as Connection::tidy().
  void tidy();
  // After all data was exchanged underneath: no step is left, and everything changed.
  void replaced();
  // How often something was committed that changed rows of models, and the rows of the last time:
  // { table: [key] }, or "all" where they are many.
  std::int64_t commits() const;
  Json changes() const;

  // The whole catalog as an ordinary .sqlite file. BUSY inside a transaction.
  std::string export_file();

  // For the files of this room; catalog_impl.h.
  struct Impl;
  class Unit;

 private:
  explicit Catalog(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace vitrine
