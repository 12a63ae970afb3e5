// See the header.
#include "orm/query/node.h"

#include <algorithm>

#include "orm/query/body.h"
#include "orm/query/refuse.h"
#include "orm/query/text_of.h"

namespace vitrine::query {
namespace {

// Adds the column to a list unless it is there; gives its place.
std::size_t place_of(std::vector<std::size_t>& columns, std::size_t column) {
  const auto found = std::find(columns.begin(), columns.end(), column);
  if (found == columns.end()) {
    columns.push_back(column);
    return columns.size() - 1;
  }
  return static_cast<std::size_t>(found - columns.begin());
}

std::vector<std::size_t> visible_columns(const Select& select) {
  const Model& model = *select.model;
  std::vector<std::size_t> columns;
  for (const std::string& name : select.columns) {
    columns.push_back(known_column(model, name, "select"));
  }
  // Rows have their columns in the model's order, whatever the order asked for.
  std::sort(columns.begin(), columns.end());
  columns.erase(std::unique(columns.begin(), columns.end()), columns.end());
  for (std::size_t i = 0; select.columns.empty() && i < model.columns.size(); ++i) {
    columns.push_back(i);
  }
  return columns;
}

// A to-one that asks for nothing but columns can come with its parent.
bool is_joinable(const Include& include, const Relationship& relationship) {
  const Select& select = include.select;
  return include.strategy == LoadStrategy::joined && relationship.is_many_to_one() &&
         !select.where && select.search.empty() && select.includes.empty() &&
         select.counts.empty() && !select.limit && !select.offset;
}

bool is_limited(const Select& select) {
  return (select.limit && *select.limit >= 0) || (select.offset && *select.offset > 0);
}

// The order of a relation's members where the request does not name one.
std::vector<Order> declared_order(const Relationship& relationship) {
  std::vector<Order> order;
  for (const OrderBy& by : relationship.order_by) {
    order.push_back({{{}, by.column}, by.descending});
  }
  if (order.empty() && relationship.collection == CollectionKind::ordered) {
    order.push_back({{{}, relationship.position_column}, false});
  }
  return order;
}

class NodeWriter {
 public:
  NodeWriter(const Select& select, const Relationship* link, std::vector<std::string>& tables,
             std::size_t depth)
      : select_(select),
        link_(link),
        tables_(tables),
        depth_(depth),
        draft_(tables, link == nullptr ? 0 : 1),
        scope_((draft_.join_as(select.join, select.outer_joins), draft_), *select.model) {
    node_.model = select.model;
  }

  PlanNode write() {
    choose_columns();
    write_columns();
    write_link();
    const std::vector<std::pair<std::size_t, const Include*>> later = write_joined();
    const Body body = write_rows();
    node_.sql.text = link_ != nullptr && !link_->is_many_to_one() && is_limited(select_)
                         ? limited_per_parent(body)
                         : plain(body);
    node_.sql.parameters = draft_.take_parameters();
    for (const auto& [index, include] : later) add_child(node_.children[index], *include);
    return std::move(node_);
  }

  const std::vector<std::size_t>& child_key() const { return child_key_; }

 private:
  void choose_columns() {
    node_.columns = visible_columns(select_);
    node_.visible_columns = node_.columns.size();
    for (const std::size_t key : select_.model->primary_key) place_of(node_.columns, key);
    for (const Include& include : select_.includes) {
      const Relationship& relationship = included(include);
      for (const std::size_t column : relationship.local) place_of(node_.columns, column);
    }
    if (link_ == nullptr || link_->direction == Direction::many_to_many) return;
    for (const std::size_t column : link_->remote) {
      child_key_.push_back(place_of(node_.columns, column));
    }
  }

  const Relationship& included(const Include& include) const {
    return known_relation(*select_.model, include.relation, "include." + include.relation);
  }

  void write_columns() {
    for (const std::size_t column : node_.columns) {
      result_.push_back(scope_.expression(scope_.root(), column));
    }
    for (const std::string& name : select_.counts) {
      const Relationship& counted = known_relation(*select_.model, name, "include._count." + name);
      if (!counted.is_collection()) {
        refuse_request(*select_.model, "include._count." + name,
                       name + " refers to one object; only to-many relations are counted.");
      }
      if (counted.secondary_model != nullptr) draft_.uses(*counted.secondary_model);
      draft_.uses(*counted.target_model);
      result_.push_back(count_expression(*select_.model, counted, scope_.root().alias));
      node_.counts.push_back(name);
    }
  }

  void write_link() {
    if (link_ == nullptr) return;
    const std::vector<std::string> back = scope_.link_back(*link_);
    conditions_.push_back(in_key_set(back, 1));
    if (link_->direction != Direction::many_to_many) return;
    for (const std::string& expression : back) {
      child_key_.push_back(result_.size());
      result_.push_back(expression);
    }
  }

  // Joined children are written; the others are given back, with their place among the children.
  std::vector<std::pair<std::size_t, const Include*>> write_joined() {
    std::vector<std::pair<std::size_t, const Include*>> later;
    for (const Include& include : select_.includes) {
      if (include.strategy == LoadStrategy::forbidden) continue;
      PlanChild& child = node_.children.emplace_back();
      child.relationship = &included(include);
      for (const std::size_t column : child.relationship->local) {
        child.parent_key.push_back(place_of(node_.columns, column));
      }
      if (is_joinable(include, *child.relationship)) {
        join_child(child, include);
      } else {
        later.emplace_back(node_.children.size() - 1, &include);
      }
    }
    return later;
  }

  void join_child(PlanChild& child, const Include& include) {
    const Model& target = *child.relationship->target_model;
    Select select = include.select;
    select.model = &target;
    child.joined = true;
    child.joined_offset = result_.size();
    child.node.model = &target;
    child.node.columns = visible_columns(select);
    child.node.visible_columns = child.node.columns.size();
    for (const std::size_t key : target.primary_key) place_of(child.node.columns, key);
    for (const std::size_t column : child.relationship->remote) {
      child.child_key.push_back(place_of(child.node.columns, column));
    }
    const Place place = scope_.join_to_one(*child.relationship);
    for (const std::size_t column : child.node.columns) {
      result_.push_back(scope_.expression(place, column));
    }
  }

  Body write_rows() {
    Select ordered = select_;
    if (link_ != nullptr && ordered.order_by.empty()) ordered.order_by = declared_order(*link_);
    Body body = write_body(scope_, ordered);
    conditions_.insert(conditions_.end(), body.conditions.begin(), body.conditions.end());
    const std::string suffix =
        link_ == nullptr ? "" : condition_suffix(*link_, scope_.root().alias);
    where_ = where_text(conditions_) + suffix;
    return body;
  }

  std::string plain(const Body& body) {
    std::string text = "SELECT " + joined(result_, ", ") + " FROM " + scope_.from() + where_;
    if (link_ == nullptr) {
      return text + " ORDER BY " + order_text(body.order) + limit_text(draft_, select_);
    }
    // Each parent picks its one object by key.
    if (link_->is_many_to_one()) return text;
    return text + " ORDER BY " + joined(link_expressions(), ", ") + ", " + order_text(body.order);
  }

  std::vector<std::string> link_expressions() const {
    std::vector<std::string> expressions;
    for (const std::size_t key : child_key_) expressions.push_back(result_[key]);
    return expressions;
  }

  // Numbers the rows of each parent and keeps those of the page.
  std::string limited_per_parent(const Body& body) {
    std::vector<std::string> inner;
    std::vector<std::string> outer;
    for (std::size_t i = 0; i < result_.size(); ++i) {
      outer.push_back("c" + std::to_string(i));
      inner.push_back(result_[i] + " AS " + outer.back());
    }
    std::vector<std::string> parents;
    for (const std::size_t key : child_key_) parents.push_back(outer[key]);
    const std::int64_t skipped = std::max<std::int64_t>(select_.offset.value_or(0), 0);
    std::string page;
    if (skipped > 0) page = " WHERE n > " + draft_.bind(skipped);
    if (select_.limit && *select_.limit >= 0) {
      const std::int64_t most = INT64_MAX - skipped;
      page += skipped > 0 ? " AND n <= " : " WHERE n <= ";
      page += draft_.bind(skipped + std::min(*select_.limit, most));
    }
    return "SELECT " + joined(outer, ", ") + " FROM (SELECT " + joined(inner, ", ") +
           ", row_number() OVER (PARTITION BY " + joined(link_expressions(), ", ") + " ORDER BY " +
           order_text(body.order) + ") AS n FROM " + scope_.from() + where_ + ")" + page +
           " ORDER BY " + joined(parents, ", ") + ", n";
  }

  void add_child(PlanChild& child, const Include& include) {
    Select select = include.select;
    select.model = child.relationship->target_model;
    if (!select.after.empty()) {
      refuse_request(*select_.model, "include." + include.relation + ".after",
                     "Only the objects asked for can be paged by key; use limit and offset here.");
    }
    child.node = write_node(select, child.relationship, &child.child_key, tables_, depth_ + 1);
  }

  const Select& select_;
  const Relationship* link_;
  std::vector<std::string>& tables_;
  std::size_t depth_;
  PlanNode node_;
  std::vector<std::size_t> child_key_;
  std::vector<std::string> result_;
  std::vector<std::string> conditions_;
  std::string where_;
  Draft draft_;
  Scope scope_;
};

}  // namespace

PlanNode write_node(const Select& select, const Relationship* link,
                    std::vector<std::size_t>* child_key, std::vector<std::string>& tables,
                    std::size_t depth) {
  check_depth(*select.model, depth, "include");
  NodeWriter writer(select, link, tables, depth);
  PlanNode node = writer.write();
  if (child_key != nullptr) *child_key = writer.child_key();
  return node;
}

}  // namespace vitrine::query
