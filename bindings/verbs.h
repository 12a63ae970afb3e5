// Verbs: what JavaScript can ask of a catalog, in plain C++. Arguments come as one JSON array, rows
// leave as a packet. embind.cpp gives each its name; nothing is decided here.
#pragma once

#include <span>

#include "base/json.h"
#include "bindings/answer.h"
#include "bindings/open_catalogs.h"

namespace vitrine {

// [request]
void find(OpenCatalog& open, std::uint32_t model, const Json& arguments, Answer& answer);
// [key, request]
void get(OpenCatalog& open, std::uint32_t model, const Json& arguments, Answer& answer);
// [number, count, request] or [number, count, request, key]: Catalog::keep_plan; the answer is
// whether it is kept.
void keep(OpenCatalog& open, std::uint32_t model, const Json& arguments, Answer& answer);
// Runs the plan kept under `number`. `values`: a 64-bit float for each of the `count` values, then
// the texts. A float that is not whole stands for a text of as many bytes as its whole part.
void run_kept(OpenCatalog& open, std::uint32_t number, std::uint32_t count, std::string_view values,
              Answer& answer);
// [request]; the answer is the number.
void count(OpenCatalog& open, std::uint32_t model, const Json& arguments, Answer& answer);
// [data, request]; the answer is the new row as `get` gives it. When that cannot be read, for
// instance because the request names an unknown relation, nothing was written.
void create(OpenCatalog& open, std::uint32_t model, const Json& arguments, Answer& answer);
// [key, data, request]; as create, but that without a request (null) no row comes back.
void update(OpenCatalog& open, std::uint32_t model, const Json& arguments, Answer& answer);
// [key, dry run]; the answer is { table: rows } of the tables that lost any.
void remove(OpenCatalog& open, std::uint32_t model, const Json& arguments, Answer& answer);

// [data, request]; as create.
void upsert(OpenCatalog& open, std::uint32_t model, const Json& arguments, Answer& answer);
// A packet, as packet_rows.h reads it; the answer is the number of its rows.
void create_many(OpenCatalog& open, std::uint32_t model, std::span<const double> numbers,
                 std::string_view text, std::string_view blobs, Answer& answer);
// [{ where, data }]; the answer is the number of rows.
void update_many(OpenCatalog& open, std::uint32_t model, const Json& arguments, Answer& answer);
// [{ where }, dry run]; as remove.
void remove_many(OpenCatalog& open, std::uint32_t model, const Json& arguments, Answer& answer);
// [request]; the answer is a table.
void aggregate(OpenCatalog& open, std::uint32_t model, const Json& arguments, Answer& answer);
// [request]; the answer is the list of statements.
void to_sql(OpenCatalog& open, std::uint32_t model, const Json& arguments, Answer& answer);
// [what Catalog::attach takes, request], and the pictures' bytes; as create.
void attach(OpenCatalog& open, std::uint32_t model, const Json& arguments, Answer& answer);
// [owner key, order]
void reorder(OpenCatalog& open, std::uint32_t model, const Json& arguments, Answer& answer);
// [sha256]; the answer is the bytes. Of no model, as the next two: its number is ignored.
void content(OpenCatalog& open, std::uint32_t model, const Json& arguments, Answer& answer);
// [number of bytes, size of the file, with its digest?], and the bytes; the answer is
// picture_facts().
void sniff(OpenCatalog& open, std::uint32_t model, const Json& arguments, Answer& answer);
// []; the answer is how many contents went.
void sweep(OpenCatalog& open, std::uint32_t model, const Json& arguments, Answer& answer);
// [request]; the answer is the names of the tables that its rows depend on.
void tables(OpenCatalog& open, std::uint32_t model, const Json& arguments, Answer& answer);
// [text, parameters]; the answer is a table. Of no model: its number is ignored.
void sql(OpenCatalog& open, std::uint32_t model, const Json& arguments, Answer& answer);

// Notes every statement from now on, or no more.
void watch(OpenCatalog& open, bool on);
// Answers with the statements noted since last time: a table of sql, duration_ms, rows, changes.
void statements(OpenCatalog& open, Answer& answer);

}  // namespace vitrine
