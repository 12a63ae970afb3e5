// OpenCatalogs: the catalogs that JavaScript has open in this module, by number.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "bindings/packet.h"
#include "bindings/shape.h"
#include "catalog/catalog.h"

namespace vitrine {

struct OpenCatalog {
  Catalog catalog;
  ShapeTable shapes;
  // The statements that ran since they were asked for, as a table; empty when nobody watches.
  Packet statements;
  std::vector<std::size_t> kept_shapes;  // of the plans that the catalog keeps
  bool watched = false;
  // What came with the arguments of the present call, behind them: the bytes that they speak of.
  std::string_view attached;

  // The name of the model with this position in describe(). Fails with VALIDATION when out of
  // range.
  std::string_view model_name(std::uint32_t model) const;
};

// Invariant: a number is given to one catalog at a time, and to none after close().
class OpenCatalogs {
 public:
  std::uint32_t add(Catalog catalog);
  // Fails with CLOSED when no open catalog has this number.
  OpenCatalog& at(std::uint32_t number);
  // How often it has committed changes; 0 when it is closed.
  std::int64_t commits(std::uint32_t number) const;
  // Closing what is not open changes nothing.
  void close(std::uint32_t number);
  std::size_t count() const;

 private:
  std::vector<std::unique_ptr<OpenCatalog>> catalogs_;
};

// Those of this module.
OpenCatalogs& open_catalogs();

}  // namespace vitrine
