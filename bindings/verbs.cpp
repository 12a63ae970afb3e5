// Each verb: convert in, call one thing, convert out.
#include "bindings/verbs.h"

#include <array>
#include <cstring>
#include <span>
#include <utility>

#include "bindings/packet_rows.h"
#include "bindings/table.h"

namespace vitrine {
namespace {

// Begins a step of work and takes it back unless commit() was reached.
class Step {
 public:
  explicit Step(Catalog& catalog) : catalog_(catalog) { catalog_.begin(); }
  Step(const Step&) = delete;
  Step& operator=(const Step&) = delete;
  ~Step() {
    if (committed_) return;
    try {
      catalog_.rollback();
    } catch (const Error&) {
      // The failure on its way out says what happened first.
    }
  }
  void commit() {
    catalog_.commit();
    committed_ = true;
  }

 private:
  Catalog& catalog_;
  bool committed_ = false;
};

// The second argument of a delete.
DryRun dry_run_of(const Json& arguments) {
  return arguments.at(1).get<bool>() ? DryRun::yes : DryRun::no;
}

Json removed_json(const std::vector<Removal>& removals) {
  Json removed = Json::object();
  for (const Removal& removal : removals) removed[removal.model->table] = removal.rows;
  return removed;
}

}  // namespace

void find(OpenCatalog& open, std::uint32_t model, const Json& arguments, Answer& answer) {
  PacketSink sink(answer.packet(), open.shapes);
  open.catalog.find(open.model_name(model), arguments.at(0), sink);
}

void get(OpenCatalog& open, std::uint32_t model, const Json& arguments, Answer& answer) {
  PacketSink sink(answer.packet(), open.shapes);
  open.catalog.get(open.model_name(model), arguments.at(0), arguments.at(1), sink);
}

void keep(OpenCatalog& open, std::uint32_t model, const Json& arguments, Answer& answer) {
  const auto number = static_cast<std::size_t>(arguments.at(0).get<std::int64_t>());
  const auto count = static_cast<std::size_t>(arguments.at(1).get<std::int64_t>());
  const Json* key = arguments.size() > 3 ? &arguments.at(3) : nullptr;
  const Plan* plan =
      open.catalog.keep_plan(number, open.model_name(model), key, arguments.at(2), count);
  answer.json(plan != nullptr);
  if (plan == nullptr) return;
  if (open.kept_shapes.size() <= number) open.kept_shapes.resize(number + 1);
  open.kept_shapes[number] = open.shapes.intern(plan->root);
}

void run_kept(OpenCatalog& open, std::uint32_t number, std::uint32_t count, std::string_view values,
              Answer& answer) {
  std::array<OpenValue, kMaxOpenValues> given;
  const std::size_t texts_at = count * sizeof(double);
  const bool fits = count <= given.size() && texts_at <= values.size();
  std::string_view texts = fits ? values.substr(texts_at) : std::string_view();
  for (std::size_t i = 0; fits && i < count; ++i) {
    double number_given = 0;
    std::memcpy(&number_given, values.data() + i * sizeof number_given, sizeof number_given);
    given[i].integer = static_cast<std::int64_t>(number_given);
    if (static_cast<double>(given[i].integer) == number_given) continue;
    given[i].text = texts.substr(0, static_cast<std::size_t>(given[i].integer));
    texts.remove_prefix(given[i].text.size());
  }
  const bool known = fits && number < open.kept_shapes.size();
  PacketSink sink(answer.packet(), known ? open.kept_shapes[number] : 0);
  open.catalog.run_kept(number, std::span(given).first(fits ? count : 0), sink);
}

void count(OpenCatalog& open, std::uint32_t model, const Json& arguments, Answer& answer) {
  answer.json(open.catalog.count(open.model_name(model), arguments.at(0)));
}

void create(OpenCatalog& open, std::uint32_t model, const Json& arguments, Answer& answer) {
  PacketSink sink(answer.packet(), open.shapes);
  const Catalog::ReadBack read_back{arguments.at(1), sink};
  open.catalog.create(open.model_name(model), arguments.at(0), &read_back);
}

void update(OpenCatalog& open, std::uint32_t model, const Json& arguments, Answer& answer) {
  // Who has no use for the row asks for null.
  if (arguments.at(2).is_null()) {
    open.catalog.update(open.model_name(model), arguments.at(0), arguments.at(1));
    return;
  }
  PacketSink sink(answer.packet(), open.shapes);
  const Catalog::ReadBack read_back{arguments.at(2), sink};
  open.catalog.update(open.model_name(model), arguments.at(0), arguments.at(1), &read_back);
}

void upsert(OpenCatalog& open, std::uint32_t model, const Json& arguments, Answer& answer) {
  PacketSink sink(answer.packet(), open.shapes);
  const Catalog::ReadBack read_back{arguments.at(1), sink};
  open.catalog.upsert(open.model_name(model), arguments.at(0), &read_back);
}

void create_many(OpenCatalog& open, std::uint32_t model, std::span<const double> numbers,
                 std::string_view text, std::string_view blobs, Answer& answer) {
  const std::string_view name = open.model_name(model);
  PacketRows rows(open.catalog.registry().model(name), numbers, text, blobs);
  answer.json(open.catalog.create_many(name, rows));
}

void update_many(OpenCatalog& open, std::uint32_t model, const Json& arguments, Answer& answer) {
  answer.json(open.catalog.update_many(open.model_name(model), arguments.at(0)));
}

void remove(OpenCatalog& open, std::uint32_t model, const Json& arguments, Answer& answer) {
  answer.json(removed_json(
      open.catalog.remove(open.model_name(model), arguments.at(0), dry_run_of(arguments))));
}

void remove_many(OpenCatalog& open, std::uint32_t model, const Json& arguments, Answer& answer) {
  answer.json(removed_json(
      open.catalog.remove_many(open.model_name(model), arguments.at(0), dry_run_of(arguments))));
}

void aggregate(OpenCatalog& open, std::uint32_t model, const Json& arguments, Answer& answer) {
  const Borrowed statement = open.catalog.aggregate(open.model_name(model), arguments.at(0));
  write_table(*statement, answer.table(), Names::of_reader);
}

void to_sql(OpenCatalog& open, std::uint32_t model, const Json& arguments, Answer& answer) {
  answer.json(open.catalog.to_sql(open.model_name(model), arguments.at(0)));
}

void attach(OpenCatalog& open, std::uint32_t model, const Json& arguments, Answer& answer) {
  PacketSink sink(answer.packet(), open.shapes);
  const Catalog::ReadBack read_back{arguments.at(1), sink};
  open.catalog.attach(open.model_name(model), arguments.at(0), open.attached, &read_back);
}

void reorder(OpenCatalog& open, std::uint32_t model, const Json& arguments, Answer& answer) {
  open.catalog.reorder_pictures(open.model_name(model), arguments.at(0), arguments.at(1));
  answer.json(nullptr);
}

void content(OpenCatalog& open, std::uint32_t, const Json& arguments, Answer& answer) {
  answer.bytes(open.catalog.content(arguments.at(0).text()));
}

void sniff(OpenCatalog& open, std::uint32_t, const Json& arguments, Answer& answer) {
  const auto size = [&](int at) {
    return static_cast<std::size_t>(arguments[at].get<std::int64_t>());
  };
  answer.json(
      picture_facts(open.attached.substr(0, size(0)), size(1), arguments.at(2).get<bool>()));
}

void sweep(OpenCatalog& open, std::uint32_t, const Json&, Answer& answer) {
  answer.json(open.catalog.sweep_contents());
}

void tables(OpenCatalog& open, std::uint32_t model, const Json& arguments, Answer& answer) {
  answer.json(open.catalog.tables(open.model_name(model), arguments.at(0)));
}

void sql(OpenCatalog& open, std::uint32_t, const Json& arguments, Answer& answer) {
  Step step(open.catalog);
  const auto& text = arguments.at(0).text();
  {
    const Borrowed statement = open.catalog.sql(text, arguments.at(1));
    write_table(*statement, answer.table(), Names::of_columns);
  }
  step.commit();
}

void watch(OpenCatalog& open, bool on) {
  open.watched = on;
  begin_table(open.statements, {"sql", "duration_ms", "rows", "changes"});
  if (!on) return open.catalog.connection().on_statement({});
  open.catalog.connection().on_statement([&noted = open.statements](const StatementEvent& event) {
    add_text(noted, event.sql);
    add_number(noted, event.duration_ms);
    add_number(noted, static_cast<double>(event.rows));
    add_number(noted, static_cast<double>(event.changes));
  });
}

void statements(OpenCatalog& open, Answer& answer) {
  std::swap(answer.table(), open.statements);
  watch(open, open.watched);
}

}  // namespace vitrine
