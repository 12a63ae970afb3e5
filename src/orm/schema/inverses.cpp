// The other side of each relationship: made from a backref, or found by back_populates.
#include <algorithm>

#include "orm/schema/resolve.h"

namespace vitrine::schema {
namespace {

Direction opposite(Direction direction) {
  if (direction == Direction::many_to_one) return Direction::one_to_many;
  if (direction == Direction::one_to_many) return Direction::many_to_one;
  return Direction::many_to_many;
}

// The other side of `relationship`, as its backref describes it.
Relationship mirrored(const Model& owner, const Relationship& relationship) {
  Relationship mirror;
  static_cast<RelationshipOptions&>(mirror) = relationship.backref->options;
  mirror.name = relationship.backref->name;
  mirror.target = owner.name;
  mirror.direction = opposite(relationship.direction);
  mirror.secondary = relationship.secondary;
  mirror.back_populates = relationship.name;
  mirror.target_model = &owner;
  mirror.local = relationship.remote;
  mirror.remote = relationship.local;
  mirror.secondary_model = relationship.secondary_model;
  mirror.secondary_local = relationship.secondary_remote;
  mirror.secondary_remote = relationship.secondary_local;
  mirror.foreign_keys = relationship.foreign_keys;
  if (mirror.direction == Direction::many_to_many) {
    const auto half = static_cast<std::ptrdiff_t>(relationship.secondary_local.size());
    std::rotate(mirror.foreign_keys.begin(), mirror.foreign_keys.begin() + half,
                mirror.foreign_keys.end());
  }
  return mirror;
}

// Why `other` is not the other side of `relationship`; empty when it is.
std::string mismatch(const Model& owner, const Relationship& relationship,
                     const Relationship& other) {
  const std::string place = relationship.target + "." + other.name;
  if (other.target_model != &owner) {
    return place + " leads to " + other.target + "; name a relation of " + relationship.target +
           " that leads to " + owner.name;
  }
  if (other.back_populates != relationship.name) {
    return place +
           (other.back_populates.empty() ? " has no back_populates"
                                         : " names " + other.back_populates) +
           "; set its back_populates to " + relationship.name;
  }
  if (other.direction != opposite(relationship.direction)) {
    return place + " has the same direction; one side holds the foreign key, the other does not";
  }
  if (relationship.secondary != other.secondary) {
    return place + " goes through another table; both sides name the same secondary";
  }
  return "";
}

void link_inverse(const Model& owner, Relationship& relationship, Mistakes& mistakes) {
  if (relationship.back_populates.empty() || relationship.target_model == nullptr) return;
  const Relationship* other =
      relationship.target_model->find_relationship(relationship.back_populates);
  const std::string why =
      other != nullptr ? mismatch(owner, relationship, *other)
                       : relationship.target + " has no relation of that name; declare it there";
  if (!why.empty()) {
    mistakes.add(owner, relationship.name,
                 "back_populates names " + relationship.back_populates + ", but " + why);
    return;
  }
  const bool linked = !relationship.local.empty() && !other->local.empty();
  const bool through = relationship.direction == Direction::many_to_many;
  const bool agrees = relationship.local == other->remote && relationship.remote == other->local &&
                      (!through || relationship.secondary_local == other->secondary_remote);
  if (linked && !agrees) {
    mistakes.add(owner, relationship.name,
                 "it and " + relationship.target + "." + other->name +
                     " use different foreign keys; name the same ones in foreign_keys");
    return;
  }
  relationship.inverse = other;
}

}  // namespace

void expand_backrefs(Models& models) {
  for (const auto& model : models) {
    const std::size_t declared = model->relationships.size();
    for (std::size_t i = 0; i < declared; ++i) {
      const Relationship& relationship = model->relationships[i];
      if (!relationship.backref || relationship.target_model == nullptr) continue;
      Relationship mirror = mirrored(*model, relationship);
      if (mirror.is_many_to_one()) mirror.uselist = false;
      Model* target = find_model(models, relationship.target);
      model->relationships[i].back_populates = mirror.name;
      model->relationships[i].backref.reset();
      target->relationships.push_back(std::move(mirror));
    }
  }
}

void link_inverses(Models& models, Mistakes& mistakes) {
  for (const auto& model : models) {
    for (std::size_t i = 0; i < model->relationships.size(); ++i) {
      Relationship& relationship = model->relationships[i];
      relationship.owner = model.get();
      relationship.index = i;
      link_inverse(*model, relationship, mistakes);
    }
  }
}

}  // namespace vitrine::schema
