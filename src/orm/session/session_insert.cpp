// Session: many new rows at once, which make no objects. They are checked one by one, and written
// by one statement for each batch.
#include <algorithm>
#include <functional>
#include <optional>
#include <utility>

#include "orm/query/row_sql.h"
#include "orm/session/check_value.h"
#include "orm/session/clock.h"
#include "orm/session/new_rows.h"
#include "orm/session/session.h"
#include "sqlite/checked_parents.h"
#include "sqlite/incoming_rows.h"
#include "sqlite/savepoint.h"

namespace vitrine {
namespace {

// Enough that beginning a statement costs nothing beside its rows, and few enough that their cells
// stay in a processor's cache.
constexpr std::size_t kBatchCells = 8192;

// Names the row, and its field where there is one.
void locate(Failure& failure, std::size_t row) {
  failure.path = "[" + std::to_string(row) + "]";
  if (failure.fields.size() == 1) failure.path += "." + failure.fields[0];
}

// Whether one row is to blame; otherwise all of the database is unwell.
bool is_about_a_row(Code code) {
  return code == Code::unique || code == Code::foreign_key || code == Code::not_null ||
         code == Code::check || code == Code::range || code == Code::validation;
}

// Rows that go into the table together: as many as fit, and all with the same columns named.
class Batch {
 public:
  Batch(Connection& connection, const Model& model, const std::function<bool()>& is_own)
      : connection_(connection), model_(model), width_(model.columns.size()), is_own_(is_own) {}

  std::size_t rows_before() const { return rows_before_; }
  std::size_t rows() const { return rows_; }

  // Where the next row's cells go.
  std::span<ValueView> next() {
    const std::size_t end = (rows_ + 1) * width_;
    if (cells_.size() < end) cells_.resize(end);
    return next_cells();
  }

  // Fills in and checks the row that next() gave, and takes it up.
  void add() {
    const std::span<ValueView> cells = next_cells();
    bool same = true;
    for (std::size_t i = 0; i < width_; ++i) {
      if (cells[i].is_null()) cells[i] = filled_in(model_.columns[i]);
      check_value(model_, i, cells[i]);
      if (may_be_left_out(i) && rows_ > 0) same &= cells[i].is_null() == cells_[i].is_null();
    }
    if (!same) {
      write();
      std::copy(cells.begin(), cells.end(), cells_.begin());
    }
    if (++rows_ <= kBatchCells / width_) return;
    write();
    // Where one is full there may be many, and asking about the table is worth the while.
    if (is_own_ && std::exchange(is_own_, nullptr)()) {
      parents_.emplace(connection_, model_.table, sure_columns());
    }
  }

  // Writes what there is.
  void write() {
    if (rows_ == 0) return;
    const std::string sql = insert_rows_sql(model_, named_columns(), incoming_function(width_));
    Borrowed statement =
        parents_ ? parents_->prepare(sql, incoming(0, rows_)) : connection_.prepare(sql);
    try {
      run(*statement, 0, rows_);
    } catch (Error& error) {
      // SQLite has undone the statement, and does not say which row it was.
      if (is_about_a_row(error.code()) && connection_.in_transaction()) find_culprit(*statement);
      throw;
    }
    rows_before_ += rows_;
    rows_ = 0;
  }

 private:
  std::span<ValueView> next_cells() { return std::span(cells_).subspan(rows_ * width_, width_); }

  IncomingRows incoming(std::size_t first, std::size_t count) const {
    return {cells_.data() + first * width_, width_, count};
  }

  void run(Statement& statement, std::size_t first, std::size_t count) {
    const IncomingRows rows = incoming(first, count);
    bind_rows(statement, 1, rows);
    statement.step();
    statement.reset();
  }

  void find_culprit(Statement& statement) {
    for (std::size_t row = 0; row < rows_; ++row) {
      try {
        run(statement, row, 1);
      } catch (Error& error) {
        locate(error.failure(), rows_before_ + row);
        throw;
      }
    }
  }

  ValueView filled_in(const Column& column) {
    if (column.client_default.kind == ClientDefault::Kind::value) {
      return column.client_default.value;
    }
    if (column.client_default.kind == ClientDefault::Kind::now) {
      if (now_.is_null()) now_ = utc_now();
      return now_;
    }
    return column.version_counter ? ValueView(std::int64_t{1}) : ValueView();
  }

  // What the database fills in is not named when there is no value.
  bool may_be_left_out(std::size_t column) const {
    return !model_.columns[column].server_default.empty();
  }

  std::vector<std::size_t> named_columns() const {
    std::vector<std::size_t> columns;
    for (std::size_t i = 0; i < width_; ++i) {
      const bool left_out = may_be_left_out(i) && cells_[i].is_null();
      if (model_.columns[i].is_stored() && !left_out) columns.push_back(i);
    }
    return columns;
  }

  // The names of the columns that hold what their cells do: a key that is NULL SQLite makes itself.
  std::vector<std::string> sure_columns() const {
    std::vector<std::string> names;
    for (std::size_t i = 0; i < width_; ++i) {
      const Column& column = model_.columns[i];
      const bool is_sure =
          column.type == ColumnType::integer && !column.primary_key && !may_be_left_out(i);
      names.push_back(is_sure ? column.name : std::string());
    }
    return names;
  }

  Connection& connection_;
  const Model& model_;
  const std::size_t width_;
  std::vector<ValueView> cells_;
  std::size_t rows_ = 0;
  std::size_t rows_before_ = 0;
  Value now_;                     // one time for all
  std::function<bool()> is_own_;  // empty once it was asked
  std::optional<CheckedParents> parents_;
};

class AssignedRows final : public NewRows {
 public:
  AssignedRows(const Model& model, const std::vector<std::vector<Assignment>>& rows)
      : model_(model), rows_(rows) {}
  bool next(std::span<ValueView> cells) override {
    if (at_ == rows_.size()) return false;
    put_row(model_, rows_[at_++], cells);
    return true;
  }

 private:
  const Model& model_;
  const std::vector<std::vector<Assignment>>& rows_;
  std::size_t at_ = 0;
};

}  // namespace

void put_row(const Model& model, const std::vector<Assignment>& row, std::span<ValueView> cells) {
  std::fill(cells.begin(), cells.end(), ValueView());
  for (const Assignment& assignment : row) {
    cells[model.column_index(assignment.column)] = assignment.value;
  }
}

std::int64_t Session::bulk_insert(const Model& model, NewRows& rows,
                                  const std::function<bool()>& is_own) {
  const InStep in_step(*this);
  ensure_transaction();
  Savepoint all_or_none(connection_, "bulk_insert");
  Batch batch(connection_, model, is_own);
  bool more = true;
  while (more) {
    try {
      more = rows.next(batch.next());
      if (more) batch.add();
    } catch (Error& error) {
      const bool located = !error.failure().path.empty() || !is_about_a_row(error.code());
      if (!located) locate(error.failure(), batch.rows_before() + batch.rows());
      throw;
    }
  }
  batch.write();
  all_or_none.release();
  expire_computed();
  return static_cast<std::int64_t>(batch.rows_before());
}

void Session::bulk_insert(const Model& model, const std::vector<std::vector<Assignment>>& rows) {
  AssignedRows source(model, rows);
  bulk_insert(model, source);
}

}  // namespace vitrine
