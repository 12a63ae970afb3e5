// See the header.
#include "orm/query/node.h"

#include <algorithm>

#include "orm/query/page_sql.h"
#include "orm/query/refuse.h"
#include "orm/query/select_facts.h"
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

class NodeWriter {
 public:
  NodeWriter(const Select& select, const Link& link, std::vector<std::string>& tables,
             std::size_t depth)
      : select_(select),
        link_(link.relationship),
        of_all_(link.of_all),
        of_one_(link.of_one),
        is_one_(link_ == nullptr ? names_one(select) : of_one_ && link_->is_many_to_one()),
        tables_(tables),
        depth_(depth),
        draft_(tables, link_ == nullptr || of_all_ ? 0 : 1),
        scope_((draft_.join_as(select.join, select.outer_joins), draft_), *select.model) {
    node_.model = select.model;
  }

  PlanNode write() {
    choose_columns();
    write_columns();
    write_link();
    write_children(node_, select_.includes, scope_.root());
    node_.sql.text = write_text();
    node_.sql.parameters = draft_.take_parameters();
    for (const auto& [child, include] : later_) add_child(*child, *include);
    return std::move(node_);
  }

  const std::vector<std::size_t>& child_key() const { return child_key_; }

 private:
  void choose_columns() {
    choose_columns(node_, select_);
    if (link_ == nullptr || link_->direction == Direction::many_to_many) return;
    for (const std::size_t column : link_->remote) {
      child_key_.push_back(place_of(node_.columns, column));
    }
  }

  // The columns asked for, then those that the plan needs: the key, and its side of each link.
  static void choose_columns(PlanNode& node, const Select& select) {
    node.columns = visible_columns(*node.model, select);
    node.visible_columns = node.columns.size();
    for (const std::size_t key : node.model->primary_key) place_of(node.columns, key);
    for (const Include& include : select.includes) {
      const Relationship& relationship = included(*node.model, include);
      for (const std::size_t column : relationship.local) place_of(node.columns, column);
    }
  }

  static const Relationship& included(const Model& model, const Include& include) {
    return known_relation(model, include.relation, "include." + include.relation);
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
    if (of_one_) {
      conditions_.push_back(back.front() + " = ?1");
    } else if (link_->is_many_to_one() && back.size() == 1 && select_.search.empty()) {
      keys_ = draft_.next_alias();
      conditions_.push_back(back.front() + " = " + keys_ + ".value");
    } else if (!of_all_) {
      conditions_.push_back(in_key_set(back, 1));
    }
    if (link_->direction != Direction::many_to_many) return;
    for (const std::string& expression : back) {
      child_key_.push_back(result_.size());
      result_.push_back(expression);
    }
  }

  // Joined children are written at once; the others are noted for later_.
  void write_children(PlanNode& node, const std::vector<Include>& includes, const Place& place) {
    // The numbering of a page per parent would count a row for each joined child.
    const bool pages = link_ != nullptr && is_limited(select_);
    node.children.reserve(includes.size());  // later_ points into it
    for (const Include& include : includes) {
      if (include.strategy == LoadStrategy::forbidden) continue;
      PlanChild& child = node.children.emplace_back();
      child.relationship = &included(*node.model, include);
      child.partial = !is_everything(include.select);
      for (const std::size_t column : child.relationship->local) {
        child.parent_key.push_back(place_of(node.columns, column));
      }
      if (is_joinable(include) && (child.relationship->is_many_to_one() || !pages)) {
        join_child(child, include, place);
      } else {
        child.of_all = &node == &node_ && gives_all(*child.relationship, include.select);
        child.of_one = &node == &node_ && is_one_ && is_of_one(child, include.select);
        later_.emplace_back(&child, &include);
      }
    }
  }

  void join_child(PlanChild& child, const Include& include, const Place& parent) {
    const Relationship& relationship = *child.relationship;
    child.joined = true;
    child.joined_offset = result_.size();
    child.node.model = relationship.target_model;
    choose_columns(child.node, include.select);
    for (const std::size_t key : child_side(relationship)) {
      child.child_key.push_back(place_of(child.node.columns, key));
    }
    const Place place = scope_.join_loaded(parent, relationship);
    for (const std::size_t column : child.node.columns) {
      result_.push_back(scope_.expression(place, column));
    }
    if (!relationship.is_many_to_one()) order_joined(include.select, relationship, place);
    write_children(child.node, include.select.includes, place);
  }

  // What tells whether a joined row is there: its side of the link, or its key.
  static const std::vector<std::size_t>& child_side(const Relationship& relationship) {
    const bool linked = relationship.direction == Direction::many_to_many;
    return linked ? relationship.target_model->primary_key : relationship.remote;
  }

  void order_joined(const Select& select, const Relationship& relationship, const Place& place) {
    joins_many_ = true;
    for (const Order& by :
         select.order_by.empty() ? declared_order(relationship) : select.order_by) {
      const std::size_t column =
          known_column(*place.model, by.path.attribute, "include." + relationship.name);
      joined_order_.push_back({scope_.expression(place, column), by.descending, true});
    }
    for (const std::string& key : key_expressions(scope_, place)) {
      joined_order_.push_back({key, false, true});
    }
  }

  std::string write_text() {
    const bool pages = link_ != nullptr && !link_->is_many_to_one() && is_limited(select_);
    if (pages && finds_pages()) return page_of_each({scope_, ordered(), result_, ""}, *link_);
    const Body body = write_rows();
    return pages ? page_per_parent(rows(), body.order, child_key_) : plain(body);
  }

  // Whether an index leads from each parent to its rows.
  bool finds_pages() const {
    const Model& model = *select_.model;
    return link_->direction == Direction::one_to_many && link_->remote.size() == 1 &&
           model.columns[link_->remote.front()].index && model.primary_key.size() == 1 &&
           select_.search.empty() && has_own_order(select_);
  }

  Select ordered() const {
    Select ordered = select_;
    if (link_ != nullptr && ordered.order_by.empty()) ordered.order_by = declared_order(*link_);
    return ordered;
  }

  Body write_rows() {
    Body body = write_body(scope_, ordered());
    conditions_.insert(conditions_.end(), body.conditions.begin(), body.conditions.end());
    const std::string suffix =
        link_ == nullptr ? "" : condition_suffix(*link_, scope_.root().alias);
    where_ = where_text(conditions_) + suffix;
    return body;
  }

  Rows rows() { return {scope_, select_, result_, where_}; }

  std::string plain(const Body& body) {
    std::vector<OrderTerm> order = body.order;
    order.insert(order.end(), joined_order_.begin(), joined_order_.end());
    const std::string keys = keys_.empty() ? "" : "carray(?1) AS " + keys_ + " CROSS JOIN ";
    const std::string text = "SELECT " + joined(result_, ", ") + " FROM " + keys + scope_.from();
    if (link_ == nullptr) return text + page_of_all(rows(), order, joins_many_);
    // Each parent picks its one object by key; only what comes with that has an order.
    if (link_->is_many_to_one()) {
      const std::string ordered = joined_order_.empty() ? "" : " ORDER BY ";
      return text + where_ + ordered + order_text(joined_order_);
    }
    std::vector<OrderTerm> linked;
    if (!lies_in_order() && !of_one_) {
      for (const std::string& key : link_expressions()) linked.push_back({key});
    }
    linked.insert(linked.end(), order.begin(), order.end());
    return text + where_ + " ORDER BY " + order_text(linked);
  }

  // The rows of a whole table are read as they lie where that is the order of each parent's own.
  bool lies_in_order() const {
    return of_all_ && link_->direction == Direction::one_to_many && select_.order_by.empty() &&
           select_.search.empty() && declared_order(*link_).empty();
  }

  std::vector<std::string> link_expressions() const {
    std::vector<std::string> expressions;
    for (const std::size_t key : child_key_) expressions.push_back(result_[key]);
    return expressions;
  }

  void add_child(PlanChild& child, const Include& include) {
    Select select = include.select;
    select.model = child.relationship->target_model;
    if (!select.after.empty()) {
      refuse_request(*select_.model, "include." + include.relation + ".after",
                     "Only the objects asked for can be paged by key; use limit and offset here.");
    }
    child.node =
        write_node(select, {child.relationship, child.of_all, child.of_one, &child.child_key},
                   tables_, depth_ + 1);
  }

  // The rows of all parents are a whole table, but for those that refer to none of them: they are
  // found faster without 10,000 keys. What a to-one relation refers to may be a few rows of many.
  bool gives_all(const Relationship& relationship, const Select& of_it) const {
    return (link_ == nullptr || of_all_) && is_everything(select_) && !is_limited(of_it) &&
           !relationship.is_many_to_one() && relationship.conditions.empty();
  }

  // A page of each parent's has its own way to several of them.
  static bool is_of_one(const PlanChild& child, const Select& of_it) {
    const bool is_page = !child.relationship->is_many_to_one() && is_limited(of_it);
    return child.parent_key.size() == 1 && !is_page;
  }

  const Select& select_;
  const Relationship* link_;
  bool of_all_;
  bool of_one_;
  bool is_one_;  // one object at most
  std::vector<std::string>& tables_;
  std::size_t depth_;
  PlanNode node_;
  std::vector<std::size_t> child_key_;
  std::vector<std::string> result_;
  std::vector<std::string> conditions_;
  std::vector<OrderTerm> joined_order_;
  bool joins_many_ = false;
  std::vector<std::pair<PlanChild*, const Include*>> later_;
  // Of a to-one relation by one column: what the keys are called. They come first, and each leads
  // to its row, without a table of them. Words are to be searched once, and not for each key.
  std::string keys_;
  std::string where_;
  Draft draft_;
  Scope scope_;
};

}  // namespace

PlanNode write_node(const Select& select, const Link& link, std::vector<std::string>& tables,
                    std::size_t depth) {
  check_depth(*select.model, depth, "include");
  NodeWriter writer(select, link, tables, depth);
  PlanNode node = writer.write();
  if (link.child_key != nullptr) *link.child_key = writer.child_key();
  return node;
}

}  // namespace vitrine::query
