// Refusals of a request: every mistake found while compiling or reading one is told here, with its
// place in the request and what would be right. Private to the room.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "base/origin.h"
#include "orm/schema/model.h"

namespace vitrine::query {

// The longest chain of relations, includes or nested filters that a request may have. Real ones
// have four; the bound keeps expressions within what SQLite parses.
inline constexpr std::size_t kMaxDepth = 16;

// Names that a request may say.
using Names = std::span<const std::string_view>;

// The name of `known` that `name` was probably meant to be, or "": at most a third of its letters
// differ.
std::string closest(std::string_view name, Names known);
// "a, b, c"; "none" when there is no name.
std::string listed(Names names);

// VALIDATION, reason unknown_attribute: `model` has no such column (or relation); names the closest
// that it has.
[[noreturn]] void refuse_column(const Model& model, const std::string& name, const Origin& origin);
[[noreturn]] void refuse_relation(const Model& model, const std::string& name,
                                  const Origin& origin);
// The same for a name that may be any of `known`.
[[noreturn]] void refuse_attribute_of(const Model& model, const std::string& name, Names known,
                                      const Origin& origin);
// VALIDATION, reason invalid_value. `message` is a whole sentence.
[[noreturn]] void refuse_value(const Model& model, const std::string& field, const Origin& origin,
                               const std::string& message);
// VALIDATION, reason invalid_request: the request as such makes no sense. `message` is a sentence.
[[noreturn]] void refuse_request(const Model& model, const Origin& origin,
                                 const std::string& message);

// The column or relation of that name; refuses when there is none.
std::size_t known_column(const Model& model, const std::string& name, const Origin& origin);
const Relationship& known_relation(const Model& model, const std::string& name,
                                   const Origin& origin);
// Refuses a column that has no case and accents to fold.
void check_folded(const Model& model, std::size_t column, const Origin& origin);
// Refuses a depth of more than kMaxDepth.
void check_depth(const Model& model, std::size_t depth, const Origin& origin);

}  // namespace vitrine::query
