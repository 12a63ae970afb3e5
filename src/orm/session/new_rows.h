// NewRows: where Session::bulk_insert takes rows from, one after the other, in whatever form they
// are. It reads; that a value fits its column is checked by the session.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "base/value_view.h"
#include "orm/query/compile.h"

namespace vitrine {

class NewRows {
 public:
  virtual ~NewRows() = default;
  // Puts the next row into `cells`, one for each column of the model, all of them: they hold what
  // was there before. False at the end. What the cells borrow lives as long as the source. Fails
  // as its form can be wrong.
  virtual bool next(std::span<ValueView> cells) = 0;
  // How many bytes of texts and blobs the rows have, at most one more for each text; a source that
  // does not know says 0.
  virtual std::size_t bytes() const { return 0; }
};

// Puts a row into `cells` by the names of its columns; what it does not name is NULL. The cells
// borrow from it.
void put_row(const Model& model, const std::vector<Assignment>& row, std::span<ValueView> cells);

}  // namespace vitrine
