// What the options of a relationship may say, and what computed columns may be computed from.
#include "orm/schema/resolve.h"

namespace vitrine::schema {
namespace {

void check_cascade(const Model& model, const Relationship& relationship, Mistakes& mistakes) {
  const Cascade& cascade = relationship.cascade;
  const std::string& name = relationship.name;
  if (cascade.delete_orphan && relationship.direction != Direction::one_to_many) {
    mistakes.add(
        model, name,
        "delete-orphan belongs on the one side of a one-to-many, where a child has a single "
        "parent; move it to the other side or drop it");
  }
  if (cascade.delete_orphan && !cascade.delete_) {
    mistakes.add(model, name, "delete-orphan needs delete too; write \"all, delete-orphan\"");
  }
  if (relationship.passive_deletes == PassiveDeletes::all &&
      (cascade.delete_ || cascade.delete_orphan)) {
    mistakes.add(model, name,
                 "passive_deletes all leaves every child to the database, which contradicts the "
                 "delete cascade; drop one of them");
  }
}

void check_viewonly(const Model& model, const Relationship& relationship, Mistakes& mistakes) {
  const std::string& name = relationship.name;
  if (!relationship.viewonly) {
    if (relationship.conditions.empty()) return;
    mistakes.add(model, name,
                 "it has conditions, so what it holds cannot be written; make it viewonly");
    return;
  }
  if (relationship.cascade.delete_ || relationship.cascade.delete_orphan) {
    mistakes.add(model, name, "it is viewonly and cannot delete; drop the delete cascade");
  }
  if (!relationship.back_populates.empty() || relationship.backref) {
    mistakes.add(model, name,
                 "it is viewonly and cannot keep another side in step; drop its back_populates");
  }
  if (relationship.collection != CollectionKind::list) {
    mistakes.add(model, name, "it is viewonly and can only be a plain list; drop the collection");
  }
}

// A column of the target that an option of the relationship names.
void check_target_column(const Model& model, const Relationship& relationship,
                         const std::string& option, const std::string& column, Mistakes& mistakes) {
  const Model& target = *relationship.target_model;
  if (target.find_column(column)) return;
  mistakes.add(model, relationship.name,
               column.empty() ? option + " is missing; name a column of " + target.name
                              : option + " names " + column + ", but " + target.name +
                                    " has no such column; correct the name");
}

void check_collection(const Model& model, const Relationship& relationship, Mistakes& mistakes) {
  const Model& target = *relationship.target_model;
  const CollectionKind kind = relationship.collection;
  if (kind != CollectionKind::list && !relationship.is_collection()) {
    mistakes.add(
        model, relationship.name,
        "it holds one object, so it cannot be a collection of a kind; drop the collection");
    return;
  }
  if (kind == CollectionKind::keyed) {
    check_target_column(model, relationship, "key_column", relationship.key_column, mistakes);
  } else if (!relationship.key_column.empty()) {
    mistakes.add(model, relationship.name, "only a keyed collection has a key_column; drop it");
  }
  if (kind == CollectionKind::ordered) {
    const std::string& name = relationship.position_column;
    check_target_column(model, relationship, "position_column", name, mistakes);
    const auto column = target.find_column(name);
    if (column && target.columns[*column].type != ColumnType::integer) {
      mistakes.add(model, relationship.name,
                   "its position_column " + name + " is no integer; change the column's type");
    }
  } else if (!relationship.position_column.empty()) {
    mistakes.add(model, relationship.name,
                 "only an ordered collection has a position_column; drop it");
  }
}

void check_named_columns(const Model& model, const Relationship& relationship, Mistakes& mistakes) {
  for (const OrderBy& order : relationship.order_by) {
    check_target_column(model, relationship, "order_by", order.column, mistakes);
  }
  for (const Condition& condition : relationship.conditions) {
    check_target_column(model, relationship, "conditions", condition.column, mistakes);
  }
}

void check_expression(const Model& model, const Column& computed, const Expression& expression,
                      Mistakes& mistakes) {
  if (expression.op == Expression::Op::column) {
    const auto column = model.find_column(expression.column);
    if (column && model.columns[*column].is_stored()) return;
    mistakes.add(model, computed.name,
                 "it is computed from " + expression.column + ", which is not a stored column of " +
                     model.name + "; correct the name");
    return;
  }
  if (expression.op == Expression::Op::literal) return;
  if (expression.operands.size() < 2) {
    mistakes.add(model, computed.name,
                 "an operation in its expression has fewer than two operands; give it two or more");
  }
  for (const Expression& operand : expression.operands) {
    check_expression(model, computed, operand, mistakes);
  }
}

void check_count(const Model& model, const Column& computed, Mistakes& mistakes) {
  const std::string& name = computed.computed->count_of;
  const Relationship* counted = model.find_relationship(name);
  if (counted != nullptr && counted->is_collection()) return;
  mistakes.add(
      model, computed.name,
      "it counts " + name + ", which is not a to-many relation of " + model.name + "; name one");
}

void check_one_computed(const Model& model, const Column& column, Mistakes& mistakes) {
  const Computed& computed = *column.computed;
  if (computed.expression.has_value() == !computed.count_of.empty()) {
    mistakes.add(
        model, column.name,
        "a computed column has an expression or counts a relation; give it one of the two");
  }
  if (computed.expression) check_expression(model, column, *computed.expression, mistakes);
  if (!computed.count_of.empty()) check_count(model, column, mistakes);
  const bool stored_facts = column.primary_key || column.unique || column.index ||
                            column.not_null || column.foreign_key || column.version_counter ||
                            !column.server_default.empty() || !column.check.empty() ||
                            column.client_default.kind != ClientDefault::Kind::none;
  if (!stored_facts) return;
  mistakes.add(model, column.name,
               "it is computed and not stored, so keys, constraints and defaults do not apply; "
               "drop them");
}

// A class declares its collections as members, and the relations that make them elsewhere: without
// this, a misspelled backref would be found by whoever first reads the member.
void check_member(const Models& models, const Model& model, const Relationship& member,
                  Mistakes& mistakes) {
  const Relationship* found = model.find_relationship(member.name);
  if (find_model(models, member.target) == nullptr) {
    mistakes.add(model, member.name,
                 "it is a collection of " + member.target +
                     ", but there is no such model; declare the model, or correct the collection");
  } else if (found == nullptr) {
    mistakes.add(model, member.name,
                 "it is a collection that no relation makes; give a relation of " + member.target +
                     " the backref \"" + member.name + "\", or correct the name");
  } else if (!found->is_collection()) {
    mistakes.add(model, member.name,
                 "it is a collection, but the relation of this name holds one object; make it "
                 "uselist, or drop the collection");
  } else if (found->target != member.target) {
    mistakes.add(model, member.name,
                 "it is a collection of " + member.target + ", but the relation leads to " +
                     found->target + "; make both the same");
  }
}

}  // namespace

void check_relationships(const Models& models, Mistakes& mistakes) {
  for (const auto& model : models) {
    for (const Relationship& member : model->collections) {
      check_member(models, *model, member, mistakes);
    }
    for (const Relationship& relationship : model->relationships) {
      check_cascade(*model, relationship, mistakes);
      check_viewonly(*model, relationship, mistakes);
      if (relationship.target_model == nullptr) continue;
      check_collection(*model, relationship, mistakes);
      check_named_columns(*model, relationship, mistakes);
    }
  }
}

void check_computed(const Models& models, Mistakes& mistakes) {
  for (const auto& model : models) {
    for (const Column& column : model->columns) {
      if (column.computed != nullptr) check_one_computed(*model, column, mistakes);
    }
  }
}

}  // namespace vitrine::schema
